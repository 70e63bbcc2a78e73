// What is left in a split pot: the packets that nobody held yet, and those that came back unspent,
// which go out again after them, unchanged and in order of return.
import { assert } from "../../base/assert.ts";
import type { PotReward } from "../definition.ts";
import { WideColumn, WordColumn } from "../tables/columns.ts";
import { drawPacket, potNonce } from "./packet.ts";

/** What a snapshot keeps of a pot beside its columns. */
export interface PotScalars {
  taken: number;
  freshMinor: number;
  /** Lengths of the two queues, and where each begins. */
  back: Span;
  waiting: Span;
}

interface Span {
  head: number;
  length: number;
}

export class Pot {
  readonly reward: PotReward;
  private readonly nonce: Uint32Array;
  /** Packets ever taken for the first time, and the money of the others. */
  taken = 0;
  freshMinor: number;
  /** Grants whose packets came back, in that order. */
  readonly backGrants: WordColumn = new WordColumn();
  readonly back: Span = { head: 0, length: 0 };
  /** Grants whose packets expired, and from when each may come back. */
  readonly waitingGrants: WordColumn = new WordColumn();
  readonly waitingFreeAtMs: WideColumn = new WideColumn();
  readonly waiting: Span = { head: 0, length: 0 };

  constructor(reward: PotReward, offer: number) {
    this.reward = reward;
    this.nonce = potNonce(offer);
    this.freshMinor = reward.totalMinor;
  }

  /** Packets that can be claimed. */
  get left(): number {
    return this.reward.packets - this.taken + this.back.length - this.back.head;
  }

  /** The amount of the next packet that nobody held yet. */
  drawFresh(key: Uint32Array): number {
    return drawPacket(key, this.nonce, this.reward, this.taken, this.freshMinor);
  }

  /** The grant whose packet goes out next, or -1 while there are others. */
  get nextBack(): number {
    if (this.taken < this.reward.packets || this.back.head === this.back.length) return -1;
    return this.backGrants.get(this.back.head);
  }

  /** @param packet counted from 0 */
  take(packet: number, amountMinor: number): void {
    if (packet === this.taken) {
      this.taken += 1;
      this.freshMinor -= amountMinor;
      return;
    }
    assert(this.back.head < this.back.length, "a packet was taken that had not come back");
    this.back.head += 1;
  }

  wait(grant: number, freeAtMs: number): void {
    this.waitingGrants.set(this.waiting.length, grant);
    this.waitingFreeAtMs.set(this.waiting.length, freeAtMs);
    this.waiting.length += 1;
  }

  /** @param waited whether it is the first of those that wait */
  comeBack(grant: number, waited: boolean): void {
    if (waited) this.waiting.head += 1;
    this.backGrants.set(this.back.length, grant);
    this.back.length += 1;
  }

  /** When the next packet that waits may come back, or Infinity. */
  get nextFreeAtMs(): number {
    const { head, length } = this.waiting;
    return head < length ? this.waitingFreeAtMs.get(head) : Number.POSITIVE_INFINITY;
  }

  scalars(): PotScalars {
    const { taken, freshMinor, back, waiting } = this;
    return { taken, freshMinor, back: { ...back }, waiting: { ...waiting } };
  }

  restore({ taken, freshMinor, back, waiting }: PotScalars): void {
    this.taken = taken;
    this.freshMinor = freshMinor;
    Object.assign(this.back, back);
    Object.assign(this.waiting, waiting);
  }
}
