// Growing columns of numbers in typed arrays. A column is a list of chunks of 2^16 rows, so that
// growth never copies more than one chunk; chunks appear when first written, unwritten rows read 0.
// The classes are twins on purpose: one class over several array types would make each access slow.

export const CHUNK_ROWS = 65_536;
const CHUNK_BITS = 16;
const CHUNK_MASK = CHUNK_ROWS - 1;
const FIRST_ROWS = 16;
const TWO_32 = 4_294_967_296;

/** What a snapshot needs of a column. */
export interface Column {
  readonly chunks: readonly (ArrayBufferView | undefined)[];
  restore(index: number, bytes: Uint8Array): void;
}

/** Rows to allocate so that `row` fits: small for a first chunk, whole chunks after it. */
function rowsFor(chunk: number, row: number): number {
  if (chunk > 0) return CHUNK_ROWS;
  let rows = FIRST_ROWS;
  while (rows <= row) rows *= 2;
  return rows;
}

/** Whole numbers below 2^8. */
export class ByteColumn implements Column {
  readonly chunks: (Uint8Array | undefined)[] = [];

  get(row: number): number {
    const chunk = this.chunks[row >>> CHUNK_BITS];
    return chunk === undefined ? 0 : (chunk[row & CHUNK_MASK] ?? 0);
  }

  set(row: number, value: number): void {
    const index = row >>> CHUNK_BITS;
    let chunk = this.chunks[index];
    if (chunk === undefined || chunk.length <= (row & CHUNK_MASK)) {
      if (value === 0) return;
      const grown = new Uint8Array(rowsFor(index, row & CHUNK_MASK));
      if (chunk !== undefined) grown.set(chunk);
      this.chunks[index] = chunk = grown;
    }
    chunk[row & CHUNK_MASK] = value;
  }

  restore(index: number, bytes: Uint8Array): void {
    this.chunks[index] = new Uint8Array(aligned(bytes));
  }
}

/** Whole numbers below 2^32. */
export class WordColumn implements Column {
  readonly chunks: (Uint32Array | undefined)[] = [];

  get(row: number): number {
    const chunk = this.chunks[row >>> CHUNK_BITS];
    return chunk === undefined ? 0 : (chunk[row & CHUNK_MASK] ?? 0);
  }

  set(row: number, value: number): void {
    const index = row >>> CHUNK_BITS;
    let chunk = this.chunks[index];
    if (chunk === undefined || chunk.length <= (row & CHUNK_MASK)) {
      if (value === 0) return;
      const grown = new Uint32Array(rowsFor(index, row & CHUNK_MASK));
      if (chunk !== undefined) grown.set(chunk);
      this.chunks[index] = chunk = grown;
    }
    chunk[row & CHUNK_MASK] = value;
  }

  restore(index: number, bytes: Uint8Array): void {
    this.chunks[index] = new Uint32Array(aligned(bytes));
  }
}

/** Four words a row: pseudonyms. */
export class KeyColumn implements Column {
  readonly chunks: (Uint32Array | undefined)[] = [];

  matches(row: number, key: Uint32Array, at: number): boolean {
    const chunk = this.chunks[row >>> CHUNK_BITS]!;
    const i = (row & CHUNK_MASK) << 2;
    return (
      chunk[i] === key[at] &&
      chunk[i + 1] === key[at + 1] &&
      chunk[i + 2] === key[at + 2] &&
      chunk[i + 3] === key[at + 3]
    );
  }

  /** Copies the key of `row` into out[at .. at + 3]. */
  read(row: number, out: Uint32Array, at: number): void {
    const chunk = this.chunks[row >>> CHUNK_BITS]!;
    const i = (row & CHUNK_MASK) << 2;
    for (let word = 0; word < 4; word++) out[at + word] = chunk[i + word]!;
  }

  /** One word of the key of `row`. */
  word(row: number, word: number): number {
    return this.chunks[row >>> CHUNK_BITS]![((row & CHUNK_MASK) << 2) + word]!;
  }

  set(row: number, key: Uint32Array, at: number): void {
    const index = row >>> CHUNK_BITS;
    const i = (row & CHUNK_MASK) << 2;
    let chunk = this.chunks[index];
    if (chunk === undefined || chunk.length <= i) {
      const grown = new Uint32Array(4 * rowsFor(index, row & CHUNK_MASK));
      if (chunk !== undefined) grown.set(chunk);
      this.chunks[index] = chunk = grown;
    }
    chunk[i] = key[at]!;
    chunk[i + 1] = key[at + 1]!;
    chunk[i + 2] = key[at + 2]!;
    chunk[i + 3] = key[at + 3]!;
  }

  restore(index: number, bytes: Uint8Array): void {
    this.chunks[index] = new Uint32Array(aligned(bytes));
  }
}

/**
 * Whole numbers below 2^53 (money, instants). The high words have chunks of their own, which exist
 * only where a value ever reached 2^32: four bytes a row in nearly every campaign.
 */
export class WideColumn {
  readonly low: WordColumn = new WordColumn();
  readonly high: WordColumn = new WordColumn();

  get(row: number): number {
    const low = this.low.get(row);
    return this.high.chunks.length === 0 ? low : low + this.high.get(row) * TWO_32;
  }

  set(row: number, value: number): void {
    this.low.set(row, value >>> 0);
    if (value < TWO_32 && this.high.chunks.length === 0) return;
    this.high.set(row, Math.floor(value / TWO_32));
  }

  add(row: number, delta: number): void {
    this.set(row, this.get(row) + delta);
  }
}

/** The bytes in a buffer of their own, so that wider views of them are aligned. */
function aligned(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}
