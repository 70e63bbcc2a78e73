// Follows the journal for as long as a server runs: takes in what is durable, signs a checkpoint
// now and then when the log grew, asks the witnesses, and answers for receipts. Whatever fails is
// told, and tried again from the files; deciding never waits for any of it.
import { rm } from "node:fs/promises";
import path from "node:path";
import { toBase64 } from "../base/base64.ts";
import { HongbaoError } from "../base/error.ts";
import type { ReceiptTarget } from "../host/receipt-target.ts";
import { LOG_HEAD_FILE, type Receipt } from "../journal/index.ts";
import { WitnessCaller } from "./ask-witnesses.ts";
import { type JournalCopy, planCopy, readCopy } from "./journal-copy.ts";
import { type LogStatus, logStatus } from "./log-status.ts";
import type { HistorySource } from "./read-history.ts";
import {
  type DraftCheckpoint,
  LogDamaged,
  type LogPlace,
  TransparencyLog,
} from "./transparency-log.ts";
import type { WitnessAddress } from "./witness-list.ts";

export interface LogServiceOptions {
  place: LogPlace;
  /** Shortest time between two checkpoints. */
  intervalMs: number;
  witnesses: readonly WitnessAddress[];
  /** Called with what the operator should know. */
  onNotice: (text: string) => void;
}

export interface PublishedCheckpoint {
  origin: string;
  size: number;
  /** In base64, as in the note. */
  root: string;
  note: string;
}

export interface ConsistencyProof {
  old: number;
  size: number;
  /** Hashes in base64, as RFC 6962 orders them. */
  proof: string[];
}

/** A receipt, or how long until a checkpoint may cover the event. */
export type ReceiptAnswer = { receipt: Receipt } | { retryAfterMs: number };

/** A moment for a burst to pass, before the first checkpoint after a quiet time. */
const SETTLE_MS = 200;
/** For what is behind at an orderly stop; the next start takes in the rest. */
const CLOSE_MS = 3000;
/** What is durable is told some twenty times a second. */
const HISTORY_MS = 1000;
const HISTORY_POLL_MS = 10;
const RETRY_MS = 1000;
const RETRY_MAX_MS = 60_000;

export class LogService {
  private readonly options: LogServiceOptions;
  private readonly callers: WitnessCaller[];
  private log: TransparencyLog | null = null;
  private durableSequence = 0;
  private checkpointAtMs = Number.NEGATIVE_INFINITY;
  private publishing: Promise<void> | null = null;
  private publishError: unknown = null;
  private wake: () => void = () => {};
  private closing = false;
  /** When closing does not wait for the rest any more. */
  private closeByMs = 0;
  /** When the log grew beyond its last checkpoint; null when it did not. */
  private grewAtMs: number | null = null;
  private lastNotice = "";
  private readonly running: Promise<void>;

  /** @param durable the last record that is durable now */
  constructor(options: LogServiceOptions, durable: number) {
    this.options = options;
    this.callers = options.witnesses.map((witness) => new WitnessCaller(witness));
    this.durableSequence = durable;
    this.running = this.run();
  }

  /** Tells how far the journal is durable. */
  durable(sequence: number): void {
    this.durableSequence = Math.max(this.durableSequence, sequence);
    this.wake();
  }

  checkpoint(): PublishedCheckpoint {
    const log = this.readyLog();
    const { origin, size, root } = log.published!.checkpoint;
    return { origin, size, root: toBase64(root), note: log.publishedNote };
  }

  /** Null: the log has no such sizes. `size` is by default that of the last checkpoint. */
  consistency(old: number, size: number | null): ConsistencyProof | null {
    const log = this.readyLog();
    const published = log.published!.checkpoint.size;
    const upTo = size ?? published;
    // What no checkpoint covers is nobody's business yet.
    const proof = upTo > published ? null : log.consistency(old, upTo);
    return proof === null ? null : { old, size: upTo, proof: proof.map(toBase64) };
  }

  async receipt(target: ReceiptTarget): Promise<ReceiptAnswer> {
    const log = this.readyLog();
    const receipt = await this.unlessDamaged(() => log.receipt(target));
    if (receipt !== null) return { receipt };
    const nextAtMs = this.checkpointAtMs + this.options.intervalMs;
    return { retryAfterMs: Math.max(nextAtMs - performance.now(), SETTLE_MS) };
  }

  /** Reads somebody's history, once the log has taken in the record that the question rests on. */
  async history<T>(upTo: number, read: (source: HistorySource) => Promise<T>): Promise<T> {
    const untilMs = performance.now() + HISTORY_MS;
    for (;;) {
      const { log } = this;
      if (log !== null && log.size >= upTo) return this.unlessDamaged(() => read(log.history));
      if (performance.now() >= untilMs) throw unavailable("the log has not come so far yet");
      await new Promise((resolve) => setTimeout(resolve, HISTORY_POLL_MS));
    }
  }

  /** The journal as it is now, to be copied with `copyBytes`. */
  copy(): JournalCopy {
    const { journal, log, ledgerId } = this.options.place;
    return planCopy({ journal, log, ledgerId, last: this.openLog().last });
  }

  copyBytes(name: string, from: number, bytes: number): Uint8Array {
    return readCopy(this.options.place.journal, name, from, bytes);
  }

  status(): Promise<LogStatus> {
    return logStatus(this.options.place, this.log);
  }

  private openLog(): TransparencyLog {
    if (this.log !== null) return this.log;
    throw unavailable(this.lastNotice === "" ? "the log is being made" : this.lastNotice);
  }

  private async unlessDamaged<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof LogDamaged)) throw error;
      this.publishError ??= error; // the loop makes the files anew
      this.wake();
      throw unavailable("the log's files are made again from the journal");
    }
  }

  /** Takes in the rest, signs it, and lets go of the files. */
  async close(durable: number): Promise<void> {
    this.durableSequence = Math.max(this.durableSequence, durable);
    this.closing = true;
    this.closeByMs = performance.now() + CLOSE_MS;
    this.wake();
    await this.running;
  }

  private readyLog(): TransparencyLog {
    const log = this.openLog();
    if (log.published !== null) return log;
    throw unavailable("no checkpoint is signed yet");
  }

  private async run(): Promise<void> {
    let retryMs = RETRY_MS;
    // What failed before the close is tried once more after it.
    for (let last = false; !last; ) {
      last = this.closing;
      try {
        await this.follow(() => {
          retryMs = RETRY_MS;
        });
        if (this.closing) return;
      } catch (error) {
        if (error instanceof LogDamaged) {
          await rm(path.join(this.options.place.log, LOG_HEAD_FILE), { force: true });
        }
        this.notice(`receipts: ${(error as Error).message}`);
        if (!this.closing) await this.sleep(retryMs, false);
        retryMs = Math.min(2 * retryMs, RETRY_MAX_MS);
      }
    }
  }

  /** One life of the log's files; ends when the service closes, or throws. */
  private async follow(isWell: () => void): Promise<void> {
    const log = await TransparencyLog.open(this.options.place);
    try {
      if (log.remade !== null) this.notice(`receipts: ${log.remade}; made again from the journal`);
      await this.advance(log);
      if (log.size < this.durableSequence && this.closing) return; // it did not come that far
      await log.resume();
      this.log = log;
      while (!this.closing) {
        await this.advance(log);
        if (this.untilNext(log) <= 0) await this.sign(log, this.callers);
        isWell();
        if (log.size < this.durableSequence) continue;
        await this.sleep(Math.max(this.untilNext(log), 1), true);
        if (this.publishError !== null) throw this.publishError;
      }
      await this.publishing;
      await this.advance(log);
      if (await log.hasNews()) await this.sign(log, []);
      await this.publishing;
    } finally {
      this.log = null;
      await this.publishing;
      this.publishError = null;
      await log.close();
    }
  }

  private advance(log: TransparencyLog): Promise<void> {
    const isLate = (): boolean => this.closing && performance.now() > this.closeByMs;
    return log.advance(this.durableSequence, isLate);
  }

  /** How long until a checkpoint is due; it then still says nothing unless there is news. */
  private untilNext(log: TransparencyLog): number {
    if (this.publishing !== null) return this.options.intervalMs;
    const nowMs = performance.now();
    const grew = log.published !== null && log.size > log.published.checkpoint.size;
    this.grewAtMs = grew ? (this.grewAtMs ?? nowMs) : null;
    const settledAtMs = this.grewAtMs === null ? nowMs : this.grewAtMs + SETTLE_MS;
    const dueAtMs = Math.max(this.checkpointAtMs + this.options.intervalMs, settledAtMs);
    return dueAtMs - nowMs;
  }

  /** Signs when there is news; what no witness has seen yet is shown again. */
  private async sign(log: TransparencyLog, callers: readonly WitnessCaller[]): Promise<void> {
    // Also when there is none: the next look is an interval away.
    this.checkpointAtMs = performance.now();
    const isNews = await log.hasNews();
    const note = log.publishedNote;
    const missing = callers.filter((caller) => isNews || !caller.hasCosigned(note));
    if (!isNews && missing.length === 0) return;
    const draft = isNews
      ? await log.draft()
      : { note, size: log.published!.checkpoint.size, announces: false };
    this.publishing = this.publish(log, draft, missing)
      .catch((error: unknown) => {
        this.publishError = error;
      })
      .finally(() => {
        this.publishing = null;
        this.wake();
      });
    if (callers.length === 0) await this.publishing;
  }

  private async publish(
    log: TransparencyLog,
    draft: DraftCheckpoint,
    callers: readonly WitnessCaller[],
  ): Promise<void> {
    const prove = (old: number): Uint8Array[] | null => log.consistency(old, draft.size);
    const asked = await Promise.all(callers.map((caller) => caller.cosign(draft.note, prove)));
    let note = draft.note;
    for (const answer of asked) {
      if ("refusal" in answer) this.notice(`receipts: ${answer.refusal}`);
      else note += answer.note.slice(draft.note.length);
    }
    if (note !== log.publishedNote) await log.publish(draft, note);
  }

  /** Waits; `alert`: also until something happens. */
  private sleep(ms: number, alert: boolean): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.wake = () => {};
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.wake = () => {
        if (alert || this.closing) done();
      };
    });
  }

  /** The same words once. */
  private notice(text: string): void {
    if (text === this.lastNotice) return;
    this.lastNotice = text;
    this.options.onNotice(text);
  }
}

export function unavailable(why: string): HongbaoError {
  const message = `no receipts now: ${why}`;
  return new HongbaoError({ code: "receipts_unavailable", message, retryable: true });
}
