// The beta distribution, on stdlib's incomplete beta function and quantile.
import betainc from "@stdlib/math-base-special-betainc";
import quantile from "@stdlib/stats-base-dists-beta-quantile";
import { requireDomain } from "./domain.ts";

/**
 * Probability that a Beta(a, b) number is at most `x`. a, b > 0, 0 <= x <= 1.
 * @example betaCdf(0.5, 2, 2) // 0.5
 */
export function betaCdf(x: number, a: number, b: number): number {
  requireShape(a, b);
  requireDomain(x >= 0 && x <= 1, "beta cdf", `a number in [0, 1], got ${x}`);
  return betainc(x, a, b, true, false);
}

/**
 * The number that a Beta(a, b) number stays below with probability `p`, 0 < p < 1.
 * @example betaQuantile(0.025, 500.5, 509.5) // 0.46473986813447
 */
export function betaQuantile(p: number, a: number, b: number): number {
  requireShape(a, b);
  requireDomain(p > 0 && p < 1, "beta quantile", `a probability in (0, 1), got ${p}`);
  return quantile(p, a, b);
}

function requireShape(a: number, b: number): void {
  const valid = a > 0 && b > 0 && Number.isFinite(a) && Number.isFinite(b);
  requireDomain(valid, "beta distribution", `positive shapes, got ${a} and ${b}`);
}
