// Sufficient statistics: all that an arm's rows say about a mean, a ratio or an instrument, in a
// few sums. Sums of parts add up, so rows may be reduced anywhere and in any number of pieces.
import { domainError, requireDomain } from "./domain.ts";

/** Count, sum and sum of squares of one number per user. */
export interface Moments {
  readonly n: number;
  readonly sum: number;
  readonly sumSquares: number;
  /**
   * Sum of squared deviations from the mean, where it was computed without rounding: the sums lose
   * it when the mean is far larger than the spread.
   */
  readonly deviations?: number;
  /** Sum of cubed deviations from the mean, where it was computed: see skewness.ts. */
  readonly cubes?: number;
}

/** The same for two numbers per user, x and y, with the sum of their products. */
export interface PairMoments {
  readonly n: number;
  readonly sumX: number;
  readonly sumY: number;
  readonly sumXX: number;
  readonly sumYY: number;
  readonly sumXY: number;
  /** Sums of products of deviations from the means, where they were computed without rounding. */
  readonly deviations?: { readonly xx: number; readonly yy: number; readonly xy: number };
  /** Sums of products of three deviations, where they were computed. */
  readonly cubes?: PairCubes;
}

export interface PairCubes {
  readonly xxx: number;
  readonly xxy: number;
  readonly xyy: number;
  readonly yyy: number;
}

/** An arm as the estimators take it: the mean, and the variance of ONE user's number. */
export interface ArmSummary {
  readonly n: number;
  readonly mean: number;
  /** Variance of a single observation; the mean's own variance is this over n. */
  readonly variance: number;
}

/**
 * Reduces numbers to their moments, in order. What is no array is read into one first: reduce a
 * stream in pieces and add their moments.
 * @example momentsOf([1, 2, 3]) // { n: 3, sum: 6, sumSquares: 14 }
 */
export function momentsOf(values: Iterable<number> | ArrayLike<number>): Moments {
  const column = "length" in values ? values : Array.from(values);
  const n = column.length;
  let sum = 0;
  let sumSquares = 0;
  for (let i = 0; i < n; i++) {
    const value = column[i]!;
    sum += value;
    sumSquares += value * value;
  }
  if (!Number.isFinite(sumSquares)) requireFinite("moments", column);
  return { n, sum, sumSquares };
}

/**
 * Reduces pairs to their moments, in order.
 * @example pairMomentsOf([[1, 2], [3, 4]]) // n 2, sums 4 and 6, squares 10 and 20, products 14
 */
export function pairMomentsOf(pairs: Iterable<readonly [number, number]>): PairMoments {
  const [xs, ys]: [number[], number[]] = [[], []];
  for (const [x, y] of pairs) {
    xs.push(x);
    ys.push(y);
  }
  return columnMomentsOf(xs, ys);
}

/**
 * Reduces two columns, x and y of one user in the same place, to the moments of their pairs.
 * @example columnMomentsOf([1, 3], [2, 4]) // as pairMomentsOf([[1, 2], [3, 4]])
 */
export function columnMomentsOf(xs: ArrayLike<number>, ys: ArrayLike<number>): PairMoments {
  const n = xs.length;
  const same = ys.length === n;
  requireDomain(same, "pair moments", `columns of one length, got ${n} and ${ys.length}`);
  let [sumX, sumY, sumXX, sumYY, sumXY] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const x = xs[i]!;
    const y = ys[i]!;
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumYY += y * y;
    sumXY += x * y;
  }
  if (!Number.isFinite(sumXX + sumYY)) requireFinite("pair moments", xs, ys);
  return { n, sumX, sumY, sumXX, sumYY, sumXY };
}

/**
 * Names the first number that is not finite. Asked once the sum of squares is not: a check of each
 * number takes six times as long as its sums. Finite numbers beyond 1e154 pass, as their squares'
 * sum is refused where it is used.
 */
function requireFinite(statistic: string, ...columns: readonly ArrayLike<number>[]): void {
  const n = columns[0]?.length ?? 0;
  for (let i = 0; i < n; i++) {
    const row = columns.map((column) => column[i]!);
    if (row.every(Number.isFinite)) continue;
    throw domainError(statistic, `finite numbers, got ${row.join(" and ")} at index ${i}`);
  }
}

/**
 * The moments of two disjoint groups of users together.
 * @example addMoments(momentsOf([1]), momentsOf([2, 3])) // { n: 3, sum: 6, sumSquares: 14 }
 */
export function addMoments(a: Moments, b: Moments): Moments {
  if (a.n === 0) return b;
  if (b.n === 0) return a;
  const apart = a.sum / a.n - b.sum / b.n;
  const sums = { n: a.n + b.n, sum: a.sum + b.sum, sumSquares: a.sumSquares + b.sumSquares };
  const [own, other] = [a.cubes, b.cubes];
  const cubes =
    own === undefined || other === undefined
      ? {}
      : { cubes: own + other + joined(a, b, [apart, apart, apart], squaresOf(a), squaresOf(b)) };
  if (a.deviations === undefined || b.deviations === undefined) return { ...sums, ...cubes };
  const deviations = a.deviations + b.deviations + between(a, b) * apart ** 2;
  return { ...sums, deviations, ...cubes };
}

/** The pairs of two disjoint groups of users together. */
export function addPairMoments(a: PairMoments, b: PairMoments): PairMoments {
  if (a.n === 0) return b;
  if (b.n === 0) return a;
  const sums = {
    n: a.n + b.n,
    sumX: a.sumX + b.sumX,
    sumY: a.sumY + b.sumY,
    sumXX: a.sumXX + b.sumXX,
    sumYY: a.sumYY + b.sumYY,
    sumXY: a.sumXY + b.sumXY,
  };
  const [x, y] = [a.sumX / a.n - b.sumX / b.n, a.sumY / a.n - b.sumY / b.n];
  const cubes = addCubes(a, b, x, y);
  const [own, other] = [a.deviations, b.deviations];
  if (own === undefined || other === undefined) return { ...sums, ...cubes };
  const weight = between(a, b);
  const deviations = {
    xx: own.xx + other.xx + weight * x * x,
    yy: own.yy + other.yy + weight * y * y,
    xy: own.xy + other.xy + weight * x * y,
  };
  return { ...sums, deviations, ...cubes };
}

function addCubes(
  a: PairMoments,
  b: PairMoments,
  x: number,
  y: number,
): { readonly cubes?: PairCubes } {
  const [own, other] = [a.cubes, b.cubes];
  if (own === undefined || other === undefined) return {};
  const [p, q] = [pairSquaresOf(a), pairSquaresOf(b)];
  const mixed = (
    apart: readonly [number, number, number],
    of: (squares: PairSquares) => readonly [number, number, number],
  ): number => joined(a, b, apart, of(p), of(q));
  return {
    cubes: {
      xxx: own.xxx + other.xxx + mixed([x, x, x], ({ xx }) => [xx, xx, xx]),
      xxy: own.xxy + other.xxy + mixed([x, x, y], ({ xx, xy }) => [xy, xy, xx]),
      xyy: own.xyy + other.xyy + mixed([x, y, y], ({ xy, yy }) => [yy, xy, xy]),
      yyy: own.yyy + other.yyy + mixed([y, y, y], ({ yy }) => [yy, yy, yy]),
    },
  };
}

/**
 * What a difference of two groups' means adds to the sum of products of three deviations: `apart`
 * of each number, and each group's sum of products of the OTHER two numbers' deviations.
 */
function joined(
  a: { readonly n: number },
  b: { readonly n: number },
  apart: readonly [number, number, number],
  ofA: readonly [number, number, number],
  ofB: readonly [number, number, number],
): number {
  const [shareA, shareB] = [a.n / (a.n + b.n), b.n / (a.n + b.n)];
  const product = apart[0] * apart[1] * apart[2];
  let sum = (a.n * shareB ** 3 - b.n * shareA ** 3) * product;
  apart.forEach((each, i) => {
    sum += each * (shareB * ofA[i]! - shareA * ofB[i]!);
  });
  return sum;
}

function squaresOf(moments: Moments): [number, number, number] {
  const squares = deviationsOf(moments);
  return [squares, squares, squares];
}

/** Sum of squared deviations from the mean. */
export function deviationsOf({ n, sum, sumSquares, deviations }: Moments): number {
  return deviations ?? Math.max(0, sumSquares - sum * (sum / n));
}

export interface PairSquares {
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** Sums of products of two deviations from the means. */
export function pairSquaresOf(pair: PairMoments): PairSquares {
  const { n, sumX, sumY, sumXY, deviations } = pair;
  return {
    xx: deviationsOf(marginal(pair, "x")),
    xy: deviations?.xy ?? sumXY - (sumX * sumY) / n,
    yy: deviationsOf(marginal(pair, "y")),
  };
}

/** What a difference of two groups' means adds to the deviations of both together. */
function between(a: { readonly n: number }, b: { readonly n: number }): number {
  return (a.n * b.n) / (a.n + b.n);
}

/** The moments of x (or y) alone. */
export function marginal(pair: PairMoments, side: "x" | "y"): Moments {
  const { n, deviations, cubes } = pair;
  const [sum, sumSquares, own, cubed] =
    side === "x"
      ? [pair.sumX, pair.sumXX, deviations?.xx, cubes?.xxx]
      : [pair.sumY, pair.sumYY, deviations?.yy, cubes?.yyy];
  const squares = own === undefined ? {} : { deviations: own };
  return { n, sum, sumSquares, ...squares, ...(cubed === undefined ? {} : { cubes: cubed }) };
}

/**
 * Mean and sample variance (divisor n - 1). n >= 2.
 * Sums of squares lose digits when the mean is far larger than the spread: from about 1e6 standard
 * deviations on, give `deviations`, or subtract a constant from the data first.
 * @example summarizeMoments({ n: 3, sum: 6, sumSquares: 14 }) // { n: 3, mean: 2, variance: 1 }
 */
export function summarizeMoments(moments: Moments): ArmSummary {
  const { n, sum, sumSquares, deviations } = moments;
  requireDomain(n >= 2, "sample variance", `at least 2 users, got ${n}`);
  requireDomain(
    Number.isFinite(sum) && Number.isFinite(sumSquares),
    "sample variance",
    "finite sums",
  );
  const mean = sum / n;
  if (deviations !== undefined) {
    requireDomain(deviations >= 0, "sample variance", `deviations >= 0, got ${deviations}`);
    return { n, mean, variance: deviations / (n - 1) };
  }
  const centred = sumSquares - sum * mean;
  // Rounding may leave a tiny negative; a clearly negative one is no sum of squares of these.
  const slack = 1e-9 * Math.max(1, sumSquares);
  requireDomain(centred >= -slack, "sample variance", `sumSquares >= sum^2 / n, got ${sumSquares}`);
  // What is left of equal numbers after rounding is no variance.
  const rounding = 8 * Number.EPSILON * sumSquares;
  return { n, mean, variance: centred <= rounding ? 0 : centred / (n - 1) };
}

/**
 * A share and the variance p(1 - p) of one user's 0 or 1 (no n - 1: the binomial form).
 * @example summarizeShare(14, 28) // { n: 28, mean: 0.5, variance: 0.25 }
 */
export function summarizeShare(successes: number, n: number): ArmSummary {
  const valid = n >= 1 && successes >= 0 && successes <= n;
  requireDomain(valid, "share", `0 <= successes <= n, n >= 1, got ${successes} of ${n}`);
  const mean = successes / n;
  return { n, mean, variance: mean * (1 - mean) };
}

/**
 * Sample covariance of x and y (divisor n - 1). n >= 2.
 * @example covariance(pairMomentsOf([[1, 2], [3, 6]])) // 4
 */
export function covariance(pair: PairMoments): number {
  requireDomain(pair.n >= 2, "covariance", `at least 2 users, got ${pair.n}`);
  const { n, sumX, sumY, sumXY, deviations } = pair;
  return (deviations?.xy ?? sumXY - (sumX * sumY) / n) / (n - 1);
}
