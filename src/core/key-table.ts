// Interns 128-bit keys: key -> ordinal 0, 1, 2, … A Map stops at 16.7 million entries and costs 150
// bytes each; this costs 16 bytes for the key and about 11 for the index.
//
// The index is open addressing in shards of at most 2^16 slots. It grows by linear hashing (Litwin
// 1980), one shard at a time, so that no insert waits for more than one shard's split. A byte of
// each key stands beside its slot: probing reads those bytes, which lie together, and goes to the
// key itself only where they agree. Keys are keyed hashes already, so their words serve as hash
// values: nobody outside can aim at a slot.
import { assert } from "../base/assert.ts";
import { KeyColumn } from "./columns.ts";

const SHARD_SLOTS = 65_536;
const FIRST_SLOTS = 16;
/** Fullest shard before a round of splits ends; linear probing stays short below it. */
const MAX_FILL = 0.85;
/** A first shard doubles at this fill: the round of splits after it starts at half of MAX_FILL. */
const FIRST_FILL = 0.6;

interface Shard {
  /** 0 = empty, else a byte of the key. */
  tags: Uint8Array;
  ordinals: Uint32Array;
}

export class KeyTable {
  /** Number of interned keys; the next new key gets this ordinal. */
  count = 0;
  readonly keys: KeyColumn = new KeyColumn();
  private shards: Shard[] = [newShard(FIRST_SLOTS)];
  /** Shards 0 .. 2^level - 1 are addressed by `level` bits; those below `splits` by one more. */
  private level = 0;
  private splits = 0;
  private growsAt: number = FIRST_FILL * FIRST_SLOTS;
  private lowMask = 0;
  private highMask = 1;
  private readonly hashMask: number;

  /** @param hashBits fewer than 32 make collisions common, for tests only */
  constructor(hashBits = 32) {
    this.hashMask = hashBits === 32 ? 0xffffffff : 2 ** hashBits - 1;
  }

  /** The ordinal of the key in key[at .. at + 3], or -1. */
  find(key: Uint32Array, at = 0): number {
    const { tags, ordinals } = this.shards[this.shardOf(key[at]! & this.hashMask)]!;
    const mask = tags.length - 1;
    const tag = tagOf(key[at + 2]!);
    let slot = key[at + 1]! & this.hashMask & mask;
    for (;;) {
      const found = tags[slot]!;
      if (found === 0) return -1;
      if (found === tag) {
        const ordinal = ordinals[slot]!;
        if (this.keys.matches(ordinal, key, at)) return ordinal;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** Interns a key that is not in the table and returns its ordinal. */
  add(key: Uint32Array, at = 0): number {
    const ordinal = this.count;
    assert(ordinal < 0xfffffffe, "expected fewer than 2^32 keys");
    this.keys.set(ordinal, key, at);
    this.count = ordinal + 1;
    this.place(ordinal);
    this.grow();
    return ordinal;
  }

  /** Interns the key under the ordinal that an event names; it must be there or be the next. */
  intern(key: Uint32Array, at: number, ordinal: number): void {
    if (ordinal < this.count) {
      const same = this.keys.matches(ordinal, key, at);
      assert(same, "an interned key does not have the ordinal that the event names");
      return;
    }
    assert(ordinal === this.count, "an ordinal is out of order");
    this.add(key, at);
  }

  /** Builds the index anew over `count` restored keys. */
  rebuild(count: number): void {
    this.shards = [newShard(FIRST_SLOTS)];
    this.setLevel(0);
    this.splits = 0;
    this.growsAt = this.nextGrowth();
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
    this.putInto(this.shards[this.shardOf(this.keys.word(ordinal, 0) & this.hashMask)]!, ordinal);
  }

  private grow(): void {
    if (this.count <= this.growsAt) return;
    this.growNow();
    this.growsAt = this.nextGrowth();
  }

  /** The number of keys above which the index grows a step. */
  private nextGrowth(): number {
    const { length } = this.shards[0]!.tags;
    if (length < SHARD_SLOTS) return FIRST_FILL * length;
    // Splits keep pace with the fill, so that a round ends just as the fullest shard is full.
    const round = this.lowMask + 1;
    return (MAX_FILL / 2) * SHARD_SLOTS * (round + this.splits);
  }

  private growNow(): void {
    const first = this.shards[0]!;
    if (first.tags.length < SHARD_SLOTS) this.doubleFirst(first);
    else this.splitNext();
  }

  private doubleFirst(old: Shard): void {
    const grown = newShard(old.tags.length * 2);
    for (let slot = 0; slot < old.tags.length; slot++) {
      if (old.tags[slot] !== 0) this.putInto(grown, old.ordinals[slot]!);
    }
    this.shards[0] = grown;
  }

  /**
   * Splits the next shard in two. The keys are read in a loop of their own, whose reads do not wait
   * for each other: deciding for each key at once where it goes would wait for memory every time.
   */
  private splitNext(): void {
    const stay = this.shards[this.splits]!;
    const move = newShard(SHARD_SLOTS);
    const bit = this.lowMask + 1;
    const { tags, ordinals } = stay;
    let count = 0;
    for (let slot = 0; slot < SHARD_SLOTS; slot++) {
      if (tags[slot] === 0) continue;
      const ordinal = ordinals[slot]!;
      SPLIT_TAGS[count] = tags[slot]!;
      SPLIT_ORDINALS[count] = ordinal;
      SPLIT_FIRST[count] = this.keys.word(ordinal, 0);
      SPLIT_SECOND[count] = this.keys.word(ordinal, 1);
      count += 1;
    }
    tags.fill(0);
    for (let i = 0; i < count; i++) {
      const moves = (SPLIT_FIRST[i]! & this.hashMask & bit) !== 0;
      const hash = SPLIT_SECOND[i]! & this.hashMask;
      put(moves ? move : stay, hash, SPLIT_TAGS[i]!, SPLIT_ORDINALS[i]!);
    }
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

  private putInto(shard: Shard, ordinal: number): void {
    const hash = this.keys.word(ordinal, 1) & this.hashMask;
    put(shard, hash, tagOf(this.keys.word(ordinal, 2)), ordinal);
  }
}

/** What a split gathers of a shard's keys; reused. */
const SPLIT_TAGS = new Uint8Array(SHARD_SLOTS);
const SPLIT_ORDINALS = new Uint32Array(SHARD_SLOTS);
const SPLIT_FIRST = new Uint32Array(SHARD_SLOTS);
const SPLIT_SECOND = new Uint32Array(SHARD_SLOTS);

function put({ tags, ordinals }: Shard, hash: number, tag: number, ordinal: number): void {
  const mask = tags.length - 1;
  let slot = hash & mask;
  while (tags[slot] !== 0) slot = (slot + 1) & mask;
  tags[slot] = tag;
  ordinals[slot] = ordinal;
}

function newShard(slots: number): Shard {
  return { tags: new Uint8Array(slots), ordinals: new Uint32Array(slots) };
}

/** A byte of a key that no other part of the table uses; never 0. */
function tagOf(word: number): number {
  const byte = word & 0xff;
  return byte === 0 ? 1 : byte;
}
