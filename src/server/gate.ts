// Admission: what is let in before anything is read or decided. What is refused here has provably
// spent nothing, and costs next to nothing.
import { randomInt } from "node:crypto";
import type { HongbaoError } from "../base/error.ts";
import { contractError } from "../contract/index.ts";

const OVERLOADED = contractError(
  "overloaded",
  "too many requests are under way; nothing was decided, try again in a moment",
);
const SHUTTING_DOWN = contractError(
  "shutting_down",
  "the server is stopping; nothing was decided, another one will answer",
);

/** What a request is, for who comes first. */
export type GateLane = "redemption" | "claim" | "read";

/** An order at a till waits for a redemption: claims and reads leave room for it. */
const SHARE: Readonly<Record<GateLane, number>> = { redemption: 1, claim: 0.875, read: 0.75 };

/** Most requests and batches that are under way at a time. */
export interface GateLimits {
  requests: number;
  batches: number;
}

export class Gate {
  requests = 0;
  batches = 0;
  private readonly limits: GateLimits;
  private closed = false;
  private waiting: (() => void)[] = [];

  constructor(limits: GateLimits) {
    this.limits = limits;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** Null: come in, and call `leave` once. */
  enter(lane: GateLane): HongbaoError | null {
    if (this.closed) return SHUTTING_DOWN;
    if (this.requests >= this.limits.requests * SHARE[lane]) return OVERLOADED;
    this.requests += 1;
    return null;
  }

  leave(): void {
    this.requests -= 1;
    this.noteIdle();
  }

  enterBatch(): HongbaoError | null {
    if (this.closed) return SHUTTING_DOWN;
    if (this.batches >= this.limits.batches) return OVERLOADED;
    this.batches += 1;
    return null;
  }

  leaveBatch(): void {
    this.batches -= 1;
    this.noteIdle();
  }

  /** Lets nobody in any more. Resolves when everybody has left. */
  close(): Promise<void> {
    this.closed = true;
    if (this.requests + this.batches === 0) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private noteIdle(): void {
    if (!this.closed || this.requests + this.batches > 0) return;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

/** When to come back, spread out so that those refused together do not return together. */
export function retryAfterMs(): number {
  return randomInt(200, 2000);
}
