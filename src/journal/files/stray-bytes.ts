// Bytes that the format says are zero and that are not: behind records, and beside the header and
// seal of a segment. They touch no record, but a disk or a person wrote where nobody should.
import { isZero } from "../codec.ts";
import { BLOCK_BYTES, SEGMENT_RECORDS_OFFSET, SEGMENT_SEAL_OFFSET } from "../format.ts";
import { type DiskFile, readFully } from "./disk.ts";
import { SEGMENT_HEADER_BYTES, SEGMENT_SEAL_BYTES } from "./segment-format.ts";

/** More of them are one fault of a disk; a report needs no more. */
const NOTES_MAX = 20;
const WINDOW_BYTES = 1024 * 1024;

export class StrayBytes {
  readonly notes: string[] = [];
  private readonly known = new Set<string>();

  /** Judges `bytes`, which stand in the file from `offset` on and must be zero. */
  mustBeZero(file: string, bytes: Uint8Array, offset: number): void {
    if (isZero(bytes, 0, bytes.length)) return;
    const at = bytes.findIndex((byte) => byte !== 0);
    const what = `expected zero, found ${bytes[at]}; it belongs to no record`;
    const note = `${file} at byte ${offset + at}: ${what}`;
    if (this.known.has(note) || this.notes.length === NOTES_MAX) return;
    this.known.add(note);
    this.notes.push(note);
  }

  /** What stands beside header and seal. */
  async checkBeginning(file: DiskFile): Promise<void> {
    const bytes = new Uint8Array(SEGMENT_RECORDS_OFFSET);
    await readFully(file, bytes, 0);
    for (const [from, to] of [
      [SEGMENT_HEADER_BYTES, BLOCK_BYTES],
      [SEGMENT_SEAL_OFFSET + SEGMENT_SEAL_BYTES, SEGMENT_RECORDS_OFFSET],
    ] as const) {
      this.mustBeZero(file.name, bytes.subarray(from, to), from);
    }
  }

  /** What stands behind the last record of a segment that has a successor. */
  async checkRest(file: DiskFile, offset: number, segmentBytes: number): Promise<void> {
    const window = new Uint8Array(WINDOW_BYTES);
    for (let at = offset; at < segmentBytes; at += window.length) {
      const part = window.subarray(0, Math.min(window.length, segmentBytes - at));
      const got = await readFully(file, part, at);
      this.mustBeZero(file.name, part.subarray(0, got), at);
    }
  }
}
