// The first two blocks of a segment as bytes: its header, and the seal that is written once the
// next segment stands. Each fits in one sector, so that neither can be torn.
import { assert } from "../../base/assert.ts";
import { utf8 } from "../../base/bytes.ts";
import { crc32c } from "../../base/crc32c.ts";
import {
  CHAIN_BYTES,
  FORMAT_VERSION,
  LEDGER_ID_BYTES_MAX,
  SEAL_MAGIC,
  SEGMENT_MAGIC,
} from "../format.ts";
import { readU64, writeU64 } from "../u64.ts";

export interface SegmentHeader {
  /** 1 for the first, then one more each; the file's name says the same. */
  number: number;
  segmentBytes: number;
  /** The sequence that its first record has or will have. */
  firstSequence: number;
  /** Chain and time of the record before; for the first segment the ledger's first chain, and 0. */
  previousChain: Uint8Array;
  previousAtMs: number;
  /** Of the writer that created it. */
  writerEpoch: number;
  ledgerId: string;
}

export interface SegmentSeal {
  number: number;
  lastSequence: number;
  lastChain: Uint8Array;
  lastAtMs: number;
  /** Where the last record's blocks end. */
  endOffset: number;
}

export const SEGMENT_HEADER_BYTES = 256;
export const SEGMENT_SEAL_BYTES = 128;

const HEADER_AT = {
  magic: 0,
  formatVersion: 8,
  headerBytes: 10,
  number: 16,
  segmentBytes: 24,
  firstSequence: 32,
  previousAtMs: 40,
  writerEpoch: 48,
  ledgerIdBytes: 52,
  previousChain: 56,
  ledgerId: 88,
  crc: 252,
} as const;

const SEAL_AT = {
  magic: 0,
  formatVersion: 8,
  sealBytes: 10,
  number: 16,
  lastSequence: 24,
  lastAtMs: 32,
  endOffset: 40,
  lastChain: 48,
  crc: 120,
  endMark: 124,
} as const;

/** Last of the seal: a write cut short lacks it, and no single flipped bit makes its end zero. */
const SEAL_END = utf8("end\n");

export function encodeSegmentHeader(header: SegmentHeader): Uint8Array {
  const ledgerId = utf8(header.ledgerId);
  assert(ledgerId.length > 0 && ledgerId.length <= LEDGER_ID_BYTES_MAX, "ledger id of 1..64 bytes");
  const bytes = new Uint8Array(SEGMENT_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(SEGMENT_MAGIC, HEADER_AT.magic);
  view.setUint16(HEADER_AT.formatVersion, FORMAT_VERSION, true);
  view.setUint16(HEADER_AT.headerBytes, SEGMENT_HEADER_BYTES, true);
  writeU64(view, HEADER_AT.number, header.number);
  writeU64(view, HEADER_AT.segmentBytes, header.segmentBytes);
  writeU64(view, HEADER_AT.firstSequence, header.firstSequence);
  writeU64(view, HEADER_AT.previousAtMs, header.previousAtMs);
  view.setUint32(HEADER_AT.writerEpoch, header.writerEpoch, true);
  view.setUint32(HEADER_AT.ledgerIdBytes, ledgerId.length, true);
  bytes.set(header.previousChain, HEADER_AT.previousChain);
  bytes.set(ledgerId, HEADER_AT.ledgerId);
  view.setUint32(HEADER_AT.crc, crc32c(bytes, 0, HEADER_AT.crc), true);
  return bytes;
}

/** `unknown_format` when it is whole but of another version, `damaged` when it is not whole. */
export function decodeSegmentHeader(
  bytes: Uint8Array,
): SegmentHeader | "unknown_format" | "damaged" {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isMark(bytes, HEADER_AT.magic, SEGMENT_MAGIC)) return "damaged";
  if (view.getUint32(HEADER_AT.crc, true) !== crc32c(bytes, 0, HEADER_AT.crc)) return "damaged";
  if (view.getUint16(HEADER_AT.formatVersion, true) !== FORMAT_VERSION) return "unknown_format";
  const idEnd = HEADER_AT.ledgerId + view.getUint32(HEADER_AT.ledgerIdBytes, true);
  return {
    number: readU64(view, HEADER_AT.number),
    segmentBytes: readU64(view, HEADER_AT.segmentBytes),
    firstSequence: readU64(view, HEADER_AT.firstSequence),
    previousAtMs: readU64(view, HEADER_AT.previousAtMs),
    writerEpoch: view.getUint32(HEADER_AT.writerEpoch, true),
    previousChain: chainAt(bytes, HEADER_AT.previousChain),
    ledgerId: new TextDecoder().decode(bytes.subarray(HEADER_AT.ledgerId, idEnd)),
  };
}

export function encodeSegmentSeal(seal: SegmentSeal): Uint8Array {
  const bytes = new Uint8Array(SEGMENT_SEAL_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(SEAL_MAGIC, SEAL_AT.magic);
  view.setUint16(SEAL_AT.formatVersion, FORMAT_VERSION, true);
  view.setUint16(SEAL_AT.sealBytes, SEGMENT_SEAL_BYTES, true);
  writeU64(view, SEAL_AT.number, seal.number);
  writeU64(view, SEAL_AT.lastSequence, seal.lastSequence);
  writeU64(view, SEAL_AT.lastAtMs, seal.lastAtMs);
  writeU64(view, SEAL_AT.endOffset, seal.endOffset);
  bytes.set(seal.lastChain, SEAL_AT.lastChain);
  bytes.set(SEAL_END, SEAL_AT.endMark);
  view.setUint32(SEAL_AT.crc, crc32c(bytes, 0, SEAL_AT.crc), true);
  return bytes;
}

/**
 * `none` when nothing was written there, or a write was cut short. A sector holds it all, so that
 * anything else is `damaged`.
 */
export function decodeSegmentSeal(bytes: Uint8Array): SegmentSeal | "none" | "damaged" {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes[SEGMENT_SEAL_BYTES - 1] === 0) return "none";
  if (!isMark(bytes, SEAL_AT.magic, SEAL_MAGIC)) return "damaged";
  if (!isMark(bytes, SEAL_AT.endMark, SEAL_END)) return "damaged";
  if (view.getUint32(SEAL_AT.crc, true) !== crc32c(bytes, 0, SEAL_AT.crc)) return "damaged";
  return {
    number: readU64(view, SEAL_AT.number),
    lastSequence: readU64(view, SEAL_AT.lastSequence),
    lastAtMs: readU64(view, SEAL_AT.lastAtMs),
    endOffset: readU64(view, SEAL_AT.endOffset),
    lastChain: chainAt(bytes, SEAL_AT.lastChain),
  };
}

function isMark(bytes: Uint8Array, offset: number, mark: Uint8Array): boolean {
  return mark.every((byte, at) => bytes[offset + at] === byte);
}

function chainAt(bytes: Uint8Array, offset: number): Uint8Array {
  return bytes.slice(offset, offset + CHAIN_BYTES);
}
