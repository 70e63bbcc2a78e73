// Sorts the entries of a list: buckets by their highest bits, each sorted by itself, a bounded
// piece of work at a time, so that decisions go on meanwhile.

/** Entries as they come: pseudonyms' first two words, in chunks. */
const CHUNK = 65_536;
const BUCKET_BITS = 12;
const BUCKETS: number = 2 ** BUCKET_BITS;

export class EntryHeap {
  private chunks: Uint32Array[] = [];
  private readonly sizes = new Uint32Array(BUCKETS);
  count = 0;

  add(low: number, high: number): void {
    const at = this.count % CHUNK;
    if (at === 0) this.chunks.push(new Uint32Array(2 * CHUNK));
    const chunk = this.chunks.at(-1)!;
    chunk[2 * at] = low;
    chunk[2 * at + 1] = high;
    this.sizes[high >>> (32 - BUCKET_BITS)]! += 1;
    this.count += 1;
  }

  /** Ascending and without duplicates; the heap is empty afterwards. */
  async sorted(pause: () => Promise<void> = soon): Promise<BigUint64Array> {
    const { sizes, count } = this;
    const ends = new Uint32Array(BUCKETS);
    for (let bucket = 1; bucket < BUCKETS; bucket++) {
      ends[bucket] = ends[bucket - 1]! + sizes[bucket - 1]!;
    }
    const words = new Uint32Array(2 * count);
    for (let left = count; this.chunks.length > 0; left -= CHUNK) {
      scatter(this.chunks.shift()!, Math.min(left, CHUNK), words, ends);
      await pause();
    }
    this.count = 0;
    const entries = new BigUint64Array(words.buffer);
    let kept = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const end = ends[bucket]!;
      const part = entries.subarray(end - sizes[bucket]!, end).sort();
      for (const entry of part) {
        if (kept > 0 && entries[kept - 1] === entry) continue;
        entries[kept] = entry;
        kept += 1;
      }
      if (bucket % 8 === 7) await pause();
    }
    this.sizes.fill(0);
    return kept === count ? entries : entries.slice(0, kept);
  }
}

function scatter(chunk: Uint32Array, count: number, into: Uint32Array, ends: Uint32Array): void {
  for (let i = 0; i < count; i++) {
    const high = chunk[2 * i + 1]!;
    const bucket = high >>> (32 - BUCKET_BITS);
    const at = ends[bucket]!;
    into[2 * at] = chunk[2 * i]!;
    into[2 * at + 1] = high;
    ends[bucket] = at + 1;
  }
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
