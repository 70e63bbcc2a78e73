// The seals of segments on opening: each but the last must have one, and it must agree with what
// else is known. The only seal that a crash can leave unwritten is the last but one.
import { sameBytes } from "../../base/bytes.ts";
import { SEGMENT_RECORDS_OFFSET, SEGMENT_SEAL_OFFSET } from "../format.ts";
import { FAULT_WORDS, RESTORE, RESTORE_DIRECTORY, refusal } from "./damage.ts";
import type { DiskFile } from "./disk.ts";
import type { KnownRecord, RecoveryInput } from "./recovery-input.ts";
import { SegmentScan } from "./scan.ts";
import type { SegmentSeal } from "./segment-format.ts";
import type { Segment } from "./segments.ts";

/** What seals say about known records; the last segment must have none. */
export function checkSeals(input: RecoveryInput, known: KnownRecord[]): void {
  const { disk, segments } = input;
  const last = segments.at(-1)!;
  if (last.seal !== "none") {
    const where = { place: disk.place, file: last.name };
    const found = "it is sealed, so a next segment existed, and that is missing";
    throw refusal("journal_truncated", where, found, RESTORE_DIRECTORY);
  }
  for (const segment of segments.slice(0, -2)) {
    if (segment.seal === "none" || segment.seal === "damaged") refuseSeal(input, segment);
  }
  for (const { seal, name } of segments) {
    if (seal === "none" || seal === "damaged") continue;
    const same = known.find(({ sequence }) => sequence === seal.lastSequence);
    if (same?.chain && !sameBytes(same.chain, seal.lastChain)) {
      const where = { place: disk.place, file: name, sequence: same.sequence };
      const found = `${same.source} names another chain for record ${same.sequence}`;
      throw refusal("journal_damaged", where, found, RESTORE_DIRECTORY);
    }
  }
}

/**
 * The seal of the last segment but one. While the last has no records nothing proves that the seal
 * is on the disk, so it is written again; a crash may even have come before it was written.
 */
export async function previousSeal(
  input: RecoveryInput,
  lastSequence: number,
): Promise<SegmentSeal | null> {
  const previous = input.segments.at(-2);
  const last = input.segments.at(-1)!;
  if (previous === undefined) return null;
  const lastHasRecords = lastSequence >= last.header.firstSequence;
  if (previous.seal !== "none" && previous.seal !== "damaged") {
    return lastHasRecords ? null : previous.seal;
  }
  if (lastHasRecords || previous.seal === "damaged") refuseSeal(input, previous);
  const file = await input.disk.openForReading(previous.name);
  try {
    return await scanForSeal(input, previous, file);
  } finally {
    await file.close();
  }
}

function refuseSeal(input: RecoveryInput, segment: Segment): void {
  if (input.acceptBitFlip) return;
  const where = { place: input.disk.place, file: segment.name, offset: SEGMENT_SEAL_OFFSET };
  const code = segment.seal === "damaged" ? "journal_bit_flip" : "journal_damaged";
  const next = `${RESTORE}; --accept-bit-flip goes on without this seal`;
  throw refusal(code, where, "its seal is damaged or gone, though a next segment stands", next);
}

async function scanForSeal(
  input: RecoveryInput,
  segment: Segment,
  file: DiskFile,
): Promise<SegmentSeal> {
  const next = input.segments[segment.header.number]!.header;
  const scan = new SegmentScan({
    file,
    segmentBytes: segment.header.segmentBytes,
    offset: SEGMENT_RECORDS_OFFSET,
    sequence: segment.header.firstSequence,
    previousChain: segment.header.previousChain,
    sha256: input.sha256,
  });
  while (scan.sequence < next.firstSequence && (await scan.next()) !== null);
  if (scan.sequence !== next.firstSequence || !sameBytes(scan.chain, next.previousChain)) {
    const where = { place: input.disk.place, file: segment.name, offset: scan.offset };
    const bad = `record ${scan.sequence} is damaged (${FAULT_WORDS[scan.stop ?? "chain"]})`;
    const found = `${bad}, and the next segment says that it was durable`;
    throw refusal("journal_damaged", where, found, RESTORE);
  }
  return {
    number: segment.header.number,
    lastSequence: next.firstSequence - 1,
    lastChain: next.previousChain,
    lastAtMs: next.previousAtMs,
    endOffset: scan.offset,
  };
}
