// Records as bytes: header, payload, trailer. Checksums find flipped bits, the SHA-256 chain finds
// anything else. Touches no node: module, so that a browser can check a journal; the hash is passed
// in, because Node's is several times quicker than a portable one.
import { assert } from "../base/assert.ts";
import { sameBytes, utf8 } from "../base/bytes.ts";
import { crc32c } from "../base/crc32c.ts";
import { hmacBy, sha256 as portableSha256 } from "../base/hash.ts";
import {
  AT,
  BLINDING_SEED_BYTES,
  CHAIN_BYTES,
  FORMAT_VERSION,
  flagsKnown,
  PAYLOAD_BYTES_MAX,
  RECORD_END,
  RECORD_HEADER_BYTES,
  RECORD_MAGIC,
  SECTOR_BYTES,
} from "./format.ts";
import { readU64, writeU64 } from "./u64.ts";

/** SHA-256 of the parts one after the other, 32 bytes. */
export type Sha256 = (...parts: Uint8Array[]) => Uint8Array;

export interface RecordHeader {
  flags: number;
  /** 1 for the first record of a ledger, then one more each. */
  sequence: number;
  atMs: number;
  /** Every record up to this sequence was durable before this one was written. */
  durableSequence: number;
  /** Counts the writers that opened this ledger. */
  writerEpoch: number;
  eventCount: number;
  payloadBytes: number;
  /** Sectors of the record that hold only zeros by content: all others must not be zero. */
  zeroSectors: number;
  /** 16 random bytes, from which the blinding values of the record's leaves are derived. */
  blindingSeed: Uint8Array;
  previousChain: Uint8Array;
}

export interface JournalRecord extends RecordHeader {
  /** The 128 bytes of the header as they stand in the journal. */
  header: Uint8Array;
  /** Events one after the other; a view that stays valid. */
  payload: Uint8Array;
  /** SHA-256 (previous chain ‖ header ‖ payload). */
  chain: Uint8Array;
}

/** What a writer decides about a record; lengths, checksums and chain follow from it. */
export type RecordDraftHeader = Omit<RecordHeader, "payloadBytes" | "zeroSectors">;

export type RecordFault =
  | "zeros" // nothing was written here, or its first sector was lost
  | "header" // magic or header checksum wrong
  | "version" // whole, but of a format or with flags that this version does not know
  | "length" // whole header, but the record would not fit
  | "order" // whole header, but not the record that must follow
  | "body" // header right, payload checksum wrong
  | "chain" // checksums right, chain wrong
  | "end"; // all right but for the end mark

export type RecordCheck = { kind: "record"; record: JournalRecord } | { kind: RecordFault };

/** The chain value before the first record of a ledger. */
export function firstChain(ledgerId: string, sha256: Sha256): Uint8Array {
  return sha256(utf8("hongbao/journal/1"), utf8(ledgerId));
}

/**
 * Writes a record to `into` from offset 0 and returns its chain. `into` needs
 * recordBytes(payload.length) bytes; what stands after them is left alone.
 */
export function encodeRecord(
  into: Uint8Array,
  draft: RecordDraftHeader,
  payload: Uint8Array,
  sha256: Sha256,
): Uint8Array {
  assert(payload.length % 4 === 0, `payload of whole words expected, got ${payload.length} bytes`);
  assert(payload.length <= PAYLOAD_BYTES_MAX, `payload of ${payload.length} bytes is too large`);
  assert(draft.blindingSeed.length === BLINDING_SEED_BYTES, "blinding seed of 16 bytes expected");
  assert(draft.previousChain.length === CHAIN_BYTES, "previous chain of 32 bytes expected");
  assert(flagsKnown(draft.flags), `known record flags expected, got ${draft.flags}`);
  const bodyEnd = RECORD_HEADER_BYTES + payload.length;
  into.set(payload, RECORD_HEADER_BYTES);
  writeHeader(into, draft, payload.length);
  const view = viewOf(into);
  view.setUint32(AT.zeroSectors, zeroSectors(into, 0, bodyEnd), true);
  view.setUint32(AT.headerCrc, crc32c(into, 0, AT.headerCrc), true);
  view.setUint32(AT.bodyCrc, bodyCrc(into, 0, bodyEnd), true);
  const chain = sha256(draft.previousChain, into.subarray(0, bodyEnd));
  into.set(chain, bodyEnd);
  into.set(RECORD_END, bodyEnd + CHAIN_BYTES);
  return chain;
}

/** The header at `offset`, or null when its magic or checksum is wrong. Content is not judged. */
export function decodeHeader(bytes: Uint8Array, offset: number = 0): RecordHeader | null {
  if (offset + RECORD_HEADER_BYTES > bytes.length) return null;
  for (let i = 0; i < RECORD_MAGIC.length; i++) {
    if (bytes[offset + AT.magic + i] !== RECORD_MAGIC[i]) return null;
  }
  const view = viewOf(bytes, offset);
  if (view.getUint32(AT.headerCrc, true) !== crc32c(bytes, offset, offset + AT.headerCrc)) {
    return null;
  }
  return {
    flags: view.getUint32(AT.flags, true),
    sequence: readU64(view, AT.sequence),
    atMs: readU64(view, AT.atMs),
    durableSequence: readU64(view, AT.durableSequence),
    writerEpoch: view.getUint32(AT.writerEpoch, true),
    eventCount: view.getUint32(AT.eventCount, true),
    payloadBytes: view.getUint32(AT.payloadBytes, true),
    zeroSectors: view.getUint32(AT.zeroSectors, true),
    blindingSeed: bytes.slice(offset + AT.blindingSeed, offset + AT.blindingSeed + 16),
    previousChain: bytes.slice(offset + AT.previousChain, offset + AT.previousChain + CHAIN_BYTES),
  };
}

/** Whether the whole header at `offset` is of this format version, with known flags. */
function headerIsKnown(bytes: Uint8Array, offset: number, header: RecordHeader): boolean {
  const view = viewOf(bytes, offset);
  return (
    view.getUint16(AT.formatVersion, true) === FORMAT_VERSION &&
    view.getUint16(AT.headerBytes, true) === RECORD_HEADER_BYTES &&
    flagsKnown(header.flags)
  );
}

/**
 * Checks the record at `offset`, which must be the one that follows (`sequence`, `chain`).
 * `bytes` must reach to the end of the record or of the segment.
 */
export function checkRecord(
  bytes: Uint8Array,
  offset: number,
  expected: { sequence: number; previousChain: Uint8Array },
  sha256: Sha256,
): RecordCheck {
  const header = decodeHeader(bytes, offset);
  if (header === null) return { kind: firstSectorIsZero(bytes, offset) ? "zeros" : "header" };
  if (!headerIsKnown(bytes, offset, header)) return { kind: "version" };
  const bodyEnd = offset + RECORD_HEADER_BYTES + header.payloadBytes;
  if (header.payloadBytes % 4 !== 0 || bodyEnd + CHAIN_BYTES + RECORD_END.length > bytes.length) {
    return { kind: "length" };
  }
  if (header.sequence !== expected.sequence) return { kind: "order" };
  if (!sameBytes(header.previousChain, expected.previousChain)) return { kind: "order" };
  const crc = viewOf(bytes, offset).getUint32(AT.bodyCrc, true);
  if (crc !== bodyCrc(bytes, offset, bodyEnd)) return { kind: "body" };
  const chain = bytes.subarray(bodyEnd, bodyEnd + CHAIN_BYTES);
  const computed = sha256(expected.previousChain, bytes.subarray(offset, bodyEnd));
  if (!sameBytes(computed, chain)) return { kind: "chain" };
  if (!isEndMark(bytes, bodyEnd + CHAIN_BYTES)) return { kind: "end" };
  const record: JournalRecord = {
    ...header,
    header: bytes.subarray(offset, offset + RECORD_HEADER_BYTES),
    payload: bytes.subarray(offset + RECORD_HEADER_BYTES, bodyEnd),
    chain: computed,
  };
  return { kind: "record", record };
}

/** Whether an end mark stands at `offset`. */
export function isEndMark(bytes: Uint8Array, offset: number): boolean {
  for (let i = 0; i < RECORD_END.length; i++) {
    if (bytes[offset + i] !== RECORD_END[i]) return false;
  }
  return true;
}

/** How many whole sectors of `bytes[start, end)`, counted from `start`, hold only zeros. */
export function zeroSectors(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at + SECTOR_BYTES <= end; at += SECTOR_BYTES) {
    if (isZero(bytes, at, at + SECTOR_BYTES)) count += 1;
  }
  return count;
}

/** Whether `bytes[start, end)` holds only zeros. */
export function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0) return false;
  return true;
}

/** The 16-byte blinding value of one event's leaf; reveals nothing about the others. */
export function leafBlinding(
  blindingSeed: Uint8Array,
  eventIndex: number,
  sha256: Sha256 = portableSha256,
): Uint8Array {
  return leafBlindings(blindingSeed, sha256)(eventIndex);
}

/** The blinding values of a record's leaves by their index: HMAC-SHA-256 (seed, index). */
export function leafBlindings(
  blindingSeed: Uint8Array,
  sha256: Sha256,
): (eventIndex: number) => Uint8Array {
  const hmac = hmacBy(sha256, blindingSeed);
  const index = new Uint8Array(4);
  const view = new DataView(index.buffer);
  return (eventIndex) => {
    view.setUint32(0, eventIndex, true);
    return hmac(index).subarray(0, 16);
  };
}

/**
 * The events of a payload, each a view. An event's first word holds its length in words in the
 * upper 16 bits. Asserts that the lengths add up: a record that passed its checksums always does.
 */
export function splitEvents(payload: Uint8Array): Uint8Array[] {
  const view = viewOf(payload);
  const events: Uint8Array[] = [];
  let at = 0;
  while (at < payload.length) {
    const bytes = 4 * (view.getUint32(at, true) >>> 16);
    assert(bytes > 0 && at + bytes <= payload.length, `event at byte ${at} has length ${bytes}`);
    events.push(payload.subarray(at, at + bytes));
    at += bytes;
  }
  return events;
}

/** Whether the lengths of a payload's events add up, for those who judge what others wrote. */
export function eventsAddUp(payload: Uint8Array): boolean {
  const view = viewOf(payload);
  let at = 0;
  while (at + 4 <= payload.length) {
    const bytes = 4 * (view.getUint32(at, true) >>> 16);
    if (bytes === 0) return false;
    at += bytes;
  }
  return at === payload.length;
}

function writeHeader(into: Uint8Array, draft: RecordDraftHeader, payloadBytes: number): void {
  const view = viewOf(into);
  into.fill(0, 0, RECORD_HEADER_BYTES);
  into.set(RECORD_MAGIC, AT.magic);
  view.setUint16(AT.formatVersion, FORMAT_VERSION, true);
  view.setUint16(AT.headerBytes, RECORD_HEADER_BYTES, true);
  view.setUint32(AT.flags, draft.flags, true);
  writeU64(view, AT.sequence, draft.sequence);
  writeU64(view, AT.atMs, draft.atMs);
  writeU64(view, AT.durableSequence, draft.durableSequence);
  view.setUint32(AT.writerEpoch, draft.writerEpoch, true);
  view.setUint32(AT.eventCount, draft.eventCount, true);
  view.setUint32(AT.payloadBytes, payloadBytes, true);
  into.set(draft.blindingSeed, AT.blindingSeed);
  into.set(draft.previousChain, AT.previousChain);
}

/** Over the header up to this very field, then the payload. */
function bodyCrc(bytes: Uint8Array, offset: number, bodyEnd: number): number {
  const header = crc32c(bytes, offset, offset + AT.bodyCrc);
  return crc32c(bytes, offset + RECORD_HEADER_BYTES, bodyEnd, header);
}

function firstSectorIsZero(bytes: Uint8Array, offset: number): boolean {
  return isZero(bytes, offset, Math.min(offset + SECTOR_BYTES, bytes.length));
}

function viewOf(bytes: Uint8Array, offset: number = 0): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset + offset, bytes.byteLength - offset);
}
