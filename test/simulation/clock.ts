// The clock of a schedule: it stands still until the schedule moves it, steps when told to, and is
// taken for a driven one or for a machine's own by seed.
import type { Clock } from "../../src/host/clock.ts";

export class SimulatedClock implements Clock {
  readonly driven: boolean;
  private atMs: number;
  private sinceMs = 0;

  constructor(atMs: number, driven: boolean) {
    this.atMs = atMs;
    this.driven = driven;
  }

  wallMs(): number {
    return this.atMs;
  }

  monotonicMs(): number {
    return this.sinceMs;
  }

  /** Time passes. */
  moveTo(atMs: number): void {
    this.sinceMs += atMs - this.atMs;
    this.atMs = atMs;
  }

  /** Somebody sets the wall clock. */
  step(ms: number): void {
    this.atMs += ms;
  }
}
