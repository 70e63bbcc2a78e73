// Present values in closed form. Money of a month comes all through it, so its middle counts.
import { assert } from "../base/assert.ts";

/**
 * What 1 at the end of each of `periods` periods is worth today.
 * @example annuityFactor(0.1, 3) // 2.486852
 */
export function annuityFactor(rate: number, periods: number): number {
  assert(rate > -1, `expected a rate above -1, got ${rate}`);
  return geometricSum(1 / (1 + rate), periods);
}

/**
 * What 1 at the end of the first period is worth today, when each later one is `survival` times the
 * one before, for ever: 1 / (1 + rate - survival).
 * @example decayingPerpetuity(0.1, 0.8) // 3.333333
 */
export function decayingPerpetuity(rate: number, survival: number): number {
  assert(survival >= 0 && survival < 1 + rate, "expected what survives to grow less than the rate");
  return 1 / (1 + rate - survival);
}

/** ratio + ratio² + … of `count` terms, which may be Infinity where 0 <= ratio < 1. */
export function geometricSum(ratio: number, count: number): number {
  if (count <= 0) return 0;
  if (count === Number.POSITIVE_INFINITY) {
    assert(ratio >= 0 && ratio < 1, `expected a ratio below 1, got ${ratio}`);
    return ratio / (1 - ratio);
  }
  // expm1 and log1p keep the digits where the ratio is near 1.
  if (ratio === 1) return count;
  if (ratio <= 0) return ratio === 0 ? 0 : (ratio * (1 - ratio ** count)) / (1 - ratio);
  const log = Math.log(ratio);
  return (ratio * Math.expm1(count * log)) / Math.expm1(log);
}

/** What money of month `month` (0 = the first) is worth at the start. */
export function monthDiscount(month: number, yearlyRate: number): number {
  return (1 + yearlyRate) ** (-(month + 0.5) / 12);
}
