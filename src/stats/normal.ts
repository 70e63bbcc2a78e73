// The normal distribution, on stdlib's complementary error function (relative error near 1e-15
// also far out in the tails, where 1 - cdf would be zero).
import erfc from "@stdlib/math-base-special-erfc";
import quantile from "@stdlib/stats-base-dists-normal-quantile";
import { requireDomain } from "./domain.ts";

/**
 * Probability that a standard normal number is at most `z`. Any real `z`.
 * @example normalCdf(1.959963984540054) // 0.975
 */
export function normalCdf(z: number): number {
  return erfc(-z / Math.SQRT2) / 2;
}

/**
 * Density of a standard normal number at `z`.
 * @example normalDensity(0) // 0.3989422804014327
 */
export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/**
 * Two-sided p value of a standard normal statistic: how often |Z| is at least |z|.
 * @example normalTwoSidedP(-1.4078304151258787) // 0.15918129181156992 (statsmodels)
 */
export function normalTwoSidedP(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/**
 * The number that a standard normal number stays below with probability `p`, 0 < p < 1.
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  requireDomain(p > 0 && p < 1, "normal quantile", `a probability in (0, 1), got ${p}`);
  // Stdlib's quantile works on 1 - 2p and loses the far tails: Newton steps restore them.
  let z = quantile(p, 0, 1);
  for (let step = 0; step < 3; step++) {
    const density = normalDensity(z);
    if (density > 0) z -= (normalCdf(z) - p) / density;
  }
  return z;
}

/**
 * The same without the steps that restore the far tails: off by less than 1e-6 where p is at least
 * 1e-10 from 0 and 1, in a tenth of the time. For numbers drawn by the million.
 * @example normalScore(0.975) // 1.959963984540054
 */
export function normalScore(p: number): number {
  return quantile(p, 0, 1);
}
