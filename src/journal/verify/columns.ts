// Growing columns and key books in which verify keeps what it must remember of each user, grant and
// redemption. They share nothing with the core's, so that a fault there cannot hide itself here.

const CHUNK_BITS = 16;
const CHUNK_ROWS = 65_536;
const CHUNK_MASK = CHUNK_ROWS - 1;
const FIRST_ROWS = 64;

type Chunk = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/** Numbers by row; rows never written read 0. Chunks, so that growth copies little. */
export class VerifyColumn<T extends Chunk> {
  private readonly chunks: (T | undefined)[] = [];
  private readonly make: (rows: number) => T;

  constructor(make: (rows: number) => T) {
    this.make = make;
  }

  get(row: number): number {
    return this.chunks[row >>> CHUNK_BITS]?.[row & CHUNK_MASK] ?? 0;
  }

  set(row: number, value: number): void {
    const index = row >>> CHUNK_BITS;
    const place = row & CHUNK_MASK;
    let chunk = this.chunks[index];
    if (chunk === undefined || chunk.length <= place) {
      chunk = this.grown(index, place);
      this.chunks[index] = chunk;
    }
    chunk[place] = value;
  }

  add(row: number, delta: number): void {
    this.set(row, this.get(row) + delta);
  }

  private grown(index: number, place: number): T {
    let rows = index === 0 ? FIRST_ROWS : CHUNK_ROWS;
    while (rows <= place) rows *= 2;
    const grown = this.make(rows);
    const old = this.chunks[index];
    if (old !== undefined) grown.set(old);
    return grown;
  }
}

/** Money and instants. */
export const moneyColumn = (): VerifyColumn<Float64Array> =>
  new VerifyColumn((rows) => new Float64Array(rows));

/** Ordinals and windows. */
export const wordColumn = (): VerifyColumn<Uint32Array> =>
  new VerifyColumn((rows) => new Uint32Array(rows));

export const shortColumn = (): VerifyColumn<Uint16Array> =>
  new VerifyColumn((rows) => new Uint16Array(rows));

export const byteColumn = (): VerifyColumn<Uint8Array> =>
  new VerifyColumn((rows) => new Uint8Array(rows));

const PARTITIONS = 256;
const FIRST_SLOTS = 8;
const MAX_FILL = 0.75;

/**
 * Ordinals of 128-bit keys, in the order in which they were added. A Map would stop at 16.7
 * million; this takes about 23 bytes a key. Partitions grow one by one.
 */
export class KeyBook {
  count = 0;
  private readonly keys = wordColumn();
  private readonly slots: (Uint32Array | undefined)[] = new Array(PARTITIONS).fill(undefined);
  private readonly fill: Uint32Array = new Uint32Array(PARTITIONS);

  /** The ordinal of the key in words[at .. at + 3], or -1. */
  find(words: Uint32Array, at: number): number {
    const slots = this.slots[words[at]! & (PARTITIONS - 1)];
    if (slots === undefined) return -1;
    const mask = slots.length - 1;
    for (let slot = words[at + 1]! & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot]!;
      if (entry === 0) return -1;
      if (this.matches(entry - 1, words, at)) return entry - 1;
    }
  }

  /** Adds a key that is not in the book; its ordinal is the count before. */
  add(words: Uint32Array, at: number): void {
    const ordinal = this.count;
    for (let i = 0; i < 4; i++) this.keys.set(4 * ordinal + i, words[at + i]!);
    this.count = ordinal + 1;
    const partition = words[at]! & (PARTITIONS - 1);
    const slots = this.roomy(partition);
    this.place(slots, ordinal);
    this.fill[partition] = this.fill[partition]! + 1;
  }

  /** Whether the key of `ordinal` is the one in words[at .. at + 3]. */
  matches(ordinal: number, words: Uint32Array, at: number): boolean {
    if (ordinal >= this.count) return false;
    for (let i = 0; i < 4; i++) {
      if (this.keys.get(4 * ordinal + i) !== words[at + i]!) return false;
    }
    return true;
  }

  /** Word `word` (0 to 3) of the key of `ordinal`. */
  word(ordinal: number, word: number): number {
    return this.keys.get(4 * ordinal + word);
  }

  private roomy(partition: number): Uint32Array {
    const old = this.slots[partition];
    if (old !== undefined && this.fill[partition]! < MAX_FILL * old.length) return old;
    const slots = new Uint32Array(old === undefined ? FIRST_SLOTS : 2 * old.length);
    for (const entry of old ?? []) if (entry !== 0) this.place(slots, entry - 1);
    this.slots[partition] = slots;
    return slots;
  }

  private place(slots: Uint32Array, ordinal: number): void {
    const mask = slots.length - 1;
    let slot = this.word(ordinal, 1) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = ordinal + 1;
  }
}
