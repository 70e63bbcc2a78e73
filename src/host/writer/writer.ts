// The single writer. It takes what has queued, decides and applies each line in slices of about a
// millisecond, and gathers the events in one record; while one record is being written and synced,
// the next fills. Answers leave when their record is durable.
import { AssertionFailure } from "../../base/assert.ts";
import { HongbaoError } from "../../base/error.ts";
import { LIMITS } from "../../base/limits.ts";
import {
  addLine,
  clearDraft,
  type Draft,
  emptyDraft,
  isFull,
  recordOf,
  recordWordsOf,
  refuseAll,
  settleAll,
} from "../draft.ts";
import { type Job, JobQueue } from "./job.ts";
import { Room } from "./room.ts";
import { decideUnwritten } from "./without-room.ts";
import { asFatal, journalFailed, overloaded, tooLate, undecided } from "./writer-errors.ts";
import type { WriterOptions } from "./writer-options.ts";

/** Longest time offset that an event carries; a draft that grows older is written first. */
const DRAFT_MS = 60_000;

export class Writer {
  private readonly options: WriterOptions;
  private readonly queue = new JobQueue();
  /** A job whose first `taken` lines are taken; it goes on although a better lane filled. */
  private taking: Job | null = null;
  private taken = 0;
  private draft: Draft = emptyDraft();
  private spare: Draft = emptyDraft();
  private writing: Draft | null = null;
  private scheduled = false;
  private stopping: HongbaoError | null = null;
  /** Whether it was told that a failure stopped the writer. */
  private told = false;
  private idle: (() => void)[] = [];
  private readonly room: Room;
  private lastDecidedAtMs = 0;
  /** Lines ever decided, for metrics. */
  decided = 0;
  /** Bytes of events ever written, for metrics. */
  bytesWritten = 0;

  private readonly recordWords: number;

  constructor(options: WriterOptions) {
    this.options = options;
    this.recordWords = recordWordsOf(options.journal);
    this.room = new Room(
      () => options.prepare(4 * this.recordWords),
      () => this.schedule(),
      (error) => this.refuseForLackOfRoom(error),
    );
  }

  get waiting(): number {
    return this.queue.lines;
  }

  get stopped(): HongbaoError | null {
    return this.stopping;
  }

  /** Queues a job, or refuses it at once when the queue is full or the writer has stopped. */
  submit(job: Job): void {
    if (this.stopping !== null) return job.refuse(0, undecided(this.stopping));
    if (this.queue.lines + job.size > this.options.queueLines && this.queue.lines > 0) {
      return job.refuse(0, overloaded());
    }
    this.queue.push(job);
    this.schedule();
  }

  /** Resolves when nothing waits and nothing is being written. */
  whenIdle(): Promise<void> {
    if (this.isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  /** Seals the journal if nothing is going on. */
  async sealWhenIdle(): Promise<void> {
    if (!this.isIdle() || this.stopping !== null) return;
    const sealing = this.spare;
    this.writing = sealing;
    this.room.forget();
    try {
      await this.options.journal.seal();
    } catch (cause) {
      return this.failWriting(sealing, journalFailed(cause));
    }
    this.goOn(sealing, this.options.journal.lastSequence);
  }

  /** Refuses everything that is not decided and accepts nothing more. */
  stop(error: HongbaoError): void {
    if (this.stopping !== null) return;
    this.stopping = error;
    const refusal = undecided(error);
    this.drain((job, from) => job.refuse(from, refusal));
  }

  private isIdle(): boolean {
    return this.queue.lines === 0 && this.writing === null && this.draft.lines === 0;
  }

  private noteIdle(): void {
    if (!this.isIdle()) return;
    for (const resolve of this.idle.splice(0)) resolve();
  }

  private schedule(): void {
    if (this.scheduled || this.queue.lines === 0) return;
    if (!this.room.isReady) return this.room.ask();
    this.scheduled = true;
    this.options.soon(() => this.turn());
  }

  /** Disk full is met here, before deciding: what wants to write is refused, the rest goes on. */
  private refuseForLackOfRoom(error: unknown): void {
    if (this.stopping !== null) return;
    if (!(error instanceof HongbaoError) || error.code !== "disk_full") {
      return this.fail(journalFailed(error));
    }
    const atMs = this.now();
    if (atMs === null) return;
    this.drain((job, from) => this.decideWithoutRoom(job, from, atMs, error));
  }

  /** Empties the queue; `from` is the first line of the job that was not taken yet. */
  private drain(use: (job: Job, from: number) => void): void {
    const { taking, taken } = this;
    for (const job of this.queue.drain()) use(job, job === taking ? taken : 0);
    this.taking = null;
    this.taken = 0;
    this.noteIdle();
  }

  /** Null when the clock is not to be trusted, which stops the writer. */
  private now(): number | null {
    try {
      return this.options.nowMs();
    } catch (error) {
      this.fail(asFatal(error));
      return null;
    }
  }

  private decideWithoutRoom(job: Job, from: number, atMs: number, error: HongbaoError): void {
    if (this.stopping !== null) return job.refuse(from, undecided(this.stopping));
    const { to, bug } = decideUnwritten(job, from, atMs);
    // What these answers rest on may not be durable yet.
    const record = this.draft.lines > 0 ? this.draft : this.writing;
    if (to > from && record !== null) record.waiters.push({ job, from, to });
    else if (to > from) job.settle(from, to, this.options.journal.lastSequence);
    if (bug !== null) return this.failOn(job, to, bug.thrown);
    if (to < job.size) job.refuse(to, error);
  }

  /** One slice: about a millisecond of decisions, then the record goes out if none is under way. */
  private turn(): void {
    this.scheduled = false;
    if (this.stopping !== null) return;
    const atMs = this.now();
    if (atMs === null) return;
    const { draft, options } = this;
    if (draft.lines === 0) draft.out.reset(atMs);
    const end = options.monotonicMs() + options.sliceMs;
    const fresh = atMs - draft.out.baseAtMs < DRAFT_MS;
    for (let n = 1; fresh && this.queue.lines > 0 && !isFull(draft, this.recordWords); n++) {
      if (!this.takeLine(draft, atMs)) return;
      if ((n & 63) === 0 && options.monotonicMs() >= end) break;
    }
    this.lastDecidedAtMs = atMs;
    this.flush();
    if (fresh && !isFull(this.draft, this.recordWords)) this.schedule();
  }

  /** Decides one line. False when a bug stopped the writer. */
  private takeLine(draft: Draft, atMs: number): boolean {
    const { queue, options } = this;
    const job = this.taking ?? queue.peek()!;
    const index = this.taken;
    if (job.deadlineMs !== Number.POSITIVE_INFINITY && options.monotonicMs() > job.deadlineMs) {
      queue.lines -= job.size - index;
      this.finish(job);
      job.refuse(index, tooLate());
      return true;
    }
    try {
      job.decide(index, atMs, draft.out);
      options.apply(draft.out);
    } catch (error) {
      this.failOn(job, index, error);
      return false;
    }
    queue.lines -= 1;
    this.decided += 1;
    addLine(draft, job, index);
    if (index + 1 === job.size) this.finish(job);
    else {
      this.taken = index + 1;
      this.taking = job;
    }
    return true;
  }

  private finish(job: Job): void {
    this.queue.shift(job);
    this.taken = 0;
    this.taking = null;
  }

  /** Sends the draft on its way, unless a record is under way already. */
  private flush(): void {
    const { draft } = this;
    if (this.writing !== null) {
      // Without events of its own an answer needs what was decided before it: the record that is
      // under way.
      if (draft.out.length > 0 || draft.lines === 0) return;
      this.writing.waiters.push(...draft.waiters);
      clearDraft(draft);
      return;
    }
    // Every line of the last turn may have passed its deadline: nothing is left to wait for.
    if (draft.lines === 0) return this.noteIdle();
    // After a bug the draft may hold events of the line that failed: they must not become durable.
    if (this.stopping !== null) return refuseAll(draft, undecided(this.stopping));
    if (draft.out.length === 0) {
      const { lastSequence } = this.options.journal;
      settleAll(draft, lastSequence);
      this.noteIdle();
      return;
    }
    this.draft = this.spare;
    this.spare = draft;
    this.writing = draft;
    // What this record takes is not there for the next one: whoever fills that asks again.
    this.room.forget();
    void this.write(draft);
  }

  private async write(draft: Draft): Promise<void> {
    const { journal, entropy } = this.options;
    const { out } = draft;
    const totals = (journal.lastSequence + 1) % LIMITS.totalsEveryRecords === 0;
    if (totals) this.options.totals(this.lastDecidedAtMs, out);
    const record = recordOf(out, entropy(16), totals);
    let sequence: number;
    try {
      ({ sequence } = await journal.append(record));
    } catch (cause) {
      return this.failWriting(draft, journalFailed(cause));
    }
    this.bytesWritten += record.payload.length;
    this.goOn(draft, sequence);
    this.options.onDurable(sequence, record);
  }

  /** What was being written is durable: its answers leave, and what gathered meanwhile is next. */
  private goOn(written: Draft, sequence: number): void {
    this.writing = null;
    settleAll(written, sequence);
    this.flush();
    this.schedule();
    this.noteIdle();
  }

  /** The record may be on the disk or not: of its lines alone nobody knows. */
  private failWriting(draft: Draft, error: HongbaoError): void {
    this.writing = null;
    this.fail(error);
    refuseAll(draft, error);
  }

  /** A bug: the state in memory cannot be trusted any more. */
  private failOn(job: Job, index: number, error: unknown): void {
    const failure = asFatal(error);
    const stop = () => {
      job.refuse(index, failure);
      this.fail(failure);
    };
    if (!(error instanceof AssertionFailure)) return stop();
    this.options.quarantine(job.describe(index)).then(stop, stop);
    this.stopping = failure;
  }

  private fail(error: HongbaoError): void {
    const failure = this.stopping ?? error;
    this.stopping = null;
    this.stop(failure);
    refuseAll(this.draft, undecided(failure));
    if (!this.told) this.options.onStop(failure);
    this.told = true;
    this.noteIdle();
  }
}
