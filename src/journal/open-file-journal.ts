// Opening a directory as a journal: lock, look, judge, repair, and only then a writer.
import { sha256 as portableSha256 } from "../base/hash.ts";
import { firstChain, type Sha256 } from "./codec.ts";
import { asJournalError, diskFull, notWritable, refusal } from "./damage.ts";
import { type Disk, isDiskFull, isForbidden } from "./disk.ts";
import { FileJournal } from "./file-journal.ts";
import { type FileJournalOptions, segmentBytesOf } from "./file-journal-options.ts";
import { type Head, openHead, readHead } from "./head.ts";
import { type Lock, takeLock } from "./lock.ts";
import { findEnd } from "./recovery.ts";
import { repair } from "./repair.ts";
import { activateSpare, loadSegments, makeSpare, type Segment } from "./segments.ts";

/** Opens or creates the journal in the disk's directory; see docs/reference/journal.md. */
export async function openFileJournal(options: FileJournalOptions): Promise<FileJournal> {
  const { disk } = options;
  let lock: Lock | null = null;
  try {
    lock = await takeLock(disk, options.processes, options.takeOver ?? false);
    return await openLocked(options, lock);
  } catch (error) {
    await lock?.release().catch(() => {}); // the first failure is the one to tell
    if (isDiskFull(error)) throw diskFull(disk.place, segmentBytesOf(options), error);
    if (isForbidden(error)) throw notWritable(disk.place, error);
    throw asJournalError(disk.place, error);
  }
}

async function openLocked(options: FileJournalOptions, lock: Lock): Promise<FileJournal> {
  const { disk } = options;
  const sha256 = options.sha256 ?? portableSha256;
  const headContent = await readHead(disk);
  let segments = await loadSegments(disk);
  const created = segments.length === 0;
  if (created) {
    refuseLostSegments(disk, headContent.head);
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

function refuseLostSegments(disk: Disk, head: Head | null): void {
  if (head === null || head.sequence === 0) return;
  const found = `record ${head.sequence} was durable, but there is no segment`;
  const next = "Restore the whole directory from a backup or a standby";
  throw refusal("journal_truncated", { place: disk.place, file: "head" }, found, next);
}

async function createFirst(options: FileJournalOptions, sha256: Sha256): Promise<Segment> {
  const segmentBytes = segmentBytesOf(options);
  const ledgerId = options.ledgerId ?? options.mintLedgerId();
  const spare = await makeSpare(options.disk, segmentBytes);
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
