// What a move of the share's price would need in kept users and their margin to be about the
// campaign: a discounted cash flow read backwards.
import { combine, type DrawInterval, type Uncertain } from "../stats/draws.ts";
import { medianInterval } from "./median-interval.ts";
import { amountEach, type OpenInterval, openInterval, timesEach } from "./open-interval.ts";

/** What the price was of, and when. */
export interface Listing {
  /** The day of the move, as 2026-02-04. */
  readonly day: string;
  readonly currency: string;
  readonly per: "share" | "ADS";
  /** Before the move, such as the close of the day before; or after it. */
  readonly priceTaken: "before" | "after";
}

export interface MarketMove extends Listing {
  readonly price: Uncertain;
  /** A ratio, such as -.029. */
  readonly move: Uncertain;
  /** Units of the listing's currency for one of the campaign's. */
  readonly rate: Uncertain;
  /** Ordinary ones, and how many of them the price is of. */
  readonly shares: Uncertain;
  readonly sharesPerPrice: number;
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

export interface MarketImplied extends Listing {
  readonly price: DrawInterval;
  readonly move: DrawInterval;
  readonly rate: DrawInterval;
  readonly shares: DrawInterval;
  /** At the price; of the listing's currency. */
  readonly marketValue: DrawInterval;
  /** Of the value before the move: in the listing's currency, and in the campaign's. */
  readonly moved: DrawInterval;
  readonly movedHome: DrawInterval;
  /** Size of the move over the cost before tax. */
  readonly timesCost: DrawInterval;
  /** What the campaign can lose of the move: its cost after tax, and users whom it drove away. */
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
  const { price, move, rate, shares, sharesPerPrice, priceTaken } = market;
  const marketValue = combine((own, all) => (own * all) / sharesPerPrice, price, shares);
  const moved = combine(
    (value, by) => (priceTaken === "after" ? value / (1 + by) : value) * by,
    ...[marketValue, move],
  );
  const movedHome = combine((own, per) => own / per, moved, rate);
  const size = combine(Math.abs, movedHome);
  const afterTax = combine((spent, rate) => spent * (1 - rate), cost, tax);
  const lost = combine((spent, worth) => spent - Math.min(0, worth), afterTax, worthOf(question));
  const interval = (each: Uncertain): DrawInterval => medianInterval(each, level);
  const ratio = (a: number, b: number): number => (b > 0 ? a / b : 0);
  return {
    ...{ day: market.day, currency: market.currency, per: market.per, priceTaken },
    ...{ price: interval(price), move: interval(move), rate: interval(rate) },
    ...{ shares: interval(shares), marketValue: interval(marketValue) },
    ...{ moved: interval(moved), movedHome: interval(movedHome) },
    timesCost: interval(combine(ratio, size, cost)),
    costOfMove: interval(combine(ratio, lost, size)),
    toCoverCost: neededFor(afterTax, question, level),
    toJustifyMove: neededFor(
      combine((spent, own) => spent + own, afterTax, size),
      question,
      level,
    ),
  };
}

/** The kept users' value after tax. */
function worthOf({ months, marginPerMonth, tax }: Omit<ImpliedQuestion, "market">): Uncertain {
  return combine((m, own, rate) => m * own * (1 - rate), months, marginPerMonth, tax);
}

function neededFor(
  amount: Uncertain,
  question: Omit<ImpliedQuestion, "market">,
  level?: number,
): Needed {
  const worth = worthOf(question);
  const times = combine(amountEach, amount, worth);
  return {
    users: openInterval(usersNeeded(amount, worth, question.kept), level),
    marginPerMonth: openInterval(combine(timesEach, times, question.marginPerMonth), level),
    multiple: openInterval(times, level),
  };
}

/** So many users at what one is worth, which also a loss of users tells. */
export function usersNeeded(amount: Uncertain, worth: Uncertain, kept: Uncertain): Uncertain {
  return combine(
    (all, own, users) => amountEach(all, users === 0 ? 0 : own / users),
    ...[amount, worth, kept],
  );
}
