// Opening a directory as a journal: lock, look, judge, repair, and only then a writer.
import { sha256 as portableSha256 } from "../../base/hash.ts";
import { firstChain, type Sha256 } from "../codec.ts";
import {
  asJournalError,
  diskFull,
  noRoomToOpen,
  notWritable,
  RESTORE_DIRECTORY,
  refusal,
} from "./damage.ts";
import { type Disk, isDiskFull, isForbidden } from "./disk.ts";
import { FileJournal } from "./file-journal.ts";
import { type FileJournalOptions, segmentBytesOf } from "./file-journal-options.ts";
import { type Head, openHead, readHead } from "./head.ts";
import { type Lock, lockIsLeft, takeLock } from "./lock.ts";
import { findEnd } from "./recovery.ts";
import type { KnownRecord } from "./recovery-input.ts";
import { repair } from "./repair.ts";
import {
  activateSpare,
  loadSegments,
  makeSpare,
  type Segment,
  SPARE_FILE,
  segmentName,
} from "./segments.ts";

/** Opens or creates the journal in the disk's directory; see docs/reference/journal.md. */
export async function openFileJournal(options: FileJournalOptions): Promise<FileJournal> {
  const { disk } = options;
  let lock: Lock | null = null;
  try {
    lock = await takeLockWithRoom(options);
    return await openLocked(options, lock);
  } catch (error) {
    await lock?.release().catch(() => {}); // the first failure is the one to tell
    if (isDiskFull(error)) throw noRoomToOpen(disk.place, error);
    if (isForbidden(error)) throw notWritable(disk.place, error);
    throw asJournalError(disk.place, error);
  }
}

/**
 * A writer that was killed on a full disk leaves its spare segment, which nobody needs any more:
 * it is given up for the few bytes of a lock.
 */
async function takeLockWithRoom(options: FileJournalOptions): Promise<Lock> {
  const { disk, processes, takeOver = false } = options;
  try {
    return await takeLock(disk, processes, takeOver);
  } catch (error) {
    const hasSpare = isDiskFull(error) && (await disk.list()).includes(SPARE_FILE);
    if (!hasSpare || !(await lockIsLeft(disk, processes))) throw error;
    await disk.remove(SPARE_FILE);
    return await takeLock(disk, processes, takeOver);
  }
}

async function openLocked(options: FileJournalOptions, lock: Lock): Promise<FileJournal> {
  const { disk } = options;
  const sha256 = options.sha256 ?? portableSha256;
  const headContent = await readHead(disk);
  let segments = await loadSegments(disk);
  const created = segments.length === 0;
  if (created) {
    refuseLostSegments(disk, headContent.head, options.known ?? []);
    segments = [await createFirst(options, sha256)];
  }
  const ledgerId = segments[0]!.header.ledgerId;
  if (options.ledgerId !== undefined && options.ledgerId !== ledgerId) {
    const where = { place: disk.place, file: segments[0]!.name, offset: 0 };
    const found = `it belongs to ledger ${ledgerId}, ledger ${options.ledgerId} was asked for`;
    throw refusal("wrong_ledger", where, found, "Give the directory of that ledger");
  }
  const known = options.known ?? [];
  const acceptBitFlip = options.acceptBitFlip ?? false;
  const input = { disk, segments, head: headContent, known, acceptBitFlip, sha256 };
  const end = await findEnd(input);
  const { file, cut } = await repair(disk, segments, end);
  const headNow = { sequence: end.sequence, chain: end.chain };
  const head = await openHead(disk, headContent, headNow).catch(async (error: unknown) => {
    await file.close();
    throw error;
  });
  const recovery = { created, cut, notices: created ? [] : end.notices };
  return new FileJournal({ options, lock, segments, file, head, end, recovery, sha256 });
}

/** Before anything is made: what a journal once held is not begun anew. */
function refuseLostSegments(disk: Disk, head: Head | null, known: readonly KnownRecord[]): void {
  const all = head === null ? known : [{ source: "the head file", ...head }, ...known];
  const last = all.find(({ sequence }) => sequence > 0);
  if (last === undefined) return;
  const durable = `${last.source} says that record ${last.sequence} was durable`;
  const where = { place: disk.place, file: segmentName(1) };
  throw refusal("journal_truncated", where, `it is missing, and ${durable}`, RESTORE_DIRECTORY);
}

async function createFirst(options: FileJournalOptions, sha256: Sha256): Promise<Segment> {
  const segmentBytes = segmentBytesOf(options);
  const ledgerId = options.ledgerId ?? options.mintLedgerId();
  const spare = await makeSpare(options.disk, segmentBytes).catch((error: unknown) => {
    throw isDiskFull(error) ? diskFull(options.disk.place, segmentBytes, error) : error;
  });
  const segment = await activateSpare(options.disk, spare, {
    number: 1,
    segmentBytes,
    firstSequence: 1,
    previousChain: firstChain(ledgerId, sha256),
    previousAtMs: 0,
    writerEpoch: 0,
    ledgerId,
  });
  await spare.close();
  return segment;
}
