// The engine: a journal, the state that it adds up to, and the one writer that decides. Servers,
// the command line and callers that embed it in their own process all use this class.
import { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import type { AnswerBase } from "../contract/schema/answer-base.ts";
import { applyEvents } from "../core/apply.ts";
import type { CampaignKeys } from "../core/campaign-keys.ts";
import type { EventWriter } from "../core/event.ts";
import { emptyLedger, type LedgerState } from "../core/ledger-state.ts";
import { writeTotals } from "../core/money/totals.ts";
import type { Opening } from "../core/opening.ts";
import type { Journal } from "../journal/port.ts";
import { type Clock, SYSTEM_CLOCK, Timekeeper } from "./clock.ts";
import type { EngineOptions } from "./engine-options.ts";
import { ListImports } from "./lists/list-import.ts";
import { type ListStore, MemoryLists } from "./lists/list-store.ts";
import { loadLists } from "./lists/load-lists.ts";
import { type OpenCampaign, OpenCampaigns } from "./open-campaigns.ts";
import { NO_QUARANTINE, type Quarantine } from "./quarantine.ts";
import type { SecretStore } from "./secrets.ts";
import {
  type MoneyAnswers,
  type MoneyInputs,
  MoneyJob,
  type MoneyOperation,
} from "./writer/money-job.ts";
import { randomPool } from "./writer/random-pool.ts";
import { SingleJob } from "./writer/read-job.ts";
import { replay } from "./writer/replay.ts";
import { askForRoom, RoomWatch } from "./writer/room-watch.ts";
import { NO_SNAPSHOTS, type SnapshotStore } from "./writer/snapshot.ts";
import { sweepDue } from "./writer/sweep.ts";
import { Ticker } from "./writer/ticker.ts";
import { Writer } from "./writer/writer.ts";
import { quarantined, shuttingDown } from "./writer/writer-errors.ts";
import type { DurableListener } from "./writer/writer-options.ts";

export type { EngineOptions } from "./engine-options.ts";

export class Engine {
  readonly state: LedgerState;
  readonly journal: Journal;
  readonly secrets: SecretStore;
  readonly entropy: (bytes: number) => Uint8Array;
  readonly lists: ListStore;
  readonly listImports: ListImports = new ListImports(this);
  /** Called after each durable record; event streams listen. */
  readonly durableListeners: Set<DurableListener> = new Set();
  /** Whether the disk has room for what comes next. */
  readonly room: RoomWatch;
  private readonly campaigns: OpenCampaigns;
  private readonly writer: Writer;
  private readonly soon: (run: () => void) => void;
  private readonly clock: Clock;
  private readonly time: Timekeeper;
  private readonly quarantine: Quarantine;
  private readonly snapshots: SnapshotStore;
  private readonly options: EngineOptions;
  private readonly ticker: Ticker;
  private lastDurableAtMs = 0;
  private closing: Promise<void> | null = null;

  private constructor(options: EngineOptions, state: LedgerState) {
    this.options = options;
    this.state = state;
    this.journal = options.journal;
    this.secrets = options.secrets;
    this.campaigns = new OpenCampaigns(state, options.secrets, options.journal.ledgerId);
    this.clock = options.clock ?? SYSTEM_CLOCK;
    this.lists = options.lists ?? new MemoryLists();
    this.entropy = options.entropy ?? randomPool();
    this.quarantine = options.quarantine ?? NO_QUARANTINE;
    this.snapshots = options.snapshots ?? NO_SNAPSHOTS;
    const trustClock = options.trustClock ?? false;
    this.time = new Timekeeper(this.clock, options.journal.lastAtMs, trustClock);
    this.room = new RoomWatch(this.journal);
    this.soon = options.soon ?? ((run) => setImmediate(run));
    this.writer = new Writer({
      journal: this.journal,
      prepare: (bytes) => this.room.prepare(bytes),
      nowMs: () => this.time.nowMs(),
      monotonicMs: () => performance.now(),
      entropy: this.entropy,
      apply: (out) => this.apply(out),
      totals: (atMs, out) => {
        for (const campaign of this.state.campaigns) writeTotals(campaign, atMs, out);
      },
      onStop: (error) => this.stopped(error),
      quarantine: (description) => this.quarantine.add(description),
      onDurable: (sequence, record) => {
        this.lastDurableAtMs = performance.now();
        for (const listener of this.durableListeners) listener(sequence, record);
      },
      soon: this.soon,
      queueLines: options.queueLines ?? LIMITS.queue,
      sliceMs: options.sliceMs ?? LIMITS.sliceMs,
    });
    this.ticker = new Ticker({
      sweep: () => this.tick().then(() => askForRoom(this)),
      seal: () => this.seal(),
      idleMs: () => performance.now() - this.lastDurableAtMs,
      stopped: () => this.writer.stopped !== null,
    });
  }

  /** Reads the journal and is ready to decide. Throws HongbaoError when something is not right. */
  static async open(options: EngineOptions): Promise<Engine> {
    const state = emptyLedger(options.hashBits ?? 32);
    const { journal, snapshots = NO_SNAPSHOTS } = options;
    const loaded = await snapshots.load(state, journal);
    const engine = new Engine(options, state);
    const replayed = await replay(journal, state, loaded.sequence, options.onProgress);
    engine.time.notBefore(replayed.lastAtMs);
    for (const { opening, keys } of [...loaded.openings, ...replayed.openings]) {
      await engine.introduce(opening, keys);
    }
    await loadLists(engine, options.withoutLists ?? false, options.onNotice);
    if (options.ticking ?? true) engine.ticker.start();
    return engine;
  }

  /** Opens a campaign's secrets and makes its names known; its state may follow. */
  async introduce(opening: Opening, keys: CampaignKeys): Promise<void> {
    const ordinal = await this.campaigns.introduce(opening, keys);
    this.snapshots.noteOpening(ordinal, opening);
  }

  /** Takes back an introduction whose opening was refused. */
  forget(ordinal: number): void {
    this.campaigns.forget(ordinal);
  }

  find(campaign: string): OpenCampaign | undefined {
    return this.campaigns.find(campaign);
  }

  /** Decides one request that moves money. Rejects with HongbaoError when nothing was decided. */
  money<N extends MoneyOperation>(
    operation: N,
    campaign: string,
    input: MoneyInputs[N],
    timeoutMs?: number,
  ): Promise<MoneyAnswers[N]> {
    return this.batch(operation, campaign, [input], timeoutMs).then(([answer]) => {
      if (answer instanceof HongbaoError) throw answer;
      return answer!;
    });
  }

  /** Decides many independent lines in order; a line that could not be decided has an error. */
  batch<N extends MoneyOperation>(
    operation: N,
    campaign: string,
    inputs: readonly MoneyInputs[N][],
    timeoutMs?: number,
    merchant?: string,
  ): Promise<(MoneyAnswers[N] | HongbaoError)[]> {
    return new Promise((done) => {
      this.submit(operation, campaign, inputs, done, timeoutMs, merchant);
    });
  }

  /**
   * As `batch`, with a callback: the quickest way in. With a `merchant`, only redemptions that were
   * made for it can be reversed; the others are refused as forbidden.
   */
  submit<N extends MoneyOperation>(
    operation: N,
    campaign: string,
    inputs: readonly MoneyInputs[N][],
    done: (answers: (MoneyAnswers[N] | HongbaoError)[]) => void,
    timeoutMs?: number,
    merchant?: string,
  ): void {
    if (inputs.length === 0) return done([]);
    const job = new MoneyJob({
      operation,
      campaign,
      inputs,
      find: (id) => this.find(id),
      durable: this.journal.durable,
      deadlineMs: this.deadline(timeoutMs),
      merchant: merchant ?? null,
      quarantine: this.quarantine,
      done,
    });
    this.writer.submit(job);
  }

  /** Runs one decision about a campaign, or a read, in its turn. */
  single<A extends AnswerBase>(
    lane: 0 | 1 | 2,
    decide: (atMs: number, out: EventWriter) => A,
    describe: () => string,
    timeoutMs?: number,
  ): Promise<A> {
    return new Promise((resolve, reject) => {
      const job = new SingleJob<A>({
        lane,
        decide,
        describe,
        durable: this.journal.durable,
        deadlineMs: this.deadline(timeoutMs),
        done: (answer) => (answer instanceof HongbaoError ? reject(answer) : resolve(answer)),
      });
      if (this.quarantine.size > 0 && this.quarantine.has(describe())) {
        return job.refuse(0, quarantined(0));
      }
      this.writer.submit(job);
    });
  }

  /** Resolves in a turn of its own, for work that must not hold up the writer. */
  nextTurn(): Promise<void> {
    return new Promise((resolve) => this.soon(resolve));
  }

  /** Lines that wait for the writer, and lines ever decided. */
  get load(): { waiting: number; decided: number } {
    return { waiting: this.writer.waiting, decided: this.writer.decided };
  }

  /** Bytes of events written since the start. */
  get bytesWritten(): number {
    return this.writer.bytesWritten;
  }

  /** Why the writer stopped, or null. */
  get failure(): HongbaoError | null {
    return this.writer.stopped;
  }

  /** Stops the writer for good, such as when the journal failed outside a call. */
  fail(error: HongbaoError): void {
    if (this.writer.stopped !== null) return;
    this.writer.stop(error);
    this.stopped(error);
  }

  /** Resolves when nothing waits and everything decided is durable. */
  whenIdle(): Promise<void> {
    return this.writer.whenIdle();
  }

  /** Sweeps what is due. Called by a timer, or by simulations. */
  async tick(): Promise<void> {
    try {
      await sweepDue(this, this.time.nowMs());
    } catch (error) {
      // A clock that stepped stops the writer also where no request comes to notice it.
      if (error instanceof HongbaoError && error.code === "clock_stepped") this.fail(error);
      throw error;
    }
  }

  /** Seals the journal if nothing is going on. Called by a timer, or by simulations. */
  seal(): Promise<void> {
    return this.writer.sealWhenIdle();
  }

  /** Answers what was accepted, keeps a snapshot, seals the journal and lets go of it. */
  close(): Promise<void> {
    this.closing ??= this.closeOnce();
    return this.closing;
  }

  private async closeOnce(): Promise<void> {
    this.ticker.stop();
    await this.writer.whenIdle();
    const failed = this.writer.stopped !== null;
    this.writer.stop(shuttingDown());
    try {
      if (failed) return;
      await this.journal.seal();
      // It only shortens the next start: without room for one the stop is no less clean.
      await this.snapshots.save(this.state, this.journal).catch((cause: unknown) => {
        this.options.onNotice?.(`no snapshot was kept; the next start replays more: ${cause}`);
      });
    } finally {
      await this.journal.close();
    }
  }

  private deadline(timeoutMs = Number.POSITIVE_INFINITY): number {
    return performance.now() + timeoutMs;
  }

  /** Applies what was written to `out` and is not applied yet. */
  apply(out: EventWriter): void {
    const from = out.applied;
    out.applied = out.length;
    if (from === out.length) return;
    applyEvents(this.state, out.words, from, out.length, out.baseAtMs, this.campaigns.keysOf);
  }

  private stopped(error: HongbaoError): void {
    this.ticker.stop();
    this.options.onStop?.(error);
  }
}
