// A quantile of random splits of one arm: exact, from the values near it and, by bucket, how many
// lie below them, so that an arm of any size needs few values.
import type { Effect } from "./effect.ts";
import { normalQuantile } from "./normal.ts";
import {
  BOUNDS_LEVEL,
  type QuantileSummary,
  quantileDifference,
  quantileRanks,
} from "./quantile-difference.ts";
import type { Split, SplitReader } from "./resplit.ts";

/** The arm's values near a quantile, and where the others are. */
export interface QuantileWindow {
  readonly q: number;
  /** Ascending, with the bucket of each. */
  readonly values: Float64Array;
  readonly buckets: Int32Array;
  /** By bucket: all of its values, and those that lie before the window. */
  readonly sizes: Float64Array;
  readonly below: Float64Array;
}

/**
 * First and last place (from 0) of the values that splits of an arm of n values can ask for: its
 * own bounds, and ten standard deviations of a split's rank, beyond the quantile.
 * @param least part of the users in the smaller fake arm
 * @example quantileWindow(10_000, 0.9, 0.5) // [8485, 9513]
 */
export function quantileWindow(n: number, q: number, least: number): readonly [number, number] {
  const half = (12 * Math.sqrt(n * q * (1 - q))) / Math.sqrt(least) + 2 / least;
  const middle = (n - 1) * q;
  const [from, to] = [Math.floor(middle - half), Math.ceil(middle + half)];
  return [Math.max(0, from), Math.min(n - 1, to)];
}

/**
 * By how much, as a part of itself, a quantile's standard error is off on given data, on average:
 * it is read from the few values between the bounds, the same ones in every split. Measured in
 * simulations of log-normal values: .070, .042 and .055 where this says .069, .046 and .053.
 * @param n users; several values of one say no more than one
 * @example quantileErrorNoise(4000, 0.9, 0.5) // .069
 */
export function quantileErrorNoise(n: number, q: number, least: number): number {
  const z = normalQuantile(1 - (1 - BOUNDS_LEVEL) / 2);
  const between = 2 * z * Math.sqrt((n * q * (1 - q)) / least);
  return 1 / Math.sqrt(2 * between);
}

/** Reads quantiles as the report does: from order statistics of each fake arm. */
export function quantileReader(window: QuantileWindow): SplitReader {
  const all = totals(window, null);
  return (split): Effect | null => {
    const held = totals(window, split);
    const control = ranksIn(window, held.n, held.below);
    const treatment = ranksIn(window, all.n - held.n, all.below - held.below);
    if (control === null || treatment === null) return null;
    const [a, b] = valuesAt(window, split, control, treatment);
    const [left, right] = [summaryOf(control, a), summaryOf(treatment, b)];
    if (left === null || right === null) return null;
    // Null where the bounds coincide in both arms.
    return quantileDifference(left, right);
  };
}

interface WindowRanks {
  readonly n: number;
  /** Places within the fake arm's part of the window: low, below, above, high. */
  readonly places: readonly number[];
  readonly part: number;
}

function totals({ sizes, below }: QuantileWindow, split: Split | null) {
  const sums = { n: 0, below: 0 };
  const count = split === null ? sizes.length : split.held.length;
  for (let i = 0; i < count; i++) {
    const bucket = split === null ? i : split.held[i]!;
    sums.n += sizes[bucket]!;
    sums.below += below[bucket]!;
  }
  return sums;
}

/** Null where there are too few values for bounds. */
function ranksIn({ q }: QuantileWindow, n: number, below: number): WindowRanks | null {
  const ranks = n < 2 ? null : quantileRanks(n, q);
  if (ranks === null) return null;
  const { low, left, right, high, part } = ranks;
  return { n, places: [low - below, left - below, right - below, high - below], part };
}

/** One pass over the window, counting each fake arm's values. */
function valuesAt(
  { values, buckets }: QuantileWindow,
  { isHeld }: Split,
  control: WindowRanks,
  treatment: WindowRanks,
): [number[], number[]] {
  const found: [number[], number[]] = [[], []];
  const wanted = [treatment.places, control.places];
  const seen = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const arm = isHeld[buckets[i]!]!;
    const place = seen[arm]!;
    const places = wanted[arm]!;
    for (let rank = 0; rank < 4; rank++) {
      if (places[rank] === place) found[1 - arm]![rank] = values[i]!;
    }
    seen[arm] = place + 1;
  }
  return found;
}

/** Null where the window does not reach a rank that is asked for. */
function summaryOf({ n, part }: WindowRanks, found: readonly number[]): QuantileSummary | null {
  const [lower, left, right, upper] = found;
  if (lower === undefined || left === undefined) return null;
  if (right === undefined || upper === undefined) return null;
  return { n, quantile: left + part * (right - left), lower, upper };
}
