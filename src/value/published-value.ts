// The campaign in the company's figures, as one object: shares of the quarter, break-even a kept
// user and month, and the price move beside it. Cost and kept users come as draws, from the plan or
// from what was measured.
import { assert } from "../base/assert.ts";
import type { Published } from "../plan/published.ts";
import { type DrawInterval, drawInterval, type Uncertain } from "../stats/draws.ts";
import { breakEvenPerMonth } from "./break-even.ts";
import { costShares } from "./cost-shares.ts";
import { type PriceMove, priceMove } from "./price-move.ts";
import { type Quarter, quarterOf } from "./quarter.ts";

/**
 * Users whom somebody counts as kept, and how: the published plan, a naive or a causal estimate.
 */
export interface KeptBase {
  readonly title: string;
  /** Millions. */
  readonly users: Uncertain;
  /** Weakest evidence in it: A randomised and healthy … F before and after. */
  readonly grade: string;
}

export interface PublishedValue {
  readonly currency: string;
  readonly months: number;
  /** Million yuan. */
  readonly cost: DrawInterval;
  readonly quarter: Quarter;
  readonly shares: {
    readonly ofRevenue: DrawInterval;
    readonly ofSalesAndMarketing: DrawInterval;
    readonly ofAdjustedEbita: DrawInterval;
    readonly ofEbitaFall: DrawInterval;
  };
  readonly breakEven: readonly {
    readonly title: string;
    readonly grade: string;
    readonly users: DrawInterval;
    /** Yuan. */
    readonly costPerUser: DrawInterval;
    readonly perMonth: DrawInterval;
  }[];
  readonly priceMove: PriceMove;
  /** Where the quarter's figures stand. */
  readonly sources: readonly string[];
}

const quarterFigures = ["revenue", "salesAndMarketing", "adjustedEbita"] as const;

/** @param cost million yuan, at the size of the real campaign (not 1 : 1000) */
export function valueFromPublished(
  published: Published,
  cost: Uncertain,
  bases: readonly KeptBase[],
  months = 12,
): PublishedValue {
  assert(cost.point > 0, `expected a cost above 0, got ${cost.point}`);
  const quarter = quarterOf(published);
  const shares = costShares(cost, quarter);
  return {
    currency: published.file.currency,
    months,
    cost: drawInterval(cost),
    quarter,
    shares: {
      ofRevenue: drawInterval(shares.ofRevenue),
      ofSalesAndMarketing: drawInterval(shares.ofSalesAndMarketing),
      ofAdjustedEbita: drawInterval(shares.ofAdjustedEbita),
      ofEbitaFall: drawInterval(shares.ofEbitaFall),
    },
    breakEven: bases.map((base) => ({
      title: base.title,
      grade: base.grade,
      users: drawInterval(base.users),
      costPerUser: drawInterval(breakEvenPerMonth(cost, base.users, 1)),
      perMonth: drawInterval(breakEvenPerMonth(cost, base.users, months)),
    })),
    priceMove: priceMove(
      published.value("shares", "million shares"),
      published.value("sharePrice", "HKD"),
      published.value("sharePriceMove", "ratio"),
      cost.point,
      published.assumption("hkdPerCny", "HKD/CNY").point,
    ),
    sources: quarterFigures.map((id) => {
      const { date, source, note } = published.figure(id, "million CNY");
      return `${id}: ${source}, ${date}${note ? ` (${note})` : ""}`;
    }),
  };
}
