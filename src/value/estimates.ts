// What the campaign does to the profit of a fiscal year and to earnings a share, against a base
// case of the reader's.
import { assert } from "../base/assert.ts";
import type { CampaignDraws } from "../plan/campaign-draws.ts";
import { combine, type DrawInterval, drawInterval, type Uncertain } from "../stats/draws.ts";
import { type Accounting, bookedIn, effectOnProfit } from "./booking.ts";
import type { DayPeriod } from "./calendar-days.ts";
import { scaled } from "./draw-sums.ts";

export interface FiscalYear extends DayPeriod {
  readonly id: string;
  /** Net profit without the campaign, major units; null: not found. */
  readonly baseProfit: number | null;
}

export interface EstimatesQuestion {
  readonly accounting: Accounting;
  readonly tax: Uncertain;
  /** Ordinary shares. */
  readonly shares: number;
  readonly years: readonly FiscalYear[];
}

export interface YearEffect {
  readonly id: string;
  readonly baseProfit: number | null;
  readonly beforeTax: DrawInterval;
  readonly afterTax: DrawInterval;
  /** A share, major units. */
  readonly baseEps: number | null;
  readonly perShare: DrawInterval;
  /** Of the base case's profit; null where there is none above zero. */
  readonly ofBase: DrawInterval | null;
}

export function estimatesOf(
  draws: CampaignDraws,
  question: EstimatesQuestion,
  level?: number,
): YearEffect[] {
  const { accounting, tax, shares, years } = question;
  assert(shares > 0, `expected shares above 0, got ${shares}`);
  return years.map((year) => {
    const { id, baseProfit } = year;
    const before = effectOnProfit(bookedIn(draws, accounting, year));
    const after = combine((effect, rate) => effect * (1 - rate), before, tax);
    const isComparable = baseProfit !== null && baseProfit > 0;
    return {
      id,
      baseProfit,
      beforeTax: drawInterval(before, level),
      afterTax: drawInterval(after, level),
      baseEps: baseProfit === null ? null : baseProfit / shares,
      perShare: drawInterval(scaled(after, 1 / shares), level),
      ofBase: isComparable
        ? drawInterval(
            combine((effect) => effect / baseProfit, after),
            level,
          )
        : null,
    };
  });
}
