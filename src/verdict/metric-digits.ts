// How many digits of a mean mean anything.
import { type Moments, summarizeMoments } from "../stats/moments.ts";

const MOST_DIGITS = 6;

/** Digits that show two figures of the mean's standard error. */
export function digitsOf(moments: Moments | undefined): number {
  if (moments === undefined || moments.n < 2) return 2;
  return digitsOfError(Math.sqrt(summarizeMoments(moments).variance / moments.n));
}

export function digitsOfError(error: number): number {
  const digits = error > 0 ? 1 - Math.floor(Math.log10(error)) : 2;
  return Math.max(0, Math.min(MOST_DIGITS, digits));
}

/** Digits that show two figures of an interval's width. */
export function moneyDigits(lower: number, upper: number): number {
  const width = upper - lower;
  if (!(width > 0)) return 2;
  return Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(width))));
}
