// Reads the records of one segment in order, each checked against its predecessor, through a window
// that is filled anew (never overwritten), so that payloads handed out stay valid.
import {
  checkRecord,
  decodeHeader,
  type JournalRecord,
  type RecordFault,
  type Sha256,
} from "../codec.ts";
import { blockCeil, RECORD_HEADER_BYTES, recordBytes } from "../format.ts";
import { type DiskFile, readFully } from "./disk.ts";

const WINDOW_BYTES = 4 * 1024 * 1024;

export interface ScannedRecord {
  record: JournalRecord;
  offset: number;
  /** Where the next record starts. */
  endOffset: number;
}

export interface ScanStart {
  file: DiskFile;
  segmentBytes: number;
  offset: number;
  /** The record that must come first. */
  sequence: number;
  previousChain: Uint8Array;
  sha256: Sha256;
  /** How much is read at a time. */
  windowBytes?: number;
  /** Hears of what stands behind each record, up to the next block; the format says zeros. */
  padding?: (bytes: Uint8Array, offset: number) => void;
}

export class SegmentScan {
  /** Where the next record is expected. */
  offset: number;
  sequence: number;
  chain: Uint8Array;
  /** Why the last `next` gave nothing; `full` when the segment has no room for another record. */
  stop: RecordFault | "full" | null = null;
  readonly #file: DiskFile;
  readonly #segmentBytes: number;
  readonly #sha256: Sha256;
  readonly #windowBytes: number;
  readonly #padding: ScanStart["padding"];
  #window: Uint8Array = new Uint8Array(0);
  #windowOffset = 0;

  constructor(start: ScanStart) {
    this.#file = start.file;
    this.#segmentBytes = start.segmentBytes;
    this.#sha256 = start.sha256;
    this.#windowBytes = start.windowBytes ?? WINDOW_BYTES;
    this.#padding = start.padding;
    this.offset = start.offset;
    this.sequence = start.sequence;
    this.chain = start.previousChain;
  }

  async next(): Promise<ScannedRecord | null> {
    if (this.offset + RECORD_HEADER_BYTES > this.#segmentBytes) return this.#end("full");
    await this.#fill(RECORD_HEADER_BYTES);
    const header = decodeHeader(this.#window, this.offset - this.#windowOffset);
    if (header !== null) await this.#fill(this.#bytesOf(header.payloadBytes));
    const expected = { sequence: this.sequence, previousChain: this.chain };
    const at = this.offset - this.#windowOffset;
    const check = checkRecord(this.#window, at, expected, this.#sha256);
    if (check.kind !== "record") return this.#end(check.kind);
    const offset = this.offset;
    const end = recordBytes(check.record.payloadBytes);
    this.offset += blockCeil(end);
    this.#padding?.(this.#window.subarray(at + end, at + blockCeil(end)), offset + end);
    this.sequence += 1;
    this.chain = check.record.chain;
    return { record: check.record, offset, endOffset: this.offset };
  }

  /** Forgets what was read, to look again at what a writer may have changed. */
  refresh(): void {
    this.#window = new Uint8Array(0);
  }

  /** With its padding where somebody wants to hear of it. */
  #bytesOf(payloadBytes: number): number {
    const bytes = recordBytes(payloadBytes);
    return this.#padding === undefined ? bytes : blockCeil(bytes);
  }

  #end(stop: RecordFault | "full"): null {
    this.stop = stop;
    return null;
  }

  async #fill(bytes: number): Promise<void> {
    const end = Math.min(this.offset + bytes, this.#segmentBytes);
    const windowEnd = this.#windowOffset + this.#window.length;
    if (this.offset >= this.#windowOffset && end <= windowEnd) return;
    const length = Math.min(Math.max(this.#windowBytes, bytes), this.#segmentBytes - this.offset);
    const window = new Uint8Array(length);
    const got = await readFully(this.#file, window, this.offset);
    this.#window = window.subarray(0, got);
    this.#windowOffset = this.offset;
  }
}
