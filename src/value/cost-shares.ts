// How large is a campaign against the quarter that bears it? Its cost as a share of revenue, of
// sales and marketing, of EBITA, and of what EBITA fell by.
import { assert } from "../base/assert.ts";
import { combine, type Uncertain } from "../stats/draws.ts";
import type { Quarter } from "./quarter.ts";

export interface CostShares {
  readonly ofRevenue: Uncertain;
  readonly ofSalesAndMarketing: Uncertain;
  readonly ofAdjustedEbita: Uncertain;
  /**
   * The most that the campaign can explain of the fall in adjusted EBITA against a year earlier.
   */
  readonly ofEbitaFall: Uncertain;
}

/** @param cost million yuan, all of it borne in this quarter */
export function costShares(cost: Uncertain, quarter: Quarter): CostShares {
  const fall = quarter.adjustedEbitaYearBefore - quarter.adjustedEbita;
  assert(fall > 0, `expected EBITA to have fallen, it moved by ${-fall}`);
  const over = (base: number): Uncertain => combine((amount) => amount / base, cost);
  return {
    ofRevenue: over(quarter.revenue),
    ofSalesAndMarketing: over(quarter.salesAndMarketing),
    ofAdjustedEbita: over(quarter.adjustedEbita),
    ofEbitaFall: over(fall),
  };
}
