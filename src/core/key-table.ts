// Interns 128-bit keys: key -> ordinal 0, 1, 2, … A Map stops at 16.7 million entries and costs 150
// bytes each; this costs 16 bytes for the key and about 9 for the index.
//
// The index is open addressing in shards of at most 2^16 slots. It grows by linear hashing (Litwin
// 1980), one shard at a time, so that no insert waits for more than one shard's split. Keys are
// keyed hashes already, so their words serve as hash values: nobody outside can aim at a slot.
import { assert } from "../base/assert.ts";
import { KeyColumn } from "./columns.ts";

const SHARD_SLOTS = 65_536;
const FIRST_SLOTS = 16;
/** Fullest shard before a round of splits ends; linear probing stays short below it. */
const MAX_FILL = 0.88;

export class KeyTable {
  /** Number of interned keys; the next new key gets this ordinal. */
  count = 0;
  readonly keys: KeyColumn = new KeyColumn();
  private shards: Uint32Array[] = [new Uint32Array(FIRST_SLOTS)];
  /** Shards 0 .. 2^level - 1 are addressed by `level` bits; those below `splits` by one more. */
  private level = 0;
  private splits = 0;
  private lowMask = 0;
  private highMask = 1;
  private readonly hashMask: number;

  /** @param hashBits fewer than 32 make collisions common, for tests only */
  constructor(hashBits = 32) {
    this.hashMask = hashBits === 32 ? 0xffffffff : 2 ** hashBits - 1;
  }

  /** The ordinal of the key in key[at .. at + 3], or -1. */
  find(key: Uint32Array, at = 0): number {
    const shard = this.shards[this.shardOf(key[at]! & this.hashMask)]!;
    const mask = shard.length - 1;
    let slot = key[at + 1]! & this.hashMask & mask;
    for (;;) {
      const entry = shard[slot]!;
      if (entry === 0) return -1;
      if (this.keys.matches(entry - 1, key, at)) return entry - 1;
      slot = (slot + 1) & mask;
    }
  }

  /** Interns a key that is not in the table and returns its ordinal. */
  add(key: Uint32Array, at = 0): number {
    const ordinal = this.count;
    assert(ordinal < 2 ** 32 - 2, "expected fewer than 2^32 keys");
    this.keys.set(ordinal, key, at);
    this.count = ordinal + 1;
    this.place(ordinal);
    this.grow();
    return ordinal;
  }

  /** Interns the key under the ordinal that an event names; it must be there or be the next. */
  intern(key: Uint32Array, at: number, ordinal: number): void {
    if (ordinal < this.count) {
      assert(
        this.keys.matches(ordinal, key, at),
        "an interned key does not have the ordinal that the event names",
      );
      return;
    }
    assert(ordinal === this.count, "an ordinal is out of order");
    this.add(key, at);
  }

  /** Builds the index anew over `count` restored keys. */
  rebuild(count: number): void {
    this.shards = [new Uint32Array(FIRST_SLOTS)];
    this.setLevel(0);
    this.splits = 0;
    this.count = 0;
    while (this.count < count) {
      this.count += 1;
      this.place(this.count - 1);
      this.grow();
    }
  }

  private shardOf(hash: number): number {
    const low = hash & this.lowMask;
    return low < this.splits ? hash & this.highMask : low;
  }

  private place(ordinal: number): void {
    const shard = this.shards[this.shardOf(this.keys.word(ordinal, 0) & this.hashMask)]!;
    putInto(shard, this.keys.word(ordinal, 1) & this.hashMask, ordinal);
  }

  private grow(): void {
    const first = this.shards[0]!;
    if (first.length < SHARD_SLOTS) {
      if (this.count > (MAX_FILL / 1.5) * first.length) this.doubleFirst(first);
      return;
    }
    // Splits keep pace with the fill, so that a round ends just as the fullest shard is full.
    const round = 2 ** this.level;
    const fill = this.count / (round * SHARD_SLOTS);
    const due = Math.min(round, ((fill - MAX_FILL / 2) / (MAX_FILL / 2)) * round);
    if (this.splits < due) this.splitNext();
  }

  private doubleFirst(old: Uint32Array): void {
    const grown = new Uint32Array(old.length * 2);
    for (const entry of old) if (entry !== 0) this.reput(grown, entry - 1);
    this.shards[0] = grown;
  }

  private splitNext(): void {
    const old = this.shards[this.splits]!;
    const stay = new Uint32Array(SHARD_SLOTS);
    const move = new Uint32Array(SHARD_SLOTS);
    const bit = 2 ** this.level;
    for (const entry of old) {
      if (entry === 0) continue;
      const moves = (this.keys.word(entry - 1, 0) & this.hashMask & bit) !== 0;
      this.reput(moves ? move : stay, entry - 1);
    }
    this.shards[this.splits] = stay;
    this.shards.push(move);
    this.splits += 1;
    if (this.splits === bit) {
      this.setLevel(this.level + 1);
      this.splits = 0;
    }
  }

  private setLevel(level: number): void {
    this.level = level;
    this.lowMask = 2 ** level - 1;
    this.highMask = 2 ** (level + 1) - 1;
  }

  private reput(shard: Uint32Array, ordinal: number): void {
    putInto(shard, this.keys.word(ordinal, 1) & this.hashMask, ordinal);
  }
}

function putInto(shard: Uint32Array, hash: number, ordinal: number): void {
  const mask = shard.length - 1;
  let slot = hash & mask;
  while (shard[slot] !== 0) slot = (slot + 1) & mask;
  shard[slot] = ordinal + 1;
}
