// Opening a directory after any end of the previous writer: find the last good record, refuse what
// cannot be explained by a crash, cut what was never acknowledged, and write again whatever is not
// known to be on the disk (after a failed sync the page cache may lie).

import { sameBytes } from "../../base/bytes.ts";
import { firstChain, isZero } from "../codec.ts";
import { SEGMENT_RECORDS_OFFSET } from "../format.ts";
import { FAULT_WORDS, RESTORE, RESTORE_DIRECTORY, refusal } from "./damage.ts";
import { type DiskFile, readFully } from "./disk.ts";
import type { KnownRecord, RecoveryInput } from "./recovery-input.ts";
import { checkSeals, previousSeal } from "./recovery-seals.ts";
import { SegmentScan } from "./scan.ts";
import type { SegmentSeal } from "./segment-format.ts";
import { judgeTail, type TailVerdict } from "./tail-verdict.ts";

/** Where the journal ends, and what must be done before it can be written. */
export interface JournalEnd {
  sequence: number;
  /** The last record that something later, or the head file, proves to be on the disk. */
  durableSequence: number;
  chain: Uint8Array;
  atMs: number;
  writerEpoch: number;
  /** Whether the last record has no events. */
  lastIsEmpty: boolean;
  /** Where the next record goes in the last segment. */
  offset: number;
  /** From here on nothing proves that the disk has it. */
  unprovenOffset: number;
  /** Bytes of a record that was never acknowledged: [offset, cutEnd) of the last segment. */
  cutEnd: number | null;
  /** The end of the segment before, when its seal must be written (again). */
  resealed: SegmentSeal | null;
  notices: string[];
}

const WINDOW_BYTES = 4 * 1024 * 1024;

/** Reads and judges; changes nothing. Rejects with a refusal that names file, offset, next step. */
export async function findEnd(input: RecoveryInput): Promise<JournalEnd> {
  const { disk, segments } = input;
  const notices: string[] = [];
  checkBeginning(input);
  const known = checkHeadSlots(input, notices);
  checkSeals(input, known);
  const last = segments.at(-1)!;
  const file = await disk.openForReading(last.name);
  try {
    const end = await scanLast(input, file, known);
    end.notices.push(...notices);
    end.resealed = await previousSeal(input, end.sequence);
    return end;
  } finally {
    await file.close();
  }
}

function checkBeginning(input: RecoveryInput): void {
  const first = input.segments[0]!;
  const expected = firstChain(first.header.ledgerId, input.sha256);
  const begins = first.header.firstSequence === 1;
  if (begins && sameBytes(first.header.previousChain, expected)) return;
  const where = { place: input.disk.place, file: first.name, offset: 0 };
  const found = `it does not start the chain of ledger ${first.header.ledgerId}`;
  throw refusal("journal_damaged", where, found, RESTORE);
}

function checkHeadSlots(input: RecoveryInput, notices: string[]): KnownRecord[] {
  const { head, damagedSlots } = input.head;
  if (head === null && damagedSlots > 0 && !input.acceptBitFlip) {
    const where = { place: input.disk.place, file: "head", offset: 0 };
    const next = "Look at the disk; open with --accept-bit-flip to go on without it";
    throw refusal("journal_bit_flip", where, "no part of the head file is whole", next);
  }
  if (damagedSlots > 0) notices.push("a slot of the head file was damaged and is written anew");
  if (head === null && damagedSlots === 0) notices.push("the head file was missing; made anew");
  return head === null ? input.known : [{ source: "the head file", ...head }, ...input.known];
}

async function scanLast(
  input: RecoveryInput,
  file: DiskFile,
  known: KnownRecord[],
): Promise<JournalEnd> {
  const { header } = input.segments.at(-1)!;
  const scan = new SegmentScan({
    file,
    segmentBytes: header.segmentBytes,
    offset: SEGMENT_RECORDS_OFFSET,
    sequence: header.firstSequence,
    previousChain: header.previousChain,
    sha256: input.sha256,
  });
  const end: JournalEnd = {
    sequence: header.firstSequence - 1,
    durableSequence: header.firstSequence - 1,
    chain: header.previousChain,
    atMs: header.previousAtMs,
    writerEpoch: header.writerEpoch,
    lastIsEmpty: true,
    offset: SEGMENT_RECORDS_OFFSET,
    unprovenOffset: 0,
    cutEnd: null,
    resealed: null,
    notices: [],
  };
  const offsets: number[] = [];
  end.durableSequence = Math.max(end.sequence, ...known.map(({ sequence }) => sequence));
  for (let found = await scan.next(); found !== null; found = await scan.next()) {
    const { record } = found;
    offsets.push(found.offset);
    end.durableSequence = Math.max(end.durableSequence, record.durableSequence);
    checkKnownChain(input, known, record.sequence, record.chain);
    end.sequence = record.sequence;
    end.chain = record.chain;
    end.atMs = record.atMs;
    end.writerEpoch = record.writerEpoch;
    end.lastIsEmpty = record.eventCount === 0;
  }
  end.offset = scan.offset;
  const proven = end.durableSequence - header.firstSequence + 1;
  end.unprovenOffset = offsets.length === 0 ? 0 : (offsets[proven] ?? end.offset);
  const tail = await readTail(file, end.offset, header.segmentBytes);
  refuseShort(input, known, end, tail.length > 0 ? FAULT_WORDS[scan.stop!] : null);
  if (tail.length > 0) {
    const verdict = judgeTail(
      tail,
      { sequence: end.sequence + 1, previousChain: end.chain },
      input.sha256,
    );
    refuseTail(input, verdict, end);
    end.cutEnd = end.offset + lastNonZero(tail) + 1;
  }
  return end;
}

function checkKnownChain(
  input: RecoveryInput,
  known: KnownRecord[],
  sequence: number,
  chain: Uint8Array,
): void {
  for (const { source, chain: other, ...at } of known) {
    if (at.sequence !== sequence || other === null || sameBytes(other, chain)) continue;
    const where = { place: input.disk.place, file: input.segments.at(-1)!.name, sequence };
    const found = `${source} names another chain for record ${sequence}`;
    throw refusal("journal_damaged", where, found, RESTORE_DIRECTORY);
  }
}

/** The rest of the segment, or nothing when it is all zeros, as it mostly is. */
async function readTail(file: DiskFile, offset: number, segmentBytes: number): Promise<Uint8Array> {
  const window = new Uint8Array(Math.min(WINDOW_BYTES, segmentBytes - offset));
  for (let at = offset; at < segmentBytes; at += window.length) {
    const part = window.subarray(0, Math.min(window.length, segmentBytes - at));
    await readFully(file, part, at);
    if (isAllZero(part)) continue;
    const tail = new Uint8Array(segmentBytes - offset);
    await readFully(file, tail, offset);
    return tail;
  }
  return new Uint8Array(0);
}

/** `fault`: why the next record is none, or null where nothing was ever written. */
function refuseShort(
  input: RecoveryInput,
  known: KnownRecord[],
  end: JournalEnd,
  fault: string | null,
): void {
  const beyond = known.find(({ sequence }) => sequence > end.sequence);
  if (beyond === undefined) return;
  const where = placeOfBad(input, end);
  const durable = `${beyond.source} says that record ${beyond.sequence} was durable`;
  if (fault !== null) {
    const found = `record ${end.sequence + 1} is damaged (${fault}), and ${durable}`;
    throw refusal("journal_damaged", where, found, RESTORE);
  }
  const found = `the records end at ${end.sequence}, but ${durable}`;
  throw refusal("journal_truncated", where, found, RESTORE_DIRECTORY);
}

function refuseTail(input: RecoveryInput, verdict: TailVerdict, end: JournalEnd): void {
  const where = placeOfBad(input, end);
  const bad = `record ${end.sequence + 1}`;
  switch (verdict.kind) {
    case "torn":
      return;
    case "bit_flip": {
      if (input.acceptBitFlip) return;
      const found = `${bad} is complete but a bit of it is wrong; it may have been acknowledged`;
      const next = `${RESTORE}; --accept-bit-flip gives up this record and keeps its bytes beside`;
      throw refusal("journal_bit_flip", where, found, next);
    }
    case "durable_beyond": {
      const later = `record ${verdict.sequence} at byte ${end.offset + verdict.offset}`;
      const found = `${bad} is damaged, and ${later} says that it was durable`;
      throw refusal("journal_damaged", where, found, RESTORE);
    }
    case "misplaced": {
      const found = `record ${verdict.sequence} stands where ${bad} must be`;
      throw refusal("journal_damaged", where, found, RESTORE);
    }
    case "unknown_format": {
      const next = "Use the version of hongbao that wrote it, or a later one";
      throw refusal("unknown_format", where, `${bad} was written in a later format`, next);
    }
  }
}

function placeOfBad(input: RecoveryInput, end: JournalEnd): Parameters<typeof refusal>[1] {
  const file = input.segments.at(-1)!.name;
  return { place: input.disk.place, file, offset: end.offset, sequence: end.sequence + 1 };
}

function lastNonZero(bytes: Uint8Array): number {
  let at = bytes.length - 1;
  while (at > 0 && bytes[at] === 0) at -= 1;
  return at;
}

function isAllZero(bytes: Uint8Array): boolean {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  for (let at = 0; at < words.length; at++) if (words[at] !== 0) return false;
  return isZero(bytes, words.length * 4, bytes.length);
}
