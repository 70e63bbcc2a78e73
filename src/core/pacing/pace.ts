// How the money of a wave is let out: a curve of cumulative shares, and where it was last revised.
// Gross issue never gets ahead of it. What comes back re-enters the rest of the curve in
// proportion, so that a million expiries at midnight release no burst. Doubles are only added,
// multiplied and divided, which IEEE 754 rounds alike everywhere; every step is monotone in time.
import type { CurveDefinition, CurvePoint } from "../definition.ts";

/** What a snapshot keeps of a pace. */
export interface PaceScalars {
  /** The curve goes on from here; -1: it was never revised. */
  fromMs: number;
  /** Released by then, and what the rest of the curve releases. */
  baseMinor: number;
  restMinor: number;
  /** Came back since, free to re-enter; and what has expired and settles, in order of time. */
  backMinor: number;
  settling: { freeAtMs: number; amountMinor: number }[];
}

/** With what a curve goes on. */
export interface CurveStep {
  /** Entries of the settling queue that re-enter, and all that re-enters. */
  entries: number;
  backMinor: number;
  baseMinor: number;
  restMinor: number;
}

export class Pace {
  curve: CurveDefinition;
  now: PaceScalars;

  constructor(curve: CurveDefinition, limit: number) {
    this.curve = curve;
    this.now = { fromMs: -1, baseMinor: 0, restMinor: limit, backMinor: 0, settling: [] };
  }

  /** All that is released in the end, unless more comes back. */
  get totalMinor(): number {
    return this.now.baseMinor + this.now.restMinor;
  }

  /** What may have been granted, gross, at an instant not before `fromMs`. */
  releasedMinor(atMs: number): number {
    return this.releasedAt(shareAt(this.curve.points, atMs));
  }

  private releasedAt(share: number): number {
    const { fromMs, baseMinor, restMinor } = this.now;
    const before = shareAt(this.curve.points, fromMs);
    if (before >= 1) return baseMinor + restMinor;
    return baseMinor + Math.floor(((share - before) / (1 - before)) * restMinor);
  }

  /** With what another curve goes on: what was released stays so, the limit's change is added. */
  goesOn(addedMinor: number, atMs: number): { baseMinor: number; restMinor: number } {
    const total = this.totalMinor + addedMinor;
    const baseMinor = Math.min(this.releasedMinor(atMs), total);
    return { baseMinor, restMinor: total - baseMinor };
  }

  /** The first instant after `atMs` at which so much is released, or Infinity. */
  whenReleased(minor: number, atMs: number): number {
    const { points } = this.curve;
    if (!(minor <= this.totalMinor)) return Number.POSITIVE_INFINITY;
    const point = firstWhere(0, points.length, (i) => {
      return points[i]!.atMs > atMs && this.releasedAt(points[i]!.share) >= minor;
    });
    if (point === points.length) return Number.POSITIVE_INFINITY;
    const from = Math.max(atMs, points[point - 1]?.atMs ?? points[0]!.atMs - 1);
    return firstWhere(from + 1, points[point]!.atMs, (ms) => this.releasedMinor(ms) >= minor);
  }

  /** As it is, to be followed into the time ahead. */
  copy(): Pace {
    const copy = new Pace(this.curve, 0);
    copy.now = { ...this.now, settling: [...this.now.settling] };
    return copy;
  }

  /** From an instant on it goes on with what an event says. */
  goOn({ entries, backMinor, baseMinor, restMinor }: CurveStep, atMs: number): void {
    const { now } = this;
    now.fromMs = atMs;
    now.baseMinor = baseMinor;
    now.restMinor = restMinor;
    const settled = now.settling.splice(0, entries);
    now.backMinor += settled.reduce((sum, { amountMinor }) => sum + amountMinor, 0) - backMinor;
  }

  /** Free at once, and re-enters with the next event of the curve. */
  giveBack(amountMinor: number): void {
    this.now.backMinor += amountMinor;
  }

  /** Was spent after all, and re-enters no more. */
  takeSettling(freeAtMs: number, amountMinor: number): void {
    const entry = this.now.settling.find((one) => one.freeAtMs === freeAtMs);
    if (entry !== undefined) entry.amountMinor -= amountMinor;
  }

  /** Re-enters once it is free. */
  giveBackAt(freeAtMs: number, amountMinor: number): void {
    const last = this.now.settling.at(-1);
    if (last?.freeAtMs === freeAtMs) last.amountMinor += amountMinor;
    else this.now.settling.push({ freeAtMs, amountMinor });
  }
}

/** The cumulative share that a curve has released at an instant. */
export function shareAt(points: readonly CurvePoint[], atMs: number): number {
  const next = firstWhere(0, points.length, (i) => points[i]!.atMs > atMs);
  if (next === 0) return 0;
  const before = points[next - 1]!;
  const after = points[next];
  if (after === undefined) return before.share;
  const part = ((after.share - before.share) * (atMs - before.atMs)) / (after.atMs - before.atMs);
  // A rounded sum must not be above the point that it leads to.
  return Math.min(before.share + part, after.share);
}

/** The first whole number in from..to-1 that fits, or `to`; what does not fit comes first. */
function firstWhere(from: number, to: number, fits: (value: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
