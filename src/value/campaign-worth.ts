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
import type { ValueQuestion } from "./value-question.ts";

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
  /** Before tax, own margin lost included. */
  readonly cost: Uncertain;
  readonly costAfterTax: Uncertain;
  /** Discounted active months of all kept users. */
  readonly months: Uncertain;
  readonly byCashFlow: Uncertain;
  /** Null: no multiple was found. */
  readonly byMultiple: Uncertain | null;
}

export function worthDraws(
  draws: CampaignDraws,
  question: Pick<ValueQuestion, "taxRate" | "lifetimeMonths">,
  multiple: Uncertain | null,
): WorthDraws {
  const { taxRate, lifetimeMonths } = question;
  const months = discountedMonths(draws.activeByMonth, {
    months: lifetimeMonths ?? Number.POSITIVE_INFINITY,
    discount: draws.discount,
  });
  const cost = costOf(draws);
  const left = 1 - taxRate;
  return {
    ...{ cost, months, costAfterTax: scaled(cost, left) },
    byCashFlow: combine((m, margin) => m * margin * left, months, draws.marginPerMonth),
    byMultiple:
      multiple === null
        ? null
        : combine(
            (users, margin, times) => users * margin * 12 * left * times,
            draws.kept,
            draws.marginPerMonth,
            multiple,
          ),
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
