// A long list of moments, sorted once: time and ordinal are packed into one double, so that the
// engine's own numeric sort orders half a million of them in a fraction of a second.
import { assert } from "../base/assert.ts";

const ordinalBits = 2 ** 20;

export class Timeline {
  private readonly originMs: number;
  private readonly keys: number[] = [];
  private readonly kinds: number[] = [];
  private readonly refs: number[] = [];

  /** @param originMs an instant before every moment, at most 99 days before the last */
  constructor(originMs: number) {
    this.originMs = originMs;
  }

  /** Adds a moment; equal times keep the order in which they were added. */
  add(atMs: number, kind: number, ref: number): void {
    const ms = atMs - this.originMs;
    const inRange = Number.isInteger(ms) && ms >= 0 && ms < 2 ** 33;
    assert(inRange, `expected whole ms in [0, 2^33) after the origin, got ${ms}`);
    assert(this.keys.length < ordinalBits, `at most ${ordinalBits} moments fit a timeline`);
    this.keys.push(ms * ordinalBits + this.keys.length);
    this.kinds.push(kind);
    this.refs.push(ref);
  }

  sorted(): SortedTimeline {
    const keys = Float64Array.from(this.keys).sort();
    const count = keys.length;
    const atMs = new Float64Array(count);
    const kind = new Uint8Array(count);
    const ref = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      const ms = Math.floor(keys[i]! / ordinalBits);
      const ordinal = keys[i]! - ms * ordinalBits;
      atMs[i] = ms + this.originMs;
      kind[i] = this.kinds[ordinal]!;
      ref[i] = this.refs[ordinal]!;
    }
    return { count, atMs, kind, ref };
  }
}

export interface SortedTimeline {
  readonly count: number;
  readonly atMs: Float64Array;
  readonly kind: Uint8Array;
  readonly ref: Uint32Array;
}
