// The segments of a directory: their names, what stands at their beginnings, and how a new one
// comes to be without a moment at which a crash could leave a gap.
import { sameBytes } from "../../base/bytes.ts";
import { SEGMENT_RECORDS_OFFSET, SEGMENT_SEAL_OFFSET } from "../format.ts";
import { RESTORE, RESTORE_DIRECTORY, refusal } from "./damage.ts";
import { type Disk, type DiskFile, readFully, writeFully } from "./disk.ts";
import {
  decodeSegmentHeader,
  decodeSegmentSeal,
  encodeSegmentHeader,
  encodeSegmentSeal,
  type SegmentHeader,
  type SegmentSeal,
} from "./segment-format.ts";

export const SPARE_FILE = "next.spare";

export interface Segment {
  name: string;
  header: SegmentHeader;
  seal: SegmentSeal | "none" | "damaged";
}

/** `000000000001.journal` and so on: in order when sorted as text. */
export function segmentName(number: number): string {
  return `${String(number).padStart(12, "0")}.journal`;
}

/** A new segment file of zeros, synced, not yet in its place. `rest`: see DiskFile.allocate. */
export async function makeSpare(
  disk: Disk,
  segmentBytes: number,
  rest?: (tookMs: number) => Promise<void>,
): Promise<DiskFile> {
  const file = await disk.create(SPARE_FILE);
  try {
    await file.allocate(segmentBytes, rest);
    await file.sync();
    return file;
  } catch (error) {
    await file.close().catch(() => {}); // the first failure is the one to tell
    await disk.remove(SPARE_FILE).catch(() => {});
    throw error;
  }
}

/** Puts the spare in its place: header, sync, name, sync of the directory. In this order. */
export async function activateSpare(
  disk: Disk,
  spare: DiskFile,
  header: SegmentHeader,
): Promise<Segment> {
  const name = segmentName(header.number);
  await writeFully(spare, encodeSegmentHeader(header), 0);
  await spare.sync();
  await disk.rename(SPARE_FILE, name);
  await disk.syncDirectory();
  return { name, header, seal: "none" };
}

/** Writes the seal of a segment whose successor stands. */
export async function writeSeal(disk: Disk, file: DiskFile, seal: SegmentSeal): Promise<void> {
  if (!disk.durable) await file.sync();
  await writeFully(file, encodeSegmentSeal(seal), SEGMENT_SEAL_OFFSET);
  if (!disk.durable) await file.sync();
}

/** All segments in order, their beginnings checked, each tied to the one before. */
export async function loadSegments(disk: Disk): Promise<Segment[]> {
  const names = (await disk.list()).filter((name) => /^\d{12}\.journal$/.test(name));
  const segments: Segment[] = [];
  for (const [index, name] of names.entries()) {
    if (name !== segmentName(index + 1)) {
      const found = `segment ${segmentName(index + 1)} is missing, ${name} follows`;
      const where = { place: disk.place, file: segmentName(index + 1) };
      throw refusal("journal_truncated", where, found, RESTORE_DIRECTORY);
    }
    const segment = await loadSegment(disk, name, index + 1);
    const previous = segments.at(-1);
    if (previous !== undefined) checkSuccession(disk, previous, segment);
    segments.push(segment);
  }
  return segments;
}

/** One segment, its beginning checked; rejects with ENOENT where there is none. */
export async function loadSegment(disk: Disk, name: string, number: number): Promise<Segment> {
  const where = { place: disk.place, file: name, offset: 0 };
  const file = await disk.openForReading(name);
  try {
    const bytes = new Uint8Array(SEGMENT_RECORDS_OFFSET);
    const got = await readFully(file, bytes, 0);
    const size = await file.size();
    if (got < bytes.length) {
      const found = `the file has ${size} bytes, less than a segment's beginning`;
      throw refusal("journal_truncated", where, found, RESTORE);
    }
    const header = decodeSegmentHeader(bytes);
    if (header === "unknown_format") {
      const next = "Use the version of hongbao that wrote it, or a later one";
      throw refusal("unknown_format", where, "written in a later format", next);
    }
    if (header === "damaged") {
      throw refusal("journal_damaged", where, "the segment's header is damaged", RESTORE);
    }
    if (header.number !== number) {
      const found = `this is segment ${header.number} under the name of segment ${number}`;
      throw refusal("journal_damaged", where, found, "Give the files their own names again");
    }
    if (size !== header.segmentBytes) {
      const found = `the file has ${size} bytes, its header says ${header.segmentBytes}`;
      throw refusal("journal_truncated", where, found, RESTORE);
    }
    const seal = decodeSegmentSeal(bytes.subarray(SEGMENT_SEAL_OFFSET));
    const foreign = typeof seal === "object" && seal.number !== number;
    return { name, header, seal: foreign ? "damaged" : seal };
  } finally {
    await file.close();
  }
}

function checkSuccession(disk: Disk, previous: Segment, segment: Segment): void {
  const where = { place: disk.place, file: segment.name, offset: 0 };
  if (segment.header.ledgerId !== previous.header.ledgerId) {
    const other = `${previous.name} to ledger ${previous.header.ledgerId}`;
    const found = `it belongs to ledger ${segment.header.ledgerId}, ${other}`;
    throw refusal("wrong_ledger", where, found, "Take out the file that does not belong here");
  }
  const seal = previous.seal;
  if (seal === "none" || seal === "damaged") return;
  const follows =
    segment.header.firstSequence === seal.lastSequence + 1 &&
    sameBytes(segment.header.previousChain, seal.lastChain);
  if (!follows) {
    const last = `record ${seal.lastSequence}, the last one of ${previous.name}`;
    const found = `it does not follow ${last}`;
    throw refusal("journal_damaged", where, found, RESTORE_DIRECTORY);
  }
}
