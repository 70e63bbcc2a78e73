// What the campaign is worth to its owners after tax, in two ways: the kept users' cash flow with
// their churn, and a year of their margin at a multiple, as sums of the parts have it. The second
// counts every kept user as if he stayed as long as the multiple says.
import type { CampaignDraws } from "../plan/campaign-draws.ts";
import {
  combine,
  type DrawInterval,
  drawInterval,
  drawShare,
  type Uncertain,
} from "../stats/draws.ts";
import { scaled } from "./draw-sums.ts";
import { discountedMonths } from "./kept-users.ts";
import { costOf } from "./unit-economics.ts";

export interface Worth {
  /** After tax, major units. */
  readonly value: DrawInterval;
  readonly cost: DrawInterval;
  readonly net: DrawInterval;
  readonly perShare: DrawInterval;
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
  const cost = costOf(draws);
  const year = combine((users, margin) => users * margin * 12, draws.kept, draws.marginPerMonth);
  return {
    ...{ cost, months, tax },
    costAfterTax: combine((spent, rate) => spent * (1 - rate), cost, tax),
    byCashFlow: combine(
      (m, margin, rate) => m * margin * (1 - rate),
      ...[months, draws.marginPerMonth, tax],
    ),
    years: combine((m, users) => (users > 0 ? m / (12 * users) : 0), months, draws.kept),
    byMultiple:
      multiple === null
        ? null
        : combine((earned, rate, times) => earned * (1 - rate) * times, ...[year, tax, multiple]),
  };
}

export function worthOfDraws(
  value: Uncertain,
  cost: Uncertain,
  shares: number,
  level: number,
): Worth {
  const net = combine((gained, spent) => gained - spent, value, cost);
  return {
    value: drawInterval(value, level),
    cost: drawInterval(cost, level),
    net: drawInterval(net, level),
    perShare: drawInterval(scaled(net, 1 / shares), level),
    chance: drawShare(net, (left) => left >= 0),
  };
}
