// Quantiles of more numbers than one wants to keep: counts by the leading bits of each number, so
// that a million draws take a few kilobytes, and sketches of parts add up to that of the whole in
// any order. (The bins are those of an HDR histogram, which takes them from the same bits.)
import { requireDomain } from "./domain.ts";

/** Bits of the fraction that name a bin: bins are 2^-9 wide, so a quantile is within 0.2 %. */
const FRACTION_BITS = 9;
const DROPPED_BITS = 20 - FRACTION_BITS;

const number64 = new Float64Array(1);
const words = new Uint32Array(number64.buffer);
const HIGH_WORD = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/** As plain data, to send between threads. */
export interface SketchParts {
  readonly keys: Uint32Array;
  readonly counts: Float64Array;
  readonly least: number;
  readonly most: number;
}

export class QuantileSketch {
  private readonly bins = new Map<number, number>();
  private total = 0;
  private least = Number.POSITIVE_INFINITY;
  private most = Number.NEGATIVE_INFINITY;

  get count(): number {
    return this.total;
  }

  /** Infinity is a number like others here: what never happens is later than all that does. */
  add(value: number): void {
    requireNumber(value);
    number64[0] = value + 0; // One zero: -0 has bits of its own.
    const key = words[HIGH_WORD]! >>> DROPPED_BITS;
    this.bins.set(key, (this.bins.get(key) ?? 0) + 1);
    this.total += 1;
    if (value < this.least) this.least = value + 0;
    if (value > this.most) this.most = value + 0;
  }

  merge({ keys, counts, least, most }: SketchParts): void {
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      this.bins.set(key, (this.bins.get(key) ?? 0) + counts[i]!);
      this.total += counts[i]!;
    }
    this.least = Math.min(this.least, least);
    this.most = Math.max(this.most, most);
  }

  parts(): SketchParts {
    const keys = Uint32Array.from(this.bins.keys()).sort();
    return {
      keys,
      counts: Float64Array.from(keys, (key) => this.bins.get(key)!),
      least: this.least,
      most: this.most,
    };
  }

  /** The q-quantile, 0 <= q <= 1, within 0.2 %; exact where all numbers are the same. */
  quantile(q: number): number {
    requireDomain(this.total > 0, "quantile", "at least one number");
    requireDomain(q >= 0 && q <= 1, "quantile", `a share of 0 to 1, got ${q}`);
    const rank = q * (this.total - 1);
    let before = 0;
    for (const [key, count] of this.sorted()) {
      if (rank < before + count) return this.within(key, (rank - before + 0.5) / count);
      before += count;
    }
    return this.most;
  }

  /** Share of the numbers that are at most `bound`; exact for 0 and whole numbers to 1,024. */
  shareAtMost(bound: number): number {
    requireDomain(this.total > 0, "share", "at least one number");
    if (bound >= this.most) return 1;
    let sum = 0;
    for (const [key, count] of this.bins) if (boundsOf(key)[0] <= bound) sum += count;
    return sum / this.total;
  }

  private within(key: number, part: number): number {
    const [low, high] = boundsOf(key);
    if (!Number.isFinite(low) || !Number.isFinite(high)) return low;
    const value = low + Math.min(1, part) * (high - low);
    return Math.min(this.most, Math.max(this.least, value));
  }

  private sorted(): [number, number][] {
    return [...this.bins].sort(([a], [b]) => middleOf(a) - middleOf(b));
  }
}

function boundsOf(key: number): [low: number, high: number] {
  const near = numberOf(key);
  const far = numberOf(key + 1);
  return near < 0 || Object.is(near, -0) ? [far, near] : [near, far];
}

function middleOf(key: number): number {
  const [low, high] = boundsOf(key);
  return Number.isFinite(low + high) ? (low + high) / 2 : low;
}

function numberOf(key: number): number {
  words[HIGH_WORD] = (key << DROPPED_BITS) >>> 0;
  words[1 - HIGH_WORD] = 0;
  return number64[0]!;
}

function requireNumber(value: number): void {
  if (Number.isNaN(value)) requireDomain(false, "quantile", "a number, got none");
}
