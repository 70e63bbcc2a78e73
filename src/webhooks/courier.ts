// Sends what is first in its lane, several lanes at a time, and decides what becomes of a failure:
// another attempt later, or a dead letter after the last one.
import type { Dispatcher } from "undici";
import { LIMITS } from "../base/limits.ts";
import { isDiskShort } from "./disk-short.ts";
import type { Endpoint } from "./endpoints.ts";
import type { Outbox, Pending } from "./outbox.ts";
import { type Outcome, post } from "./post.ts";
import { jittered } from "./retry-delay.ts";

export interface CourierOptions {
  outbox: Outbox;
  endpoint: () => Endpoint;
  dispatcher: Dispatcher;
  userAgent: string;
  timeoutMs?: number;
  /** A message left the outbox, or its next attempt was set. */
  onChange: () => void;
  /** Keeps a message that is given up; false when there is no room for more of them. */
  onDead: (pending: Pending) => Promise<boolean>;
  /** The receiver wants no more. */
  onGone: () => Promise<void>;
  /** What cannot be: ends the sender. */
  onDefect: (error: unknown) => void;
}

/** The wait when a dead letter could not be kept, and no longer one is known. */
const KEEP_TRYING_MS = 60_000;

export class Courier {
  /** Attempts by what came of them. */
  readonly attempts: Record<"delivered" | "failed" | "gone", number>;
  private readonly options: CourierOptions;
  private readonly stopping = new AbortController();
  private readonly turn: Pending[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly underWay = new Set<Promise<void>>();
  private isHeld = false;
  private quietUntilMs = 0;

  constructor(options: CourierOptions) {
    this.options = options;
    this.attempts = { delivered: 0, failed: 0, gone: 0 };
  }

  /** Sends the first message of a lane, now or when its time has come. */
  send(pending: Pending): void {
    const waitMs = pending.nextAtMs - Date.now();
    if (waitMs > 0) return this.later(waitMs, () => this.send(pending));
    this.turn.push(pending);
    this.pump();
  }

  /** Begins no attempt until `release`. */
  hold(): void {
    this.isHeld = true;
  }

  release(): void {
    this.isHeld = false;
    this.pump();
  }

  /** Breaks off what is under way; whoever got it gets it again. */
  async stop(): Promise<void> {
    this.hold();
    this.stopping.abort();
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.all(this.underWay);
  }

  private pump(): void {
    while (
      !this.isHeld &&
      Date.now() >= this.quietUntilMs &&
      this.turn.length > 0 &&
      this.underWay.size < LIMITS.webhooksInFlight
    ) {
      const attempt: Promise<void> = this.attempt(this.turn.shift()!)
        .catch(this.options.onDefect)
        .finally(() => {
          this.underWay.delete(attempt);
          this.pump();
        });
      this.underWay.add(attempt);
    }
  }

  private async attempt(pending: Pending): Promise<void> {
    const { endpoint, dispatcher, userAgent, timeoutMs, onGone } = this.options;
    const { signal } = this.stopping;
    const options = { dispatcher, signal, userAgent };
    const outcome = await post(
      pending.message,
      endpoint(),
      timeoutMs === undefined ? options : { ...options, timeoutMs },
    );
    if (outcome.kind === "stopped") return;
    this.attempts[outcome.kind] += 1;
    if (outcome.kind === "delivered") return this.done(pending);
    if (outcome.kind === "failed") return await this.failed(pending, outcome);
    const isFirst = !this.isHeld; // of those under way, which all may hear the same
    this.hold();
    this.turn.unshift(pending);
    if (isFirst) await onGone();
  }

  private done(pending: Pending): void {
    const next = this.options.outbox.finish(pending);
    this.options.onChange();
    if (next !== null) this.send(next);
  }

  private async failed(
    pending: Pending,
    { why, retryAfterMs, isBusy }: Outcome & { kind: "failed" },
  ): Promise<void> {
    const { retryMs } = this.options.endpoint();
    pending.last = why;
    pending.attempts += 1;
    const nowMs = Date.now();
    if (isBusy && retryAfterMs !== null) this.beQuiet(nowMs + retryAfterMs);
    if (pending.attempts > retryMs.length && (await this.bury(pending))) return this.done(pending);
    const wait = retryMs[pending.attempts - 1] ?? Math.max(KEEP_TRYING_MS, retryMs.at(-1) ?? 0);
    pending.nextAtMs = nowMs + Math.max(jittered(wait), retryAfterMs ?? 0);
    this.options.onChange();
    this.send(pending);
  }

  private async bury(pending: Pending): Promise<boolean> {
    try {
      return await this.options.onDead(pending);
    } catch (error) {
      if (isDiskShort(error)) return false; // it is tried again, and stays in the outbox till then
      throw error;
    }
  }

  /** A receiver that has too much to do is left alone, with all that it is to get. */
  private beQuiet(untilMs: number): void {
    if (untilMs <= this.quietUntilMs) return;
    this.quietUntilMs = untilMs;
    this.later(untilMs - Date.now(), () => {
      if (this.quietUntilMs === untilMs) this.quietUntilMs = 0;
      this.pump();
    });
  }

  private later(waitMs: number, then: () => void): void {
    if (this.stopping.signal.aborted) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      then();
    }, waitMs);
    this.timers.add(timer);
  }
}
