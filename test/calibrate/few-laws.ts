// What users do in the designs with few held out: laws whose truth is known, and arms drawn from
// them. The few are drawn one by one; of the hundreds of thousands beside them the sums, which are
// normal to more digits than anybody reads.
import type { RandomStream } from "../../src/base/keystream.ts";
import {
  type Moments,
  type PairMoments,
  type QuantileSummary,
  quantileRanks,
} from "../../src/stats/index.ts";

/** Users with an outcome of which each has it with the chance p. */
export function drawCount(stream: RandomStream, n: number, p: number): number {
  if (p > 0.5) return n - drawCount(stream, n, 1 - p);
  const mean = n * p;
  if (mean > 400) {
    const drawn = Math.round(mean + stream.nextNormal() * Math.sqrt(mean * (1 - p)));
    return Math.min(n, Math.max(0, drawn));
  }
  // Gaps between users with the outcome are geometric.
  for (let [count, at] = [0, -1]; ; count++) {
    at += 1 + Math.floor(Math.log(1 - stream.nextFloat()) / Math.log1p(-p));
    if (at >= n) return count;
  }
}

/** A number and a count of each user, such as what he spent and on how many orders. */
export interface Law {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly truth: PairMoments;
}

/** Buyers among users, with log-normal baskets and one order or two. */
export function buyersLaw(
  stream: RandomStream,
  { buying, spread }: { readonly buying: number; readonly spread: number },
): Law {
  const users = 400_000;
  const [x, y] = [new Float64Array(users), new Float64Array(users)];
  for (let i = 0; i < users; i++) {
    if (stream.nextFloat() >= buying) continue;
    y[i] = stream.nextFloat() < 0.7 ? 1 : 2;
    for (let order = 0; order < y[i]!; order++) {
      x[i]! += 30 * Math.exp(spread * stream.nextNormal());
    }
  }
  return { x, y, truth: pairOf(x, y) };
}

/** Their sums are as good as normal beside those of the few. */
const MANY = 5_000;

/** The moments of n users of the law. */
export function drawPair(stream: RandomStream, { x, y, truth }: Law, n: number): PairMoments {
  if (n > MANY) return largePair(stream, truth, n);
  const [a, b] = [new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    const user = stream.nextInt(x.length);
    [a[i], b[i]] = [x[user]!, y[user]!];
  }
  return pairOf(a, b);
}

export function numberOf({ n, sumX, sumXX, cubes }: PairMoments): Moments {
  return { n, sum: sumX, sumSquares: sumXX, cubes: cubes!.xxx };
}

function largePair(stream: RandomStream, truth: PairMoments, n: number): PairMoments {
  const part = n / truth.n;
  const [meanX, meanY] = [truth.sumX / truth.n, truth.sumY / truth.n];
  const xx = truth.sumXX / truth.n - meanX ** 2;
  const xy = truth.sumXY / truth.n - meanX * meanY;
  const yy = truth.sumYY / truth.n - meanY ** 2;
  const [u, v] = [stream.nextNormal(), stream.nextNormal()];
  const x = meanX + u * Math.sqrt(xx / n);
  const along = xy / Math.sqrt(xx);
  const y = meanY + (u * along + v * Math.sqrt(yy - along ** 2)) / Math.sqrt(n);
  const { xxx, xxy, xyy, yyy } = truth.cubes!;
  return {
    ...{ n, sumX: n * x, sumY: n * y },
    ...{ sumXX: n * (xx + x * x), sumYY: n * (yy + y * y), sumXY: n * (xy + x * y) },
    cubes: { xxx: part * xxx, xxy: part * xxy, xyy: part * xyy, yyy: part * yyy },
  };
}

function pairOf(x: Float64Array, y: Float64Array): PairMoments {
  const n = x.length;
  let [sumX, sumY, sumXX, sumXY, sumYY] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [a, b] = [x[i]!, y[i]!];
    sumX += a;
    sumY += b;
    sumXX += a * a;
    sumXY += a * b;
    sumYY += b * b;
  }
  let [xxx, xxy, xyy, yyy] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [a, b] = [x[i]! - sumX / n, y[i]! - sumY / n];
    xxx += a * a * a;
    xxy += a * a * b;
    xyy += a * b * b;
    yyy += b * b * b;
  }
  return { n, sumX, sumY, sumXX, sumXY, sumYY, cubes: { xxx, xxy, xyy, yyy } };
}

/** Whole numbers from 0 on, each with its chance; the arm's quantile from how many have which. */
export function drawQuantile(
  stream: RandomStream,
  chances: readonly number[],
  n: number,
  q: number,
): QuantileSummary {
  let [left, rest] = [n, 1];
  const upTo: number[] = [];
  for (const chance of chances) {
    const count = rest <= chance ? left : drawCount(stream, left, chance / rest);
    left -= count;
    rest -= chance;
    upTo.push(n - left);
  }
  const at = (rank: number): number => upTo.findIndex((count) => rank < count);
  const { low, left: below, right, high, part } = quantileRanks(n, q)!;
  const quantile = at(below) + part * (at(right) - at(below));
  return { n, quantile, lower: at(low), upper: at(high) };
}
