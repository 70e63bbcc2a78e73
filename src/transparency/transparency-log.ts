// The log as its follower keeps it: the tree over durable records, checkpoints signed at its size,
// receipts and consistency proofs out of it. Everything that is handed out is checked first, so
// that a damaged file is found here and not by the holder of a receipt.
import path from "node:path";
import { sameBytes } from "../base/bytes.ts";
import { HongbaoError } from "../base/error.ts";
import { payloadWords } from "../core/event-view.ts";
import { madeBy } from "../core/made-by.ts";
import type { ReceiptTarget } from "../host/receipt-target.ts";
import type { Disk } from "../journal/files/disk.ts";
import { JournalFollower } from "../journal/files/follow-directory.ts";
import { makeDirectory } from "../journal/files/make-directory.ts";
import { nodeDiskForReading } from "../journal/files/node-disk.ts";
import { BLOCK_BYTES } from "../journal/format.ts";
import {
  formatCheckpoint,
  formatSignedNote,
  type JournalRecord,
  LOG_ANNOUNCEMENTS_FILE,
  LOG_CHECKPOINTS_FILE,
  lastCheckpoint,
  logOrigin,
  nextKeyLine,
  nodeSha256,
  parseCheckpoint,
  type Receipt,
  recordLeaf,
  type SignedCheckpoint,
  verifyConsistency,
  verifyInclusion,
} from "../journal/index.ts";
import { makeReceipt } from "../journal/log/make-receipt.ts";
import {
  appendNote,
  closeLogFiles,
  keepLogFiles,
  type LogFiles,
  mendNotes,
  openLogFiles,
  readAnnouncements,
} from "./log-files.ts";
import type { Place } from "./places-file.ts";
import type { HistorySource } from "./read-history.ts";
import { readRecordAt } from "./read-record.ts";
import { countKeys, type KeyPlace, type LogSigners, openSigners } from "./signing-keys.ts";
import { pushTouches } from "./trails-file.ts";

export interface LogPlace extends KeyPlace {
  /** The folder of the journal. */
  journal: string;
}

type EventTarget = Omit<ReceiptTarget, "subject">;

/** A checkpoint that is signed and not published yet. */
export interface DraftCheckpoint {
  note: string;
  size: number;
  announces: boolean;
}

/** How long following may keep the thread from answering. */
const SLICE_MS = 20;

export class TransparencyLog {
  /** The last checkpoint that was published; null before the first. */
  published: SignedCheckpoint | null = null;
  publishedNote = "";
  /** Why the files were made anew when they were opened; null when they were not. */
  readonly remade: string | null;
  private readonly place: LogPlace;
  private readonly disk: Disk;
  private readonly files: LogFiles;
  private readonly journal: JournalFollower;
  private signers: LogSigners;
  private announcements: string[];
  private keyCount: number;

  private constructor(
    place: LogPlace,
    disk: Disk,
    files: LogFiles,
    journal: JournalFollower,
    keys: { signers: LogSigners; announcements: string[]; count: number },
  ) {
    this.place = place;
    this.disk = disk;
    this.files = files;
    this.journal = journal;
    this.remade = files.remade;
    this.signers = keys.signers;
    this.announcements = keys.announcements;
    this.keyCount = keys.count;
  }

  static async open(place: LogPlace): Promise<TransparencyLog> {
    const disk = nodeDiskForReading(place.journal);
    await makeDirectory(place.log);
    for (const file of [LOG_CHECKPOINTS_FILE, LOG_ANNOUNCEMENTS_FILE]) mendNotes(place.log, file);
    const announcements = await readAnnouncements(place.log);
    const signers = await openSigners(place, announcements);
    const count = await countKeys(place.secrets);
    const files = await openLogFiles(place.log, disk, place.ledgerId);
    const { sequence, chain } = files.last ?? { sequence: 0, chain: null };
    const journal = await JournalFollower.open(place.journal, { sequence, chain });
    return new TransparencyLog(place, disk, files, journal, { signers, announcements, count });
  }

  get size(): number {
    return this.files.tree.size;
  }

  /** Takes in the records up to `durable`, with turns for whoever asks meanwhile. */
  async advance(durable: number, isStopped: () => boolean = () => false): Promise<void> {
    this.journal.noteDurable(durable);
    let turnAtMs = performance.now() + SLICE_MS;
    for (;;) {
      const next = await this.journal.nextPlaced();
      if (next === null) return;
      const { record, segment, offset } = next;
      this.files.tree.append(recordLeaf(record, nodeSha256));
      this.files.places.push({ atMs: record.atMs, segment, block: offset / BLOCK_BYTES });
      pushTouches(this.files.trails, record);
      this.files.last = record;
      if (performance.now() < turnAtMs) continue;
      if (isStopped()) return;
      await new Promise((resolve) => setImmediate(resolve));
      turnAtMs = performance.now() + SLICE_MS;
    }
  }

  /**
   * Finds the last checkpoint that was published before, which the tree must lead to. The tree has
   * to reach it: call it once the journal is read.
   */
  async resume(): Promise<void> {
    const note = await lastCheckpoint(nodeDiskForReading(this.place.log)).catch((error) => {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    });
    if (note === null) return;
    const parsed = parseCheckpoint(note)!;
    const { origin, size, root } = parsed.checkpoint;
    const isOurs = origin === logOrigin(this.place.ledgerId) && size <= this.size;
    if (!isOurs || !sameBytes(this.files.tree.root(size), root)) {
      const file = path.join(this.place.log, LOG_CHECKPOINTS_FILE);
      const what = `the last checkpoint (${size} records of ${origin})`;
      const message = `${file}: ${what} is of other records`;
      throw new HongbaoError({ code: "journal_damaged", message });
    }
    this.published = parsed;
    this.publishedNote = note;
  }

  /** Whether a checkpoint would say something new. */
  async hasNews(): Promise<boolean> {
    if (this.published === null || this.size > this.published.checkpoint.size) return true;
    if ((await countKeys(this.place.secrets)) === this.keyCount) return this.signers.next !== null;
    return true;
  }

  /** Makes the files durable and signs the tree as it is now. */
  async draft(): Promise<DraftCheckpoint> {
    const count = await countKeys(this.place.secrets);
    if (count !== this.keyCount) {
      this.signers = await openSigners(this.place, this.announcements);
      this.keyCount = count;
    }
    const { tree } = this.files;
    const { size } = tree;
    const root = tree.root();
    await keepLogFiles(this.place.log, this.place.ledgerId, this.files);
    const { current, next } = this.signers;
    const extensions = next === null ? [] : [nextKeyLine(next.key)];
    const origin = logOrigin(this.place.ledgerId);
    const text = formatCheckpoint({ origin, size, root, extensions });
    const signatures = [current, ...(next === null ? [] : [next])].map((one) => one.sign(text));
    return { note: formatSignedNote(text, signatures), size, announces: next !== null };
  }

  /** Keeps the checkpoint, with the cosignatures that it has got meanwhile, and answers with it. */
  async publish({ announces }: DraftCheckpoint, note: string): Promise<void> {
    appendNote(this.place.log, LOG_CHECKPOINTS_FILE, note);
    if (announces) {
      appendNote(this.place.log, LOG_ANNOUNCEMENTS_FILE, note);
      this.announcements = [...this.announcements, note];
      this.signers = await openSigners(this.place, this.announcements);
    }
    this.published = parseCheckpoint(note)!;
    this.publishedNote = note;
  }

  /** That the log of `size` records extends that of `old`. Null when there is no such pair. */
  consistency(old: number, size: number): Uint8Array[] | null {
    if (old > size || size > this.size) return null;
    const { tree } = this.files;
    const proof = tree.consistencyProof(old, size);
    const claim = { oldSize: old, oldRoot: tree.root(old), size, root: tree.root(size) };
    if (!verifyConsistency(claim, proof, nodeSha256)) throw damaged(this.place.log);
    return proof;
  }

  /** Null while no published checkpoint covers it. */
  async receipt(target: ReceiptTarget): Promise<Receipt | null> {
    if (this.published === null) return null;
    const { size, root } = this.published.checkpoint;
    const checkpoint = this.publishedNote;
    const found = await this.find(target, size);
    if (found === null) return null;
    const { record, index } = found;
    const { tree } = this.files;
    const leaf = recordLeaf(record, nodeSha256);
    const place = { leaf, index: record.sequence - 1, size, root };
    const proof = tree.inclusionProof(place.index, size);
    if (!verifyInclusion(place, proof, nodeSha256)) throw damaged(this.place.log);
    const { announcements } = this;
    const { subject } = target;
    const source = { record, index, tree, size, checkpoint, announcements, subject };
    return makeReceipt(source, nodeSha256);
  }

  /** The last record that is taken in, and where it lies; null while there is none. */
  get last(): { record: JournalRecord; place: Place } | null {
    const { last, places } = this.files;
    return last === null ? null : { record: last, place: places.at(this.size - 1) };
  }

  /** What of somebody's history the log has taken in, checkpoint or not. */
  get history(): HistorySource {
    const { trails, places } = this.files;
    const record = async (sequence: number): Promise<JournalRecord> => {
      const found = await readRecordAt(this.disk, places.at(sequence - 1), sequence);
      if (found === null) throw damaged(this.place.log);
      return found;
    };
    return {
      recordsOf: (campaign, grant, most) => trails.recordsOf(campaign, grant, most),
      record,
      granted: (campaign, { grant, atMs }) =>
        this.find({ what: "grant", campaign, ordinal: grant, atMs }, this.size),
    };
  }

  async close(): Promise<void> {
    closeLogFiles(this.files);
    await this.journal.close();
  }

  /** The record and place of the event among the first `size` records. */
  private async find(
    target: EventTarget,
    size: number,
  ): Promise<{ record: JournalRecord; index: number } | null> {
    const { places } = this.files;
    // Events come in order of time, so that it stands in the last record begun before it, or in one
    // of those that were begun in the same millisecond.
    for (let at = places.lastAt(target.atMs, size); at >= 0; at--) {
      const place = places.at(at);
      const record = await readRecordAt(this.disk, place, at + 1);
      if (record === null) throw damaged(this.place.log);
      const index = indexIn(record, target);
      if (index >= 0) return { record, index };
      if (place.atMs < target.atMs) return null;
    }
    return null;
  }
}

/** Which event of the record makes it; -1 for none. */
function indexIn(record: JournalRecord, { what, campaign, ordinal }: EventTarget): number {
  const words = payloadWords(record.payload);
  let index = 0;
  for (let at = 0; at < words.length; at += words[at]! >>> 16) {
    if (words[at + 1]! >>> 16 === campaign) {
      for (const made of madeBy(words, at)) {
        if (made.what === what && (what === "grant" ? made.grant : made.redemption) === ordinal) {
          return index;
        }
      }
    }
    index += 1;
  }
  return -1;
}

/** The tree is then made again from the journal. */
export class LogDamaged extends Error {
  override name = "LogDamaged";
}

function damaged(folder: string): LogDamaged {
  return new LogDamaged(`${folder}: the log's files do not lead to the signed root`);
}
