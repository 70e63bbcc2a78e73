// Does an interval keep its promise on these very data? Users of one arm are split at random into
// two fake arms, many times; nothing was done to either, so that p < .05 should come up in 5 % of
// the splits. Users come as sums by bucket: why that is the same test, docs/concepts/evidence.md
// says. A/A tests: Kohavi, Longbotham, Sommerfield and Henne (2009), Data Mining and Knowledge
// Discovery 18, section 3.
import type { RandomStream } from "../base/keystream.ts";
import { differenceInMeans } from "./difference-in-means.ts";
import { requireDomain } from "./domain.ts";
import type { Effect } from "./effect.ts";
import {
  type ArmSummary,
  addMoments,
  addPairMoments,
  type Moments,
  type PairMoments,
  summarizeMoments,
} from "./moments.ts";
import { summarizeRatio } from "./ratio-of-sums.ts";
import { isAdjustable, pooledSlope, regressionAdjusted } from "./regression-adjustment.ts";
import { differenceByScore } from "./shares-by-score.ts";
import {
  designSkewness,
  type Shape,
  SKEWNESS_MOST,
  shapeOf,
  shapeOfSum,
  skewCorrected,
} from "./skewness.ts";

/** One split: the buckets of the fake holdout, as a list and as marks. */
export interface Split {
  readonly held: Int32Array;
  /** By bucket: 1 in the fake holdout, else 0. */
  readonly isHeld: Uint8Array;
}

/** The effect that a split shows; null where its fake arms allow no interval. */
export type SplitReader = (split: Split) => Effect | null;

export interface SplitDesign {
  readonly buckets: number;
  readonly splits: number;
  /** Chance of a bucket to fall into the fake holdout; .5 unless told otherwise. */
  readonly share?: number;
  readonly onProgress?: (done: number) => void;
}

/** Of each split that could be read, in order. */
export interface SplitEffects {
  readonly p: readonly number[];
  /** Estimates in standard errors. */
  readonly z: readonly number[];
}

const PROGRESS_EVERY = 20;

/**
 * Splits and reads. Equal streams give equal splits; all readers see the same ones.
 * @example of 65,536 buckets of honest data, 1000 splits: about 50 p values below .05
 */
export function resplit(
  readers: readonly SplitReader[],
  { buckets, splits, share = 0.5, onProgress }: SplitDesign,
  random: RandomStream,
): SplitEffects[] {
  requireDomain(buckets >= 2, "random splits", `at least 2 buckets of users, got ${buckets}`);
  requireDomain(share > 0 && share < 1, "random splits", `a share in (0, 1), got ${share}`);
  const limit = Math.round(share * 2 ** 32);
  const isHeld = new Uint8Array(buckets);
  const list = new Int32Array(buckets);
  const found = readers.map(() => ({ p: [] as number[], z: [] as number[] }));
  for (let at = 0; at < splits; at++) {
    let size = 0;
    for (let bucket = 0; bucket < buckets; bucket++) {
      const isIn = random.nextU32() < limit ? 1 : 0;
      isHeld[bucket] = isIn;
      list[size] = bucket;
      size += isIn;
    }
    const split = { held: list.subarray(0, size), isHeld };
    readers.forEach((read, i) => {
      const effect = read(split);
      if (effect === null) return;
      found[i]!.p.push(effect.p);
      found[i]!.z.push(effect.estimate / effect.standardError);
    });
    if ((at + 1) % PROGRESS_EVERY === 0) onProgress?.(at + 1);
  }
  return found;
}

/**
 * Reads shares or means, as the report does: a score test, or Welch's t turned by the skewness of
 * all users where somebody summed their cubes; null for splits that are too skewed for it.
 * @param buckets of each bucket; all of its users together
 */
export function meanReader(kind: "share" | "mean", buckets: readonly Moments[]): SplitReader {
  const centre = kind === "share" ? 0 : totalOf(buckets, "sum") / totalOf(buckets, "n");
  const columns = buckets.map((own) => [
    own.n,
    own.sum - own.n * centre,
    squaresRound(own.n, own.sum, own.sumSquares, own.deviations, centre),
  ]);
  const add = adder(columns, 3);
  const summaryOf = (sums: Float64Array): ArmSummary | null => {
    const [n, sum, squares] = sums as unknown as [number, number, number];
    if (n < 2) return null;
    const deviations = leftOf(squares, (sum * sum) / n);
    return summarizeMoments({ n, sum, sumSquares: squares, deviations });
  };
  if (kind === "share") return (split) => scoreOf(add(split));
  const shape = shapeOf(buckets.reduce(addMoments));
  return (split) => {
    const [control, treatment] = add(split).map(summaryOf);
    return control && treatment ? differenceOf(control, treatment, shape) : null;
  };
}

/** Null where both fake arms together have none with, or none without. */
function scoreOf(sums: readonly Float64Array[]): Effect | null {
  const [control, treatment] = sums.map(([n, sum]) => ({ successes: Math.round(sum!), n: n! }));
  if (control === undefined || treatment === undefined) return null;
  if (Math.min(control.n, treatment.n) < 2) return null;
  const successes = control.successes + treatment.successes;
  if (successes === 0 || successes === control.n + treatment.n) return null;
  return differenceByScore(control, treatment);
}

/**
 * Reads pairs: a ratio of sums (x above, y below the line), or y adjusted by x, the number before.
 * @param buckets of each bucket; all of its users together
 */
export function pairReader(
  kind: "ratio" | "adjusted",
  buckets: readonly PairMoments[],
): SplitReader {
  const n = totalOf(buckets, "n");
  const [x, y] = [totalOf(buckets, "sumX") / n, totalOf(buckets, "sumY") / n];
  const columns = buckets.map((own) => [
    own.n,
    own.sumX - own.n * x,
    own.sumY - own.n * y,
    squaresRound(own.n, own.sumX, own.sumXX, own.deviations?.xx, x),
    squaresRound(own.n, own.sumY, own.sumYY, own.deviations?.yy, y),
    productsRound(own, x, y),
  ]);
  const add = adder(columns, 6);
  const shape = pairShape(kind, buckets.reduce(addPairMoments));
  return (split) => {
    const [control, treatment] = add(split).map((sums) => pairOf(sums, x, y));
    if (control!.n < 2 || treatment!.n < 2) return null;
    if (kind === "adjusted") {
      if (!isAdjustable(control!, treatment!)) return null;
      return turned(regressionAdjusted(control!, treatment!).absolute, shape, control!, treatment!);
    }
    if (!(control!.sumY > 0 && treatment!.sumY > 0)) return null;
    return differenceOf(summarizeRatio(control!), summarizeRatio(treatment!), shape);
  };
}

function pairShape(kind: "ratio" | "adjusted", all: PairMoments): Shape | null {
  if (kind === "ratio") return all.sumY > 0 ? shapeOfSum(all, 1, -all.sumX / all.sumY) : null;
  return all.n < 2 ? null : shapeOfSum(all, -pooledSlope(all, all), 1);
}

/** Null where both fake arms have one value only. */
function differenceOf(
  control: ArmSummary,
  treatment: ArmSummary,
  shape: Shape | null,
): Effect | null {
  if (control.variance + treatment.variance === 0) return null;
  return turned(differenceInMeans(control, treatment), shape, control, treatment);
}

/** Users of both fake arms are alike: the skewness is that of all of them. */
function turned(
  effect: Effect,
  shape: Shape | null,
  control: { readonly n: number },
  treatment: { readonly n: number },
): Effect | null {
  if (shape === null) return effect;
  const { squares, cubes } = shape;
  const partOf = ({ n }: { readonly n: number }): Shape => {
    return { n, squares: (squares * n) / shape.n, cubes: (cubes * n) / shape.n };
  };
  const skewness = designSkewness([{ control: partOf(control), treatment: partOf(treatment) }]);
  return Math.abs(skewness) > SKEWNESS_MOST ? null : skewCorrected(effect, skewness);
}

function totalOf<K extends string>(rows: readonly Record<K, number>[], key: K): number {
  return rows.reduce((sum, row) => sum + row[key], 0);
}

/** Squares round a centre near the mean, so that no digits are lost where it is far from zero. */
function squaresRound(
  n: number,
  sum: number,
  squares: number,
  deviations: number | undefined,
  centre: number,
): number {
  if (n === 0) return 0;
  const own = deviations ?? Math.max(0, squares - (sum * sum) / n);
  return own + n * (sum / n - centre) ** 2;
}

function productsRound(own: PairMoments, x: number, y: number): number {
  const { n, sumX, sumY, sumXY, deviations } = own;
  if (n === 0) return 0;
  const within = deviations?.xy ?? sumXY - (sumX * sumY) / n;
  return within + n * (sumX / n - x) * (sumY / n - y);
}

/** What is left of squares less those of the mean; of nothing but rounding nothing. */
function leftOf(squares: number, ofMean: number): number {
  const left = squares - ofMean;
  return left <= 8 * Number.EPSILON * squares ? 0 : left;
}

function pairOf(sums: Float64Array, x: number, y: number): PairMoments {
  const [n, sumX, sumY, xx, yy, xy] = sums as unknown as [number, ...number[]] as number[];
  const users = n!;
  const deviations = {
    xx: leftOf(xx!, (sumX! * sumX!) / users),
    yy: leftOf(yy!, (sumY! * sumY!) / users),
    xy: xy! - (sumX! * sumY!) / users,
  };
  const [wholeX, wholeY] = [sumX! + users * x, sumY! + users * y];
  return {
    n: users,
    sumX: wholeX,
    sumY: wholeY,
    // Only `deviations` are read; these stay what they are called.
    sumXX: deviations.xx + (wholeX * wholeX) / users,
    sumYY: deviations.yy + (wholeY * wholeY) / users,
    sumXY: deviations.xy + (wholeX * wholeY) / users,
    deviations,
  };
}

/** Sums of the columns over the fake holdout, and over the others. */
function adder(
  rows: readonly (readonly number[])[],
  width: number,
): (split: Split) => [Float64Array, Float64Array] {
  const cells = Float64Array.from(rows.flat());
  const all = new Float64Array(width);
  for (let i = 0; i < cells.length; i++) all[i % width]! += cells[i]!;
  const [control, treatment] = [new Float64Array(width), new Float64Array(width)];
  return ({ held }) => {
    control.fill(0);
    for (let i = 0; i < held.length; i++) {
      const from = held[i]! * width;
      for (let column = 0; column < width; column++) control[column]! += cells[from + column]!;
    }
    for (let column = 0; column < width; column++)
      treatment[column] = all[column]! - control[column]!;
    return [control, treatment];
  };
}
