// Interns 128-bit keys: key -> ordinal 0, 1, 2, … A Map stops at 16.7 million entries and costs 150
// bytes each; this costs 16 bytes for the key and about 13 for the index.
//
// The index is extendible hashing (Fagin et al. 1979): a directory of shards, each open addressing
// with linear probing. A slot holds 32 bits of the key beside the ordinal, so that a shard grows
// from its own slots, in order, without going to the keys: memory is read in line, and no insert
// waits for more than one shard of 2^16 slots. Keys are keyed hashes already, so their words serve
// as hash values: nobody outside can aim at a slot.
import { assert } from "../../base/assert.ts";
import { KeyColumn } from "./columns.ts";

const MOST_SLOTS = 65_536;
const FIRST_SLOTS = 16;
/** Shards up to this size double; larger ones grow by half, so that fewer slots stay empty. */
const DOUBLING_SLOTS = 4096;
const GROWTH = 1.5;
const MOST_FILL = 0.75;
/** Bits of the hash that choose the shard; the other 16 choose the slot. */
const MOST_DEPTH = 16;

interface Shard {
  /** Two words a slot: hash, ordinal + 1 (0 = empty). */
  slots: Int32Array;
  size: number;
  count: number;
  /** Grows before it holds more. */
  limit: number;
  /** How many bits all hashes of the shard have in common. */
  depth: number;
}

export class KeyTable {
  /** Number of interned keys; the next new key gets this ordinal. */
  count = 0;
  readonly keys: KeyColumn = new KeyColumn();
  /** 2^depth entries; a shard of smaller depth stands in several. */
  private directory: Shard[] = [newShard(FIRST_SLOTS, 0)];
  private readonly hashMask: number;

  /** @param hashBits fewer than 32 make collisions common, for tests only */
  constructor(hashBits = 32) {
    this.hashMask = hashBits === 32 ? -1 : 2 ** hashBits - 1;
  }

  /** The ordinal of the key in key[at .. at + 3], or -1. */
  find(key: Uint32Array, at = 0): number {
    const hash = key[at]! & this.hashMask;
    const { slots, size } = this.shardOf(hash);
    let slot = homeOf(hash, size);
    for (;;) {
      const entry = slots[2 * slot + 1]!;
      if (entry === 0) return -1;
      if (slots[2 * slot] === hash) {
        const ordinal = (entry - 1) >>> 0;
        if (this.keys.matches(ordinal, key, at)) return ordinal;
      }
      slot += 1;
      if (slot === size) slot = 0;
    }
  }

  /**
   * Reads where a look-up of the key would begin, for prefetching: without a branch on what was
   * read, so that the processor waits for several such reads at once.
   */
  touch(key: Uint32Array, at: number): number {
    const hash = key[at]! & this.hashMask;
    const { slots, size } = this.shardOf(hash);
    return slots[2 * homeOf(hash, size)]!;
  }

  /** Interns a key that is not in the table and returns its ordinal. */
  add(key: Uint32Array, at = 0): number {
    const ordinal = this.count;
    assert(ordinal < 0xfffffffe, "expected fewer than 2^32 keys");
    this.keys.set(ordinal, key, at);
    this.count = ordinal + 1;
    this.place(key[at]! & this.hashMask, ordinal);
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
    this.directory = [newShard(FIRST_SLOTS, 0)];
    for (let ordinal = 0; ordinal < count; ordinal++) {
      this.place(this.keys.word(ordinal, 0) & this.hashMask, ordinal);
    }
    this.count = count;
  }

  private shardOf(hash: number): Shard {
    return this.directory[(hash >>> 16) & (this.directory.length - 1)]!;
  }

  private place(hash: number, ordinal: number): void {
    let shard = this.shardOf(hash);
    while (shard.count >= shard.limit) {
      this.grow(shard);
      shard = this.shardOf(hash);
    }
    put(shard, hash, ordinal + 1);
  }

  private grow(shard: Shard): void {
    const { size, depth } = shard;
    if (size < MOST_SLOTS) {
      const larger = size < DOUBLING_SLOTS ? 2 * size : Math.ceil(size * GROWTH);
      const grown = newShard(Math.min(larger, MOST_SLOTS), depth);
      copy(shard, grown, grown, 0);
      this.replace(shard, grown, grown);
    } else if (depth < MOST_DEPTH) {
      this.split(shard);
    } else {
      // Only where hashes have few bits: one slot must stay empty, or a look-up never ends.
      assert(shard.count < size - 1, "a shard of keys with equal hashes is full");
      shard.limit = size - 1;
    }
  }

  private split(shard: Shard): void {
    const { slots, count, depth } = shard;
    const bit = 1 << (16 + depth);
    let moving = 0;
    for (let i = 0; i < slots.length; i += 2) {
      if (slots[i + 1] !== 0 && (slots[i]! & bit) !== 0) moving += 1;
    }
    const stay = newShard(sizeFor(count - moving), depth + 1);
    const move = newShard(sizeFor(moving), depth + 1);
    copy(shard, stay, move, bit);
    if (this.directory.length === 1 << depth) this.directory.push(...this.directory);
    this.replace(shard, stay, move);
  }

  /** Puts two shards where one was: `move` where the bit after the shard's depth is set. */
  private replace(shard: Shard, stay: Shard, move: Shard): void {
    const { directory } = this;
    for (let i = directory.indexOf(shard); i < directory.length; i += 1 << shard.depth) {
      directory[i] = ((i >>> shard.depth) & 1) === 0 ? stay : move;
    }
  }
}

function newShard(size: number, depth: number): Shard {
  const limit = Math.floor(size * MOST_FILL);
  return { slots: new Int32Array(2 * size), size, count: 0, limit, depth };
}

/** Slots for so many keys, with room for as many more as a growth gives. */
function sizeFor(count: number): number {
  return Math.min(MOST_SLOTS, Math.max(FIRST_SLOTS, Math.ceil((count * GROWTH) / MOST_FILL)));
}

/** The slot where probing begins: the low half of the hash, scaled to the shard's size. */
function homeOf(hash: number, size: number): number {
  return Math.imul(hash & 0xffff, size) >>> 16;
}

function put(shard: Shard, hash: number, entry: number): void {
  const { slots, size } = shard;
  let slot = homeOf(hash, size);
  while (slots[2 * slot + 1] !== 0) {
    slot += 1;
    if (slot === size) slot = 0;
  }
  slots[2 * slot] = hash;
  slots[2 * slot + 1] = entry;
  shard.count += 1;
}

/** Copies the entries in the order of their slots, which is nearly that of their new slots. */
function copy(from: Shard, stay: Shard, move: Shard, bit: number): void {
  const { slots } = from;
  for (let i = 0; i < slots.length; i += 2) {
    const entry = slots[i + 1]!;
    if (entry === 0) continue;
    const hash = slots[i]!;
    put((hash & bit) === 0 ? stay : move, hash, entry);
  }
}
