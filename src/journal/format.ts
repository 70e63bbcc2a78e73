// The constants of the journal's format, version 1. docs/reference/journal.md explains each;
// changing one needs a new format version, because journals must be readable for ever.
import { utf8 } from "../base/bytes.ts";

export const FORMAT_VERSION = 1;

/** Records and the parts of a segment start on this boundary: one page, one physical sector. */
export const BLOCK_BYTES = 4096;
/** What a disk writes whole or not at all. */
export const SECTOR_BYTES = 512;

export const RECORD_MAGIC: Uint8Array = utf8("hbrecord");
export const RECORD_HEADER_BYTES = 128;
export const CHAIN_BYTES = 32;
export const RECORD_END: Uint8Array = utf8("hb:end.\n");
const RECORD_TRAILER_BYTES: number = CHAIN_BYTES + RECORD_END.length;
export const BLINDING_SEED_BYTES = 16;
/** The host cuts records at about 1 MiB; more than this in a length field is damage. */
export const PAYLOAD_BYTES_MAX: number = 16 * 1024 * 1024;

/** An empty record that proves its predecessor durable, written when idle and at a stop. */
export const FLAG_SEAL = 1;
/** The first record of a writer epoch. */
export const FLAG_EPOCH = 2;
/** The record carries totals, which replay asserts. */
export const FLAG_TOTALS = 4;
const FLAGS_KNOWN: number = FLAG_SEAL | FLAG_EPOCH | FLAG_TOTALS;

/** Byte offsets inside a record's header; integers are little-endian. */
export const AT = {
  magic: 0,
  formatVersion: 8,
  headerBytes: 10,
  flags: 12,
  sequence: 16,
  atMs: 24,
  durableSequence: 32,
  writerEpoch: 40,
  eventCount: 44,
  payloadBytes: 48,
  zeroSectors: 52,
  blindingSeed: 56,
  previousChain: 72,
  reserved: 104,
  headerCrc: 120,
  bodyCrc: 124,
} as const;

/** Segment: header block, seal block, then records. */
export const SEGMENT_MAGIC: Uint8Array = utf8("hbsegmnt");
export const SEAL_MAGIC: Uint8Array = utf8("hbsealed");
export const SEGMENT_SEAL_OFFSET: number = BLOCK_BYTES;
export const SEGMENT_RECORDS_OFFSET: number = 2 * BLOCK_BYTES;
export const SEGMENT_BYTES_DEFAULT: number = 64 * 1024 * 1024;
export const LEDGER_ID_BYTES_MAX = 64;

/** Bytes that a record with this payload occupies, without the zeros up to the next block. */
export function recordBytes(payloadBytes: number): number {
  return RECORD_HEADER_BYTES + payloadBytes + RECORD_TRAILER_BYTES;
}

/** The next block boundary at or after `bytes`. */
export function blockCeil(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
}

/** Whether every flag is one that this version knows. */
export function flagsKnown(flags: number): boolean {
  return (flags & ~FLAGS_KNOWN) === 0;
}
