// What the campaign does to the profit of a fiscal year and to earnings a share, against a base
// case of the reader's.
import { assert } from "../base/assert.ts";
import type { CampaignDraws } from "../plan/campaign-draws.ts";
import { combine, type DrawInterval, type Uncertain } from "../stats/draws.ts";
import { type Accounting, bookedIn, effectOnProfit } from "./booking.ts";
import type { DayPeriod } from "./calendar-days.ts";
import { medianInterval } from "./median-interval.ts";

export interface FiscalYear extends DayPeriod {
  readonly id: string;
  /** Net profit without the campaign, major units; null: not found. */
  readonly baseProfit: Uncertain | null;
}

export interface EstimatesQuestion {
  readonly accounting: Accounting;
  readonly tax: Uncertain;
  /** Ordinary shares. */
  readonly shares: Uncertain;
  /** Null: the company has none. */
  readonly perAds: number | null;
  readonly years: readonly FiscalYear[];
}

export interface YearEffect {
  readonly id: string;
  readonly baseProfit: DrawInterval | null;
  readonly beforeTax: DrawInterval;
  readonly afterTax: DrawInterval;
  /** Earnings an ordinary share, major units: without the campaign, what it moves, with it. */
  readonly baseEps: DrawInterval | null;
  readonly perShare: DrawInterval;
  readonly epsWith: DrawInterval | null;
  /** With the campaign, an ADS. */
  readonly epsWithPerAds: DrawInterval | null;
  /** Of the base case's profit; null where there is none above zero. */
  readonly ofBase: DrawInterval | null;
}

export function estimatesOf(
  draws: CampaignDraws,
  question: EstimatesQuestion,
  level?: number,
): YearEffect[] {
  const { accounting, tax, shares, perAds, years } = question;
  assert(
    shares.draws.every((each) => each > 0),
    "expected shares above 0",
  );
  const interval = (each: Uncertain): DrawInterval => medianInterval(each, level);
  return years.map((year) => {
    const { id, baseProfit } = year;
    const before = effectOnProfit(bookedIn(draws, accounting, year));
    const after = combine((effect, rate) => effect * (1 - rate), before, tax);
    const perShare = combine(each, after, shares);
    const own = { beforeTax: interval(before), afterTax: interval(after) };
    const all = { id, ...own, perShare: interval(perShare) };
    if (baseProfit === null) {
      return {
        ...all,
        ...{ baseProfit, baseEps: null, epsWith: null, epsWithPerAds: null, ofBase: null },
      };
    }
    const base = combine(each, baseProfit, shares);
    const together = combine((without, moved) => without + moved, base, perShare);
    const isComparable = baseProfit.draws.every((profit) => profit > 0);
    return {
      ...all,
      baseProfit: interval(baseProfit),
      baseEps: interval(base),
      epsWith: interval(together),
      epsWithPerAds:
        perAds === null ? null : interval(combine((earned) => earned * perAds, together)),
      ofBase: isComparable ? interval(combine(each, after, baseProfit)) : null,
    };
  });
}

function each(amount: number, of: number): number {
  return amount / of;
}
