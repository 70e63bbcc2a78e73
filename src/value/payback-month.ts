// In which month has the cumulated contribution covered the cost?
import { assert } from "../base/assert.ts";

/**
 * The first month (1 = the first) whose cumulated contribution reaches the cost, or null if none
 * does.
 * @param contributions by month, in the cost's own money
 */
export function paybackMonth(cost: number, contributions: readonly number[]): number | null {
  assert(cost >= 0, `expected a cost of at least 0, got ${cost}`);
  let cumulated = 0;
  for (let month = 0; month < contributions.length; month++) {
    cumulated += contributions[month]!;
    if (cumulated >= cost) return month + 1;
  }
  return null;
}
