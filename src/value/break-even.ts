// What must a kept user contribute each month so that the cost is covered after some months?
import { assert } from "../base/assert.ts";
import { combine, type Uncertain } from "../stats/draws.ts";

/**
 * Yuan a kept user and month, nobody leaving in between.
 * @param cost million yuan
 * @param keptUsers millions
 * @example 3,000 over 15.6 million users and 12 months // 16.0
 */
export function breakEvenPerMonth(cost: Uncertain, keptUsers: Uncertain, months = 12): Uncertain {
  assert(months > 0, `expected months above 0, got ${months}`);
  return combine((amount, users) => amount / (users * months), cost, keptUsers);
}
