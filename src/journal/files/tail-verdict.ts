// What the bytes after the last good record mean: the heart of opening after a crash. Torn writes
// were never acknowledged and are cut; a flipped bit or a missing piece might have been, and is
// refused. Pure: bytes in, verdict out.
import {
  checkRecord,
  decodeHeader,
  isEndMark,
  isZero,
  type RecordHeader,
  type Sha256,
  zeroSectors,
} from "../codec.ts";
import {
  AT,
  BLOCK_BYTES,
  PAYLOAD_BYTES_MAX,
  RECORD_END,
  recordBytes,
  SECTOR_BYTES,
} from "../format.ts";

export type TailVerdict =
  | { kind: "torn" }
  /** Whole, but a bit is wrong. */
  | { kind: "bit_flip" }
  /** A later header says that the bad record was durable. */
  | { kind: "durable_beyond"; offset: number; sequence: number }
  /** A whole header that cannot stand here. */
  | { kind: "misplaced"; sequence: number }
  | { kind: "unknown_format" };

/**
 * Judges a tail that is not all zeros. `bytes` runs from the first bad record to the segment's end;
 * offsets in the verdict count from there.
 */
export function judgeTail(
  bytes: Uint8Array,
  expected: { sequence: number; previousChain: Uint8Array },
  sha256: Sha256,
): TailVerdict {
  for (let offset = 0; offset < bytes.length; offset += BLOCK_BYTES) {
    const later = decodeHeader(bytes, offset);
    if (later !== null && later.durableSequence >= expected.sequence) {
      return { kind: "durable_beyond", offset, sequence: later.sequence };
    }
  }
  const check = checkRecord(bytes, 0, expected, sha256);
  switch (check.kind) {
    case "version":
      return { kind: "unknown_format" };
    case "order":
    case "length":
      return { kind: "misplaced", sequence: decodeHeader(bytes)?.sequence ?? 0 };
    case "body":
    case "chain":
    case "end":
      return isComplete(bytes, decodeHeader(bytes)!) ? { kind: "bit_flip" } : { kind: "torn" };
    case "header":
      return damagedHeaderIsComplete(bytes) ? { kind: "bit_flip" } : { kind: "torn" };
    default:
      return { kind: "torn" }; // its first sector, which holds the header, never arrived
  }
}

/**
 * Whether every sector of the record arrived. Sectors arrive whole or stay zero, and the header
 * counts those that are zero by content; a write cut short inside a sector lacks the last byte of
 * the end mark, which no single flipped bit turns into zero.
 */
function isComplete(bytes: Uint8Array, header: RecordHeader): boolean {
  const end = recordBytes(header.payloadBytes);
  if (bytes[end - 1] === 0) return false;
  return zeroSectors(bytes, 0, end) + lastSectorZero(bytes, end) <= header.zeroSectors;
}

function lastSectorZero(bytes: Uint8Array, end: number): number {
  const start = end - (end % SECTOR_BYTES);
  return start < end && isZero(bytes, start, end) ? 1 : 0;
}

/**
 * The header lies in one sector, so it is torn only by a write cut short. Its length field cannot
 * be trusted: the bit that mends the checksum is looked for, and failing that an end mark.
 */
function damagedHeaderIsComplete(bytes: Uint8Array): boolean {
  const mended = mendedHeader(bytes);
  if (mended !== null && recordBytes(mended.payloadBytes) <= bytes.length) {
    return isComplete(bytes, mended);
  }
  const limit = Math.min(bytes.length, recordBytes(PAYLOAD_BYTES_MAX)) - RECORD_END.length;
  for (let at = recordBytes(0) - RECORD_END.length; at <= limit; at += 4) {
    if (isEndMark(bytes, at)) return zeroSectors(bytes, 0, at + RECORD_END.length) === 0;
  }
  return false;
}

/** The header with the one bit turned back that makes its checksum right, if there is one. */
function mendedHeader(bytes: Uint8Array): RecordHeader | null {
  const copy = bytes.slice(0, AT.bodyCrc + 4);
  for (let bit = 0; bit < AT.bodyCrc * 8; bit++) {
    copy[bit >> 3]! ^= 1 << (bit & 7);
    const header = decodeHeader(copy);
    if (header !== null) return header;
    copy[bit >> 3]! ^= 1 << (bit & 7);
  }
  return null;
}
