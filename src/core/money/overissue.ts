// Over-issue as a definition states it, and the ceiling that follows from it.

import type { Books } from "./books.ts";

/** What is given out beyond the budget counts on a part never being redeemed. */
export interface OverissueDefinition {
  /** At most so many times the budget is out and spent at once. 1 to 10, in steps of 0.0001. */
  factor: number;
  /** The share of what is given out that is expected to be redeemed, and its deviation. */
  redeemedShare: number;
  deviation: number;
  /** The chance that a holder is refused is at most so large. */
  atMost: number;
}

const FACTOR_STEPS = 10_000;

/** The most that may be out and spent at once, to the minor unit. */
export function ceilingOf({
  budgetMinor,
  overissue,
}: {
  budgetMinor: number;
  overissue?: OverissueDefinition;
}): number {
  if (overissue === undefined) return budgetMinor;
  const steps = BigInt(Math.round(overissue.factor * FACTOR_STEPS));
  return Number((BigInt(budgetMinor) * steps) / BigInt(FACTOR_STEPS));
}

/**
 * What may be given out although the budget does not hold it: less with all that expired, for
 * over-issue counted on it already. So once that is used up only what the budget covers goes out.
 */
export function beyondMinor({
  books,
  ceilingMinor,
}: {
  books: Pick<Books, "budgetMinor" | "lapsedMinor">;
  ceilingMinor: number;
}): number {
  return Math.max(0, ceilingMinor - books.budgetMinor - books.lapsedMinor);
}
