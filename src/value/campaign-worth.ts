// What the campaign is worth to its owners after tax, in two ways: the kept users' cash flow with
// their churn, and a year of their margin at a multiple, as sums of the parts have it. The second
// counts every kept user as if he stayed as long as the multiple says.
import type { CampaignDraws } from "../plan/campaign-draws.ts";
import { combine, type DrawInterval, drawShare, type Uncertain } from "../stats/draws.ts";
import { discountedMonths } from "./kept-users.ts";
import { medianInterval } from "./median-interval.ts";
import { costOf } from "./unit-economics.ts";

export interface Worth {
  /** After tax, major units. */
  readonly value: DrawInterval;
  readonly cost: DrawInterval;
  readonly net: DrawInterval;
  readonly perShare: DrawInterval;
  readonly costPerShare: DrawInterval;
  /** Share of the draws in which it is worth its cost. */
  readonly chance: number;
}

/** Draws that the readings share. */
export interface WorthDraws {
  readonly tax: Uncertain;
  /** Before tax, own margin lost included. */
  readonly cost: Uncertain;
  readonly costAfterTax: Uncertain;
  /** Discounted active months of all kept users. */
  readonly months: Uncertain;
  readonly byCashFlow: Uncertain;
  /** The same of one kept user. */
  readonly monthsEach: Uncertain;
  /** The multiple of a year's margin that the cash flow comes to. */
  readonly years: Uncertain;
  /** Null: no multiple was found. */
  readonly byMultiple: Uncertain | null;
}

export interface WorthQuestion {
  /** Rate, of cost and margin alike. */
  readonly tax: Uncertain;
  /** Months that a kept user counts; Infinity: for ever. */
  readonly months: Uncertain;
}

export function worthDraws(
  draws: CampaignDraws,
  { tax, months: lifetime }: WorthQuestion,
  multiple: Uncertain | null,
): WorthDraws {
  const months = discountedMonths(draws.activeByMonth, {
    months: lifetime,
    discount: draws.discount,
  });
  const monthsEach = combine((m, users) => (users === 0 ? 0 : m / users), months, draws.kept);
  const cost = costOf(draws);
  const year = combine((users, margin) => users * margin * 12, draws.kept, draws.marginPerMonth);
  return {
    ...{ cost, months, tax },
    costAfterTax: combine((spent, rate) => spent * (1 - rate), cost, tax),
    byCashFlow: combine(
      (m, margin, rate) => m * margin * (1 - rate),
      ...[months, draws.marginPerMonth, tax],
    ),
    monthsEach,
    years: combine((m) => m / 12, monthsEach),
    byMultiple:
      multiple === null
        ? null
        : combine((earned, rate, times) => earned * (1 - rate) * times, ...[year, tax, multiple]),
  };
}

export function worthOfDraws(
  value: Uncertain,
  cost: Uncertain,
  shares: Uncertain,
  level: number,
): Worth {
  const net = combine((gained, spent) => gained - spent, value, cost);
  const each = (all: Uncertain): Uncertain => combine((own, of) => own / of, all, shares);
  return {
    value: medianInterval(value, level),
    cost: medianInterval(cost, level),
    net: medianInterval(net, level),
    perShare: medianInterval(each(net), level),
    costPerShare: medianInterval(each(cost), level),
    chance: drawShare(net, (left) => left >= 0),
  };
}
