// Follows a journal that another process writes, without touching it: each record is given once it
// is provably durable, and never before. A record that is whole but unproven is read again at the
// next look, because a crash may put another one in its place.
import { setTimeout } from "node:timers/promises";
import { sameBytes } from "../../base/bytes.ts";
import type { JournalRecord } from "../codec.ts";
import { SEGMENT_RECORDS_OFFSET } from "../format.ts";
import { FAULT_WORDS, RESTORE, RESTORE_DIRECTORY, refusal } from "./damage.ts";
import { nodeSha256 } from "./directory-journal.ts";
import { type Disk, type DiskFile, errorCode } from "./disk.ts";
import { readHead } from "./head.ts";
import { nodeDiskForReading } from "./node-disk.ts";
import { readDirectory } from "./read-directory.ts";
import { SegmentScan } from "./scan.ts";
import { loadSegment, loadSegments, type Segment, segmentName } from "./segments.ts";

/** A record that was read before. */
export interface FollowedRecord {
  sequence: number;
  /** Null where only the number is known; else the journal must still hold this very record. */
  chain: Uint8Array | null;
}

/** A record and where it lies. */
export interface PlacedRecord {
  record: JournalRecord;
  /** Number of its segment, and the byte at which it begins there. */
  segment: number;
  offset: number;
}

/** How much is read ahead at a look before records are handed out. */
const AHEAD_BYTES = 4 * 1024 * 1024;
/** A follower that has caught up finds little at a look. */
const WINDOW_BYTES = 65_536;
/** How long after a look that found nothing the next one comes. */
const LOOK_EVERY_MS = 50;

/** Where the reading stands: the record that comes next, and what it must be chained to. */
interface Mark {
  sequence: number;
  offset: number;
  chain: Uint8Array;
}

export class JournalFollower {
  readonly ledgerId: string;
  private readonly disk: Disk;
  private segment: Segment;
  private file: DiskFile;
  private mark: Mark;
  private durable = 0;
  /** All of the segment that is open. */
  private ready: { record: JournalRecord; offset: number }[] = [];
  private isBehind = true;

  private constructor(disk: Disk, segment: Segment, file: DiskFile) {
    this.disk = disk;
    this.segment = segment;
    this.file = file;
    this.ledgerId = segment.header.ledgerId;
    this.mark = beginningOf(segment);
  }

  /**
   * Begins with the record after `after`. Rejects as `readDirectory` does, and with `wrong_ledger`
   * or `journal_truncated` where the journal does not hold that record.
   */
  static async open(
    directory: string,
    after: FollowedRecord = { sequence: 0, chain: null },
  ): Promise<JournalFollower> {
    await readDirectory(directory); // refuses what opening it for writing would
    const disk = nodeDiskForReading(directory);
    const segments = await loadSegments(disk);
    const segment = segments.findLast(({ header }) => header.firstSequence <= after.sequence + 1)!;
    const file = await disk.openForReading(segment.name);
    const follower = new JournalFollower(disk, segment, file);
    try {
      await follower.skipTo(after);
    } catch (error) {
      await follower.close();
      throw error;
    }
    return follower;
  }

  /** Brings `durableSequence` up to date by the head file, without reading on. */
  async refresh(): Promise<void> {
    const { head } = await readHead(this.disk);
    this.durable = Math.max(this.durable, head?.sequence ?? 0);
  }

  /** The last record known to be durable at the last look. */
  get durableSequence(): number {
    return Math.max(this.durable, this.mark.sequence - 1);
  }

  /** The writer itself says that its records up to this one are durable. */
  noteDurable(sequence: number): void {
    this.durable = Math.max(this.durable, sequence);
  }

  /** The next durable record; null when there is none yet. One call at a time. */
  async next(): Promise<JournalRecord | null> {
    return (await this.nextPlaced())?.record ?? null;
  }

  /** As `next`, with the place at which it can be read again. */
  async nextPlaced(): Promise<PlacedRecord | null> {
    if (this.ready.length === 0) await this.look();
    const first = this.ready.shift();
    return first === undefined ? null : { ...first, segment: this.segment.header.number };
  }

  /** Each durable record as it appears, until the signal. */
  async *records(signal: AbortSignal): AsyncGenerator<JournalRecord> {
    while (!signal.aborted) {
      const record = await this.next();
      if (record !== null) yield record;
      else await setTimeout(LOOK_EVERY_MS, null, { signal }).catch(() => {}); // aborted: the end
    }
  }

  close(): Promise<void> {
    return this.file.close();
  }

  private async look(): Promise<void> {
    // The head before the records: what it says was durable then can be read now.
    await this.refresh();
    await this.readAhead();
    if (this.ready.length > 0) return;
    const next = await this.nextSegment();
    if (next !== null) {
      // It stands, so everything before it is durable; some may have come since the reading.
      this.durable = Math.max(this.durable, next.header.firstSequence - 1);
      await this.readAhead();
      if (this.ready.length > 0) return;
      if (next.header.firstSequence === this.mark.sequence) return await this.enter(next);
    }
    if (this.mark.sequence <= this.durable) throw await this.damaged();
  }

  /** Fills `ready` with what is there and durable, and moves the mark behind it. */
  private async readAhead(): Promise<void> {
    const windowBytes = this.isBehind ? {} : { windowBytes: WINDOW_BYTES };
    const scan = this.scan(windowBytes);
    const found: { record: JournalRecord; offset: number; mark: Mark }[] = [];
    let bytes = 0;
    for (let one = await scan.next(); one !== null; one = await scan.next()) {
      this.durable = Math.max(this.durable, one.record.durableSequence);
      const { record, offset } = one;
      found.push({ record, offset, mark: { sequence: scan.sequence, ...endOf(scan) } });
      bytes += one.endOffset - one.offset;
      if (bytes >= AHEAD_BYTES) break;
    }
    this.isBehind = bytes > WINDOW_BYTES;
    for (const { record, offset, mark } of found) {
      if (record.sequence > this.durable) break;
      this.ready.push({ record, offset });
      this.mark = mark;
    }
  }

  private scan(options: { windowBytes?: number }): SegmentScan {
    const { segmentBytes } = this.segment.header;
    const { offset, sequence, chain: previousChain } = this.mark;
    const start = { file: this.file, segmentBytes, offset, sequence, previousChain };
    return new SegmentScan({ ...start, sha256: nodeSha256, ...options });
  }

  private async nextSegment(): Promise<Segment | null> {
    const number = this.segment.header.number + 1;
    try {
      return await loadSegment(this.disk, segmentName(number), number);
    } catch (error) {
      if (errorCode(error) === "ENOENT") return null;
      throw error;
    }
  }

  private async enter(next: Segment): Promise<void> {
    const { ledgerId, previousChain } = next.header;
    if (ledgerId !== this.ledgerId || !sameBytes(previousChain, this.mark.chain)) {
      const where = { place: this.disk.place, file: next.name, offset: 0 };
      const found = `it does not follow record ${this.mark.sequence - 1}`;
      throw refusal("journal_damaged", where, found, RESTORE_DIRECTORY);
    }
    const file = await this.disk.openForReading(next.name);
    await this.file.close();
    this.file = file;
    this.segment = next;
    this.mark = beginningOf(next);
    await this.readAhead();
  }

  /** Reads on to the record that was read last, which must be the same. */
  private async skipTo(after: FollowedRecord): Promise<void> {
    const scan = this.scan({});
    while (scan.sequence <= after.sequence && (await scan.next()) !== null);
    this.mark = { sequence: scan.sequence, ...endOf(scan) };
    const where = { place: this.disk.place, file: this.segment.name, sequence: after.sequence };
    if (scan.sequence <= after.sequence) {
      const found = `it ends at record ${scan.sequence - 1}, and ${after.sequence} was read before`;
      throw refusal("journal_truncated", where, found, RESTORE_DIRECTORY);
    }
    if (after.chain !== null && !sameBytes(scan.chain, after.chain)) {
      const found = `record ${after.sequence} is another one than was read before`;
      throw refusal("wrong_ledger", where, found, "Name the journal that was followed before");
    }
  }

  private async damaged(): Promise<Error> {
    const scan = this.scan({});
    await scan.next();
    const { offset, sequence } = this.mark;
    const where = { place: this.disk.place, file: this.segment.name, offset, sequence };
    const fault = FAULT_WORDS[scan.stop ?? "zeros"];
    const found = `record ${sequence} is damaged (${fault}), and it was durable`;
    return refusal("journal_damaged", where, found, RESTORE);
  }
}

function beginningOf({ header }: Segment): Mark {
  const { firstSequence: sequence, previousChain: chain } = header;
  return { sequence, offset: SEGMENT_RECORDS_OFFSET, chain };
}

/** The chain is copied: a window of the scan must not live on. */
function endOf(scan: SegmentScan): { offset: number; chain: Uint8Array } {
  return { offset: scan.offset, chain: scan.chain.slice() };
}
