// Quantiles of more numbers than one wants to keep: counts by the leading bits of each number, so
// that a million draws take a few kilobytes, and sketches of parts add up to that of the whole in
// any order. (The bins are those of an HDR histogram, which takes them from the same bits.)
import { requireDomain } from "./domain.ts";

/** Bits of the fraction that name a bin: bins are 2^-9 wide, so a quantile is within 0.2 %. */
const FRACTION_BITS = 9;
const DROPPED_BITS = 20 - FRACTION_BITS;
const KEY_BITS = 32 - DROPPED_BITS;
/** Set in the keys of numbers below 0, which are the smaller the larger their key is. */
const SIGN: number = 1 << (KEY_BITS - 1);

const number64 = new Float64Array(1);
const words = new Uint32Array(number64.buffer);
const HIGH_WORD = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

const EMPTY = -1;
const LEAST_SLOT_BITS = 9;
/** Fibonacci hashing, so that neighbours lie apart (Knuth, TAOCP 3, 6.4). */
const SPREAD = 0x9e3779b1;

/** As plain data, to send between threads. */
export interface SketchParts {
  readonly keys: Uint32Array;
  readonly counts: Float64Array;
  readonly least: number;
  readonly most: number;
}

export class QuantileSketch {
  /** An open table of bins, half empty at least: their keys, and the numbers in each. */
  private keys = new Int32Array(1 << LEAST_SLOT_BITS).fill(EMPTY);
  private counts = new Float64Array(1 << LEAST_SLOT_BITS);
  private shift = 32 - LEAST_SLOT_BITS;
  private bins = 0;
  private total = 0;
  private least = Number.POSITIVE_INFINITY;
  private most = Number.NEGATIVE_INFINITY;
  private ranked: Ranked | null = null;

  get count(): number {
    return this.total;
  }

  /** Infinity is a number like others here: what never happens is later than all that does. */
  add(value: number): void {
    this.addEach([value], 0, 1, 1);
  }

  /** Adds `count` numbers, every `step`th from `from` on. */
  addEach(values: ArrayLike<number>, from: number, step: number, count: number): void {
    let [least, most] = [this.least, this.most];
    for (let i = 0, at = from; i < count; i++, at += step) {
      const value = values[at]! + 0; // One zero: -0 has bits of its own.
      if (Number.isNaN(value)) requireDomain(false, "quantile", "a number, got none");
      number64[0] = value;
      this.addToBin(words[HIGH_WORD]! >>> DROPPED_BITS, 1);
      if (value < least) least = value;
      if (value > most) most = value;
    }
    this.least = least;
    this.most = most;
  }

  merge({ keys, counts, least, most }: SketchParts): void {
    for (let i = 0; i < keys.length; i++) this.addToBin(keys[i]!, counts[i]!);
    this.least = Math.min(this.least, least);
    this.most = Math.max(this.most, most);
  }

  parts(): SketchParts {
    const keys = Uint32Array.from(this.filled().sort());
    return { keys, counts: this.countsOf(keys), least: this.least, most: this.most };
  }

  /** The q-quantile, 0 <= q <= 1, within 0.2 %; exact where all numbers are the same. */
  quantile(q: number): number {
    requireDomain(this.total > 0, "quantile", "at least one number");
    requireDomain(q >= 0 && q <= 1, "quantile", `a share of 0 to 1, got ${q}`);
    const { keys, upTo } = this.rank();
    const rank = q * (this.total - 1);
    // The first bin with more numbers up to its end.
    let [low, high] = [0, keys.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (rank < upTo[middle]!) high = middle;
      else low = middle + 1;
    }
    const before = low > 0 ? upTo[low - 1]! : 0;
    return this.within(keys[low]!, (rank - before + 0.5) / (upTo[low]! - before));
  }

  /** Share of the numbers that are at most `bound`; exact for 0 and whole numbers to 1,024. */
  shareAtMost(bound: number): number {
    requireDomain(this.total > 0, "share", "at least one number");
    if (bound >= this.most) return 1;
    const { keys, upTo } = this.rank();
    let [low, high] = [0, keys.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (boundsOf(keys[middle]!)[0] <= bound) low = middle + 1;
      else high = middle;
    }
    return low > 0 ? upTo[low - 1]! / this.total : 0;
  }

  private addToBin(key: number, count: number): void {
    this.total += count;
    this.ranked = null;
    const slot = this.slotOf(key);
    this.counts[slot] = this.counts[slot]! + count;
    if (this.keys[slot] === key) return;
    this.keys[slot] = key;
    this.bins += 1;
    if (2 * this.bins > this.keys.length) this.grow();
  }

  /** Where a bin is, or goes. */
  private slotOf(key: number): number {
    const { keys } = this;
    const mask = keys.length - 1;
    let slot = Math.imul(key, SPREAD) >>> this.shift;
    while (keys[slot] !== key && keys[slot] !== EMPTY) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { keys, counts } = this;
    this.keys = new Int32Array(2 * keys.length).fill(EMPTY);
    this.counts = new Float64Array(2 * keys.length);
    this.shift -= 1;
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === EMPTY) continue;
      const slot = this.slotOf(keys[i]!);
      this.keys[slot] = keys[i]!;
      this.counts[slot] = counts[i]!;
    }
  }

  /** The keys of all bins. */
  private filled(): Int32Array {
    const { keys } = this;
    const filled = new Int32Array(this.bins);
    for (let i = 0, to = 0; i < keys.length; i++) {
      if (keys[i] !== EMPTY) filled[to++] = keys[i]!;
    }
    return filled;
  }

  private countsOf(keys: ArrayLike<number>): Float64Array {
    const counts = new Float64Array(keys.length);
    for (let i = 0; i < counts.length; i++) counts[i] = this.counts[this.slotOf(keys[i]!)]!;
    return counts;
  }

  private rank(): Ranked {
    if (this.ranked !== null) return this.ranked;
    const keys = this.filled();
    for (let i = 0; i < keys.length; i++) keys[i] = turned(keys[i]!);
    keys.sort();
    for (let i = 0; i < keys.length; i++) keys[i] = turned(keys[i]!);
    const upTo = this.countsOf(keys);
    for (let i = 1; i < upTo.length; i++) upTo[i] = upTo[i]! + upTo[i - 1]!;
    this.ranked = { keys, upTo };
    return this.ranked;
  }

  private within(key: number, part: number): number {
    const [low, high] = boundsOf(key);
    if (!Number.isFinite(low) || !Number.isFinite(high)) return low;
    const value = low + Math.min(1, part) * (high - low);
    return Math.min(this.most, Math.max(this.least, value));
  }
}

/** Bins from the least number to the greatest, and how many numbers there are up to each. */
interface Ranked {
  readonly keys: Int32Array;
  readonly upTo: Float64Array;
}

/** A key as a number that rises with those of its bin; turned twice it is itself again. */
function turned(key: number): number {
  return key < SIGN && key >= 0 ? key : SIGN - 1 - key;
}

function boundsOf(key: number): [low: number, high: number] {
  const near = numberOf(key);
  if (!Number.isFinite(near)) return [near, near];
  const far = numberOf(key + 1);
  return near < 0 || Object.is(near, -0) ? [far, near] : [near, far];
}

function numberOf(key: number): number {
  words[HIGH_WORD] = (key << DROPPED_BITS) >>> 0;
  words[1 - HIGH_WORD] = 0;
  return number64[0]!;
}
