// A file of equally long entries that only grows: entries are read where they lie, the newest wait
// in memory until they are written. It keeps no checksums: what it holds can be made again from the
// journal, and the log checks what it reads (transparency-log.ts). Reads and writes are
// synchronous, because it belongs to a thread of its own.
import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { assert } from "../base/assert.ts";

const BUFFER_BYTES = 65_536;

export class AppendFile {
  /** Entries, with those that are not written yet. */
  length: number;
  private readonly fd: number;
  private readonly entryBytes: number;
  private readonly buffer = new Uint8Array(BUFFER_BYTES);
  /** Entries that the file holds. */
  private written: number;

  private constructor(fd: number, entryBytes: number, length: number) {
    this.fd = fd;
    this.entryBytes = entryBytes;
    this.length = length;
    this.written = length;
  }

  /** Opens the first `length` entries and cuts off the rest; null when there are fewer. */
  static open(file: string, entryBytes: number, length: number): AppendFile | null {
    assert(BUFFER_BYTES % entryBytes === 0, `entries of ${entryBytes} bytes`);
    const fd = openSync(file, length === 0 ? "w+" : "r+", 0o640);
    if (fstatSync(fd).size < length * entryBytes) {
      closeSync(fd);
      return null;
    }
    ftruncateSync(fd, length * entryBytes);
    return new AppendFile(fd, entryBytes, length);
  }

  push(entry: Uint8Array): void {
    assert(entry.length === this.entryBytes, `an entry of ${entry.length} bytes`);
    if ((this.length - this.written) * this.entryBytes === BUFFER_BYTES) this.flush();
    this.buffer.set(entry, (this.length - this.written) * this.entryBytes);
    this.length += 1;
  }

  at(index: number): Uint8Array {
    assert(index >= 0 && index < this.length, `no entry ${index} among ${this.length}`);
    if (index >= this.written) {
      const at = (index - this.written) * this.entryBytes;
      return this.buffer.slice(at, at + this.entryBytes);
    }
    const entry = new Uint8Array(this.entryBytes);
    const got = readSync(this.fd, entry, 0, entry.length, index * this.entryBytes);
    if (got < entry.length) throw new Error(`entry ${index} of ${this.written} cannot be read`);
    return entry;
  }

  /** Entries from..to-1, of those that the file had when it was opened, as they lie. */
  slice(from: number, to: number): Uint8Array {
    const bytes = new Uint8Array((to - from) * this.entryBytes);
    const got = readSync(this.fd, bytes, 0, bytes.length, from * this.entryBytes);
    if (got < bytes.length) throw new Error(`entries ${from} to ${to - 1} cannot be read`);
    return bytes;
  }

  /** Everything is on the disk when it returns. */
  sync(): void {
    this.flush();
    fdatasyncSync(this.fd);
  }

  close(): void {
    closeSync(this.fd);
  }

  private flush(): void {
    const bytes = (this.length - this.written) * this.entryBytes;
    let done = 0;
    while (done < bytes) {
      const at = this.written * this.entryBytes + done;
      done += writeSync(this.fd, this.buffer, done, bytes - done, at);
    }
    this.written = this.length;
  }
}
