// What a move of the share's price would need in kept users and their margin to be about the
// campaign: a discounted cash flow read backwards.
import { assert } from "../base/assert.ts";
import { combine, type DrawInterval, drawInterval, type Uncertain } from "../stats/draws.ts";
import { amountEach, type OpenInterval, openInterval, timesEach } from "./open-interval.ts";
import { priceMove } from "./price-move.ts";

export interface MarketMove {
  /** The day, as 2026-02-04. */
  readonly day: string;
  readonly currency: string;
  readonly price: number;
  /** A ratio, such as -.029. */
  readonly move: number;
  /** Units of the listing's currency for one of the campaign's. */
  readonly rate: number;
  readonly shares: number;
}

export interface ImpliedQuestion {
  readonly market: MarketMove;
  /** All of the campaign's cost, before tax. */
  readonly cost: Uncertain;
  readonly kept: Uncertain;
  readonly marginPerMonth: Uncertain;
  /** Discounted active months of all kept users. */
  readonly months: Uncertain;
  readonly tax: Uncertain;
}

export interface MarketImplied extends MarketMove {
  /** Of the listing's currency, and in the campaign's. */
  readonly marketValue: number;
  readonly moved: number;
  readonly movedHome: number;
  /** Size of the move over the cost before tax. */
  readonly timesCost: DrawInterval;
  /** The most that a campaign can lose is what it costs after tax: this part of the move. */
  readonly costOfMove: DrawInterval;
  /** To be worth its cost, and to be worth the size of the move beside its cost. */
  readonly toCoverCost: Needed;
  readonly toJustifyMove: Needed;
}

/** What is needed with all else as it is; null is more than any number. */
export interface Needed {
  readonly users: OpenInterval;
  readonly marginPerMonth: OpenInterval;
  /** Users and margin both as drawn, times this. */
  readonly multiple: OpenInterval;
}

export function marketImplied(question: ImpliedQuestion, level?: number): MarketImplied {
  const { market, cost, tax } = question;
  assert(tax.point >= 0 && tax.point < 1, `expected a tax rate of 0 to 1, got ${tax.point}`);
  const { price, move, rate, shares } = market;
  const { marketValue, moved } = priceMove(shares, price, move, cost.point, rate);
  const movedHome = moved / rate;
  const size = Math.abs(movedHome);
  const afterTax = combine((spent, rate) => spent * (1 - rate), cost, tax);
  const times = combine((spent) => (spent > 0 ? size / spent : Number.POSITIVE_INFINITY), cost);
  return {
    ...market,
    marketValue,
    moved,
    movedHome,
    timesCost: drawInterval(times, level),
    costOfMove: drawInterval(
      combine((spent) => (size > 0 ? spent / size : 0), afterTax),
      level,
    ),
    toCoverCost: neededFor(afterTax, question, level),
    toJustifyMove: neededFor(
      combine((spent) => spent + size, afterTax),
      question,
      level,
    ),
  };
}

/** How many times the kept users' value after tax is needed to come to an amount. */
export function timesNeeded(
  amount: Uncertain,
  question: Omit<ImpliedQuestion, "market">,
): Uncertain {
  const { marginPerMonth, months, tax } = question;
  const worth = combine((m, own, rate) => m * own * (1 - rate), months, marginPerMonth, tax);
  return combine(amountEach, amount, worth);
}

export function neededFor(
  amount: Uncertain,
  question: Omit<ImpliedQuestion, "market">,
  level?: number,
): Needed {
  const times = timesNeeded(amount, question);
  const of = (each: Uncertain): OpenInterval =>
    openInterval(combine(timesEach, times, each), level);
  return {
    users: of(question.kept),
    marginPerMonth: of(question.marginPerMonth),
    multiple: openInterval(times, level),
  };
}
