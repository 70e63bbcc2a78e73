// The host's clock as a port, and the rule by which the writer's time follows it: it never runs
// back, it slews instead of jumping, and a step of the wall clock stops the writer.
import { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";

export interface Clock {
  /** ms since 1970 UTC, as the machine believes. */
  wallMs(): number;
  /** ms since any fixed instant; never steps. */
  monotonicMs(): number;
  /** Whether somebody sets this clock by hand, for drills: then steps forward are expected. */
  readonly driven: boolean;
}

/** The machine's own clocks. */
export const SYSTEM_CLOCK: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  driven: false,
};

/** A clock for drills and simulations: it stands still until it is set. */
export class DrivenClock implements Clock {
  readonly driven = true;
  private atMs: number;

  constructor(atMs: number) {
    this.atMs = atMs;
  }

  wallMs(): number {
    return this.atMs;
  }

  monotonicMs(): number {
    return this.atMs;
  }

  /** Moves to an instant; an earlier one is refused. */
  set(atMs: number): void {
    if (atMs < this.atMs) {
      const message = `expected an instant not before ${this.atMs}, got ${atMs}`;
      throw new HongbaoError({ code: "invalid_request", message, details: { path: "$.atMs" } });
    }
    this.atMs = atMs;
  }
}

/** Turns a clock into the instants that decisions are stamped with. */
export class Timekeeper {
  private readonly clock: Clock;
  private lastMs: number;
  private lastWallMs: number;
  private lastMonotonicMs: number;

  /**
   * @param journalAtMs the journal's last instant, 0 when it is empty
   * @param trustClock take the clock's word even far from the journal's last instant
   */
  constructor(clock: Clock, journalAtMs: number, trustClock: boolean) {
    this.clock = clock;
    const wallMs = clock.wallMs();
    if (journalAtMs > 0 && !trustClock) refuseFarClock(wallMs, journalAtMs);
    this.lastMs = Math.max(wallMs, journalAtMs);
    this.lastWallMs = wallMs;
    this.lastMonotonicMs = clock.monotonicMs();
  }

  /** Time does not go on from before this instant. */
  notBefore(atMs: number): void {
    this.lastMs = Math.max(this.lastMs, atMs);
  }

  /** The present instant, a whole number of ms, never before the last one. */
  nowMs(): number {
    const wallMs = this.clock.wallMs();
    if (this.clock.driven) {
      this.lastMs = Math.max(this.lastMs, wallMs);
      return Math.floor(this.lastMs);
    }
    const monotonicMs = this.clock.monotonicMs();
    const elapsed = Math.max(0, monotonicMs - this.lastMonotonicMs);
    const step = wallMs - this.lastWallMs - elapsed;
    if (!(Math.abs(step) <= LIMITS.clockStepMs)) {
      const seconds = Math.round(step / 1000);
      throw new HongbaoError({
        code: "clock_stepped",
        message: `the wall clock stepped by ${seconds} s while running; check it, then start again`,
      });
    }
    const behind = wallMs - (this.lastMs + elapsed);
    this.lastMs += elapsed + Math.min(elapsed, Math.max(-elapsed / 2, behind));
    this.lastWallMs = wallMs;
    this.lastMonotonicMs = monotonicMs;
    return Math.floor(this.lastMs);
  }
}

function refuseFarClock(wallMs: number, journalAtMs: number): void {
  const aheadMs = wallMs - journalAtMs;
  if (aheadMs < -LIMITS.clockBehindMs) {
    const minutes = Math.round(-aheadMs / 60_000);
    throw new HongbaoError({
      code: "clock_behind",
      message:
        `the clock is ${minutes} min behind the journal's last record; ` +
        "set it, or start with --trust-clock",
    });
  }
  if (aheadMs > LIMITS.clockAheadMs) {
    const days = Math.round(aheadMs / 86_400_000);
    throw new HongbaoError({
      code: "clock_ahead",
      message:
        `the clock is ${days} days ahead of the journal's last record; ` +
        "if that is right, start with --trust-clock",
    });
  }
}
