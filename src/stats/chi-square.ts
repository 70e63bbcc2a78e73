// The upper tail of the chi-square distribution, on stdlib's incomplete gamma function.
import gammainc from "@stdlib/math-base-special-gammainc";
import { requireDomain } from "./domain.ts";

/**
 * How often a chi-square number with `df` degrees of freedom is at least `x`. x >= 0, df > 0.
 * @example chiSquareUpperTail(9.090909090909092, 1) // 0.0025688315270227
 */
export function chiSquareUpperTail(x: number, df: number): number {
  requireDomain(x >= 0 && df > 0, "chi-square tail", `x >= 0 and df > 0, got ${x} and ${df}`);
  return x === Number.POSITIVE_INFINITY ? 0 : gammainc(x / 2, df / 2, true, true);
}
