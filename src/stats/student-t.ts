// Student's t distribution, on stdlib's cdf and quantile. Tables: test against scipy.stats.t.
import cdf from "@stdlib/stats-base-dists-t-cdf";
import quantile from "@stdlib/stats-base-dists-t-quantile";
import { requireDomain } from "./domain.ts";
import { normalCdf, normalQuantile, normalTwoSidedP } from "./normal.ts";

/**
 * Probability that a t number with `df` degrees of freedom is at most `t`. df > 0 or Infinity.
 * @example studentCdf(2.306004135204165, 8) // 0.975
 */
export function studentCdf(t: number, df: number): number {
  requireDegrees(df);
  return df === Number.POSITIVE_INFINITY ? normalCdf(t) : cdf(t, df);
}

/**
 * Two-sided p value: how often |T| is at least |t|.
 * @example studentTwoSidedP(2, 30) // 0.05462
 */
export function studentTwoSidedP(t: number, df: number): number {
  requireDegrees(df);
  return df === Number.POSITIVE_INFINITY ? normalTwoSidedP(t) : 2 * cdf(-Math.abs(t), df);
}

/**
 * The number that T stays below with probability `p`, 0 < p < 1; df > 0 or Infinity.
 * @example studentQuantile(0.975, 8) // 2.306004135204165
 */
export function studentQuantile(p: number, df: number): number {
  requireDegrees(df);
  requireDomain(p > 0 && p < 1, "t quantile", `a probability in (0, 1), got ${p}`);
  return df === Number.POSITIVE_INFINITY ? normalQuantile(p) : quantile(p, df);
}

function requireDegrees(df: number): void {
  requireDomain(df > 0, "t distribution", `positive degrees of freedom, got ${df}`);
}
