// Did the 90th percentile move? Quantiles of two arms, with the variance of each from its order
// statistics: no density has to be estimated. Conover, Practical Nonparametric Statistics (1999),
// 3; the variance form is that of published engines.
import { requireDomain } from "./domain.ts";
import { DEFAULT_LEVEL, type Effect, effectOf } from "./effect.ts";
import type { ArmSummary, PairMoments } from "./moments.ts";
import { normalQuantile, normalTwoSidedP } from "./normal.ts";
import { orderStatistics } from "./order-statistics.ts";
import { summarizeRatio } from "./ratio-of-sums.ts";

/** An arm's quantile with the order statistics that bound it at `BOUNDS_LEVEL`. */
export interface QuantileSummary {
  /** Number of values. */
  readonly n: number;
  readonly quantile: number;
  readonly lower: number;
  readonly upper: number;
  /** Values that the bounds were taken from, where that was a sample of the n. */
  readonly sampled?: number;
  /** Given where a user has several values: see `ClusterSums`. */
  readonly clusters?: ClusterSums;
}

/** Per user: x, how many of his values lie at or below the quantile; y, how many he has. */
export interface ClusterSums {
  /** The share that the quantile cuts off, in (0, 1). */
  readonly share: number;
  readonly moments: PairMoments;
}

export const BOUNDS_LEVEL = 0.95;

/**
 * The arm as the mean estimators take it: the quantile, and n - 1 times its squared standard error.
 * Feed two of them to `relativeLift` for a relative reading (normal reference: take the estimate
 * and the standard error).
 * @example n 11054, 7.157987 [7.098780, 7.217195]: variance 10.0865
 */
export function summarizeQuantile(summary: QuantileSummary): ArmSummary {
  const { n, quantile, lower, upper } = summary;
  requireDomain(n >= 2, "quantile", `at least 2 values, got ${n}`);
  const ordered = lower <= quantile && quantile <= upper;
  requireDomain(ordered, "quantile", `lower <= quantile <= upper, got ${lower}, ${upper}`);
  const z = normalQuantile(1 - (1 - BOUNDS_LEVEL) / 2);
  const sampled = (summary.sampled ?? n) / n;
  const variance = sampled * (n - 1) * ((upper - lower) / (2 * z)) ** 2;
  return { n, mean: quantile, variance: variance * designEffect(summary) };
}

/** By how much clustering by user widens the variance of the share below the quantile. */
function designEffect({ n, clusters }: QuantileSummary): number {
  if (clusters === undefined) return 1;
  const { share, moments } = clusters;
  requireDomain(share > 0 && share < 1, "quantile", `a share in (0, 1), got ${share}`);
  const clustered = summarizeRatio(moments).variance / moments.n;
  return clustered / ((share * (1 - share)) / n);
}

/**
 * Treatment quantile minus control quantile, in the units of the data, normal reference.
 * @example 7.157988 [7.098780, 7.217195] and 7.694500 [7.641806, 7.747194]: 0.5365 [.4573, .6158]
 */
export function differenceInQuantiles(
  control: QuantileSummary,
  treatment: QuantileSummary,
  level: number = DEFAULT_LEVEL,
): Effect {
  const [a, b] = [summarizeQuantile(control), summarizeQuantile(treatment)];
  const standardError = Math.sqrt(a.variance / a.n + b.variance / b.n);
  return effectOf(b.mean - a.mean, standardError, Number.POSITIVE_INFINITY, level);
}

/** Chance that both arms' bounds miss, each on the side towards the other arm. */
const BOTH_MISS = 2 * ((1 - BOUNDS_LEVEL) / 2) ** 2;

/**
 * The same with each arm's own distances to its bounds, which differ where values tie: among whole
 * numbers the 90th percentile is 1 or 2 and never between. Zou and Donner (2008), Statistics in
 * Medicine 27. The standard error is the one whose normal interval is as wide; p is exact at the
 * level of the bounds, and where a side has no width at all as small as both arms' bounds allow.
 * Null where neither arm's bounds have any width.
 * @example 1 [1, 2] and 2 [1, 2]: 1 [-.4142, 1], although the symmetric interval excludes zero
 */
export function quantileDifference(
  control: QuantileSummary,
  treatment: QuantileSummary,
  level: number = DEFAULT_LEVEL,
): Effect | null {
  const [a, b] = [reachOf(control, level), reachOf(treatment, level)];
  const estimate = treatment.quantile - control.quantile;
  const [down, up] = [Math.hypot(b.below, a.above), Math.hypot(b.above, a.below)];
  if (down + up === 0) return null;
  const critical = normalQuantile(1 - (1 - level) / 2);
  const towardsZero = estimate > 0 ? down : up;
  const distance = Math.abs(estimate);
  const isBeyond = towardsZero === 0 && distance > 0;
  return {
    estimate,
    standardError: (down + up) / (2 * critical),
    lower: estimate - down,
    upper: estimate + up,
    p: isBeyond
      ? BOTH_MISS
      : distance === 0
        ? 1
        : normalTwoSidedP((critical * distance) / towardsZero),
    degreesOfFreedom: Number.POSITIVE_INFINITY,
    level,
  };
}

/**
 * Treatment quantile over control quantile, less 1, with the p value of the difference: an interval
 * of the same kind, so that it holds zero where that does. Null where the control's bounds reach so
 * far towards zero that no ratio can be bounded.
 * @example 1 [.9, 1.1] and 2 [1.9, 2.1]: 1 [.7946, 1.2458]
 */
export function quantileLift(
  control: QuantileSummary,
  treatment: QuantileSummary,
  level: number = DEFAULT_LEVEL,
): Effect | null {
  const difference = quantileDifference(control, treatment, level);
  const [a, b] = [reachOf(control, level), reachOf(treatment, level)];
  const [x, y] = [control.quantile, treatment.quantile];
  if (difference === null || !(Math.max(a.above, a.below) < x) || y - b.below < 0) return null;
  const bound = (ofControl: number, ofTreatment: number, side: -1 | 1): number => {
    const scale = x ** 2 - ofControl ** 2;
    const root = Math.max(0, (x * y) ** 2 - scale * (y ** 2 - ofTreatment ** 2));
    return (x * y + side * Math.sqrt(root)) / scale - 1;
  };
  const [lower, upper] = [bound(a.above, b.below, -1), bound(a.below, b.above, 1)];
  const critical = normalQuantile(1 - (1 - level) / 2);
  const standardError = (upper - lower) / (2 * critical);
  return { ...difference, estimate: y / x - 1, standardError, lower, upper };
}

/** How far an arm's bounds reach at `level`, clustering and sampling counted in. */
function reachOf(summary: QuantileSummary, level: number): { below: number; above: number } {
  const { n, quantile, lower, upper } = summary;
  requireDomain(n >= 2, "quantile", `at least 2 values, got ${n}`);
  const ordered = lower <= quantile && quantile <= upper;
  requireDomain(ordered, "quantile", `lower <= quantile <= upper, got ${lower}, ${upper}`);
  const [z, own] = [level, BOUNDS_LEVEL].map((each) => normalQuantile(1 - (1 - each) / 2));
  const scale = (z! / own!) * Math.sqrt(((summary.sampled ?? n) / n) * designEffect(summary));
  return { below: scale * (quantile - lower), above: scale * (upper - quantile) };
}

/** Places (from 0) of an arm's ordered values that its quantile and its bounds are read from. */
export interface QuantileRanks {
  readonly low: number;
  readonly left: number;
  readonly right: number;
  readonly high: number;
  /** How far the quantile lies from `left` to `right`, 0 to 1. */
  readonly part: number;
}

/**
 * Where the q-quantile of n values lies; null where they are too few for both bounds to lie inside:
 * n q (1 - q) of about 10 or more is enough.
 * @example quantileRanks(1001, 0.5) // 469, 500, 501, 531, 0
 */
export function quantileRanks(n: number, q: number): QuantileRanks | null {
  const half = normalQuantile(1 - (1 - BOUNDS_LEVEL) / 2) * Math.sqrt((q * (1 - q)) / n);
  const [low, high] = [Math.floor(n * (q - half)), Math.ceil(n * (q + half)) - 1];
  if (low < 0 || high >= n) return null;
  const at = (n - 1) * q;
  const left = Math.floor(at);
  return { low, left, right: Math.min(n - 1, left + 1), high, part: at - left };
}

/**
 * The q-quantile of one arm's values with its bounds, 0 < q < 1. The values must be enough for both
 * bounds to lie inside.
 * @example quantileOf of 0, 1, ... 1000 at .5: 500 [469, 531]
 */
export function quantileOf(values: ArrayLike<number>, q: number): QuantileSummary {
  requireDomain(q > 0 && q < 1, "quantile", `a share in (0, 1), got ${q}`);
  const n = values.length;
  const ranks = quantileRanks(n, q);
  requireDomain(ranks !== null, "quantile", `more values for the ${q} quantile, got ${n}`);
  const { low, left, right, high, part } = ranks;
  const found = orderStatistics(values, [low, left, right, high]);
  const [lower, below, above, upper] = found as [number, number, number, number];
  return { n, quantile: below + part * (above - below), lower, upper };
}
