// What an endpoint was not yet sent: messages in lanes, the first of each on its way or waiting for
// its next attempt, the others behind it. A lane that fails holds back itself and no other. Knows
// no clock, disk or network.
import { LIMITS } from "../base/limits.ts";
import type { Message } from "./message.ts";

export interface Pending {
  readonly message: Message;
  /** Attempts that failed. */
  attempts: number;
  /** When the next attempt may be made; 0: at once. */
  nextAtMs: number;
  /** What came of the last attempt. */
  last: string | null;
}

export class Outbox {
  /** By `key`, in the order in which they were taken. */
  private readonly pending = new Map<string, Pending>();
  private readonly lanes = new Map<string, Pending[]>();
  private bytes = 0;

  get size(): number {
    return this.pending.size;
  }

  /** More stays in the journal until there is room. */
  get isFull(): boolean {
    return this.size >= LIMITS.webhooksPending || this.bytes >= LIMITS.webhookPendingBytes;
  }

  /** When the oldest message was decided; null without any. */
  get oldestAtMs(): number | null {
    let oldest: number | null = null;
    for (const { message } of this.pending.values()) {
      if (oldest === null || message.atMs < oldest) oldest = message.atMs;
    }
    return oldest;
  }

  has(key: string): boolean {
    return this.pending.has(key);
  }

  all(): IterableIterator<Pending> {
    return this.pending.values();
  }

  /** Puts a message behind those of its lane; returns it when none is before it. */
  add(pending: Pending): Pending | null {
    const { message } = pending;
    this.pending.set(keyOf(message), pending);
    this.bytes += message.body.length;
    const lane = this.lanes.get(message.lane);
    if (lane !== undefined) {
      lane.push(pending);
      return null;
    }
    this.lanes.set(message.lane, [pending]);
    return pending;
  }

  /** Takes out the first message of a lane; returns the one that is first now. */
  finish({ message }: Pending): Pending | null {
    this.pending.delete(keyOf(message));
    this.bytes -= message.body.length;
    const lane = this.lanes.get(message.lane)!;
    lane.shift();
    if (lane.length > 0) return lane[0]!;
    this.lanes.delete(message.lane);
    return null;
  }
}

/** `sequence.index`: an event's place in the journal. */
export function keyOf({ sequence, index }: { sequence: number; index: number }): string {
  return `${sequence}.${index}`;
}
