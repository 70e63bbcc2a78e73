// Reads one record where the log says that it lies.
import { checkRecord, decodeHeader, type JournalRecord } from "../journal/codec.ts";
import { type Disk, readFully } from "../journal/files/disk.ts";
import { segmentName } from "../journal/files/segments.ts";
import { BLOCK_BYTES, RECORD_HEADER_BYTES, recordBytes } from "../journal/format.ts";
import { nodeSha256 } from "../journal/index.ts";
import type { Place } from "./places-file.ts";

/** The record at a place, whose chain value is right for what it says was before it. */
export async function readRecordAt(
  disk: Disk,
  { segment, block }: Place,
  sequence: number,
): Promise<JournalRecord | null> {
  const file = await disk.openForReading(segmentName(segment));
  try {
    const start = new Uint8Array(RECORD_HEADER_BYTES);
    await readFully(file, start, block * BLOCK_BYTES);
    const header = decodeHeader(start);
    if (header === null) return null;
    const bytes = new Uint8Array(recordBytes(header.payloadBytes));
    await readFully(file, bytes, block * BLOCK_BYTES);
    const expected = { sequence, previousChain: header.previousChain };
    const check = checkRecord(bytes, 0, expected, nodeSha256);
    return check.kind === "record" ? check.record : null;
  } finally {
    await file.close();
  }
}
