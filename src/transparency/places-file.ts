// Where each record lies and when it was written: with it a receipt's event is found by its
// instant, without reading a segment from its beginning.
import { readU64, writeU64 } from "../journal/u64.ts";
import { AppendFile } from "./append-file.ts";

const ENTRY_BYTES = 16;

export interface Place {
  /** The record's time. */
  atMs: number;
  /** Number of the segment. */
  segment: number;
  /** Number of the 4 KiB block at which the record begins. */
  block: number;
}

/** Place `i` is that of record `i + 1`. */
export class PlacesFile {
  private readonly file: AppendFile;

  private constructor(file: AppendFile) {
    this.file = file;
  }

  static open(path: string, length: number): PlacesFile | null {
    const file = AppendFile.open(path, ENTRY_BYTES, length);
    return file === null ? null : new PlacesFile(file);
  }

  get length(): number {
    return this.file.length;
  }

  push({ atMs, segment, block }: Place): void {
    const entry = new Uint8Array(ENTRY_BYTES);
    const view = new DataView(entry.buffer);
    writeU64(view, 0, atMs);
    view.setUint32(8, segment, true);
    view.setUint32(12, block, true);
    this.file.push(entry);
  }

  at(index: number): Place {
    const { buffer } = this.file.at(index);
    const view = new DataView(buffer);
    const [segment, block] = [view.getUint32(8, true), view.getUint32(12, true)];
    return { atMs: readU64(view, 0), segment, block };
  }

  /** The last of the first `count` records that was begun at `atMs` or before; -1 for none. */
  lastAt(atMs: number, count: number): number {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.at(middle).atMs <= atMs) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  sync(): void {
    this.file.sync();
  }

  close(): void {
    this.file.close();
  }
}
