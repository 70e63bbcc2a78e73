// An uncertain number as a point and draws of it. Chains of arithmetic hand the draws on from step
// to step, so that the last interval carries every uncertainty of the first; numbers drawn together
// stay together.
import { requireDomain, requireLevel } from "./domain.ts";
import { DEFAULT_LEVEL } from "./effect.ts";

export interface Uncertain {
  /** The number at the point values of everything that it was computed from. */
  readonly point: number;
  readonly draws: Float64Array;
}

export interface DrawInterval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** A number that is taken as known. */
export function certain(point: number, draws: number): Uncertain {
  return { point, draws: new Float64Array(draws).fill(point) };
}

/**
 * A function of uncertain numbers, draw by draw. All need the same number of draws.
 * @example combine((a, b) => a / b, cost, users)
 */
export function combine(
  compute: (...values: number[]) => number,
  ...inputs: readonly Uncertain[]
): Uncertain {
  const count = inputs[0]?.draws.length ?? 0;
  const alike = inputs.every((input) => input.draws.length === count);
  requireDomain(alike && count > 0, "combine", "inputs with the same number of draws, at least 1");
  const values = new Array<number>(inputs.length);
  const draws = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < inputs.length; j++) values[j] = inputs[j]!.draws[i]!;
    draws[i] = compute(...values);
  }
  return { point: compute(...inputs.map((input) => input.point)), draws };
}

/** The q-quantile of draws, 0 <= q <= 1, interpolated as R's type 7. */
export function drawQuantile(draws: Float64Array, q: number): number {
  requireDomain(draws.length > 0, "quantile", "at least one draw");
  requireDomain(q >= 0 && q <= 1, "quantile", `a share of 0 to 1, got ${q}`);
  return sortedQuantile(draws.slice().sort(), q);
}

/** Several quantiles of the same draws, which are sorted once. */
export function drawQuantiles(draws: Float64Array, shares: readonly number[]): number[] {
  requireDomain(draws.length > 0, "quantile", "at least one draw");
  const isShare = shares.every((q) => q >= 0 && q <= 1);
  requireDomain(isShare, "quantile", `shares of 0 to 1, got ${shares.join(", ")}`);
  const sorted = draws.slice().sort();
  return shares.map((q) => sortedQuantile(sorted, q));
}

/** The central interval of the draws, with the point as the estimate. */
export function drawInterval(from: Uncertain, level: number = DEFAULT_LEVEL): DrawInterval {
  requireLevel(level, "interval of draws");
  const sorted = from.draws.slice().sort();
  return {
    estimate: from.point,
    lower: sortedQuantile(sorted, (1 - level) / 2),
    upper: sortedQuantile(sorted, 1 - (1 - level) / 2),
  };
}

/** Share of the draws that pass a test: the chance of it, given what went in. */
export function drawShare(from: Uncertain, test: (value: number) => boolean): number {
  let passed = 0;
  for (const value of from.draws) if (test(value)) passed += 1;
  return passed / from.draws.length;
}

function sortedQuantile(sorted: Float64Array, q: number): number {
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  const a = sorted[low]!;
  return at === low ? a : a + (at - low) * (sorted[high]! - a);
}
