// Where a campaign stands in the profit and loss statement, and when. Rewards are booked when they
// are redeemed, or when they are granted less what will never be redeemed (breakage); both come to
// the same in the end, not in the same quarter.
import { assert } from "../base/assert.ts";
import type { CampaignDraws } from "../plan/campaign-draws.ts";
import { combine, type Uncertain } from "../stats/draws.ts";
import { type DayPeriod, dayNumber, monthShares } from "./calendar-days.ts";
import { sumOf, weightedSum } from "./draw-sums.ts";

/** Shares of an amount by line of the statement; they add up to 1. */
export interface LineSplit {
  readonly salesAndMarketing: number;
  /** Less revenue: what customers are given back of what they pay. */
  readonly contraRevenue: number;
  readonly costOfRevenue: number;
}

export interface Accounting {
  readonly bookedAt: "redemption" | "grant";
  readonly rewards: LineSplit;
  /** Calls of models, fees, marketing beside the rewards. */
  readonly otherCost: LineSplit;
}

/** What a campaign moves in a period, major units; costs and gains both above zero. */
export interface BookedLines {
  readonly contraRevenue: Uncertain;
  readonly costOfRevenue: Uncertain;
  readonly salesAndMarketing: Uncertain;
  /** Own margin lost with orders that would have been paid in full. */
  readonly marginLost: Uncertain;
  /** Margin of the users whom the campaign kept. */
  readonly contribution: Uncertain;
}

export function bookedIn(
  draws: CampaignDraws,
  accounting: Accounting,
  period: DayPeriod,
): BookedLines {
  requireSplit(accounting.rewards);
  requireSplit(accounting.otherCost);
  const { count } = draws;
  const money = sharesOf(draws, draws.granted.length, period, draws.redeemedByDay);
  const rewards = weightedSum(bookedRewards(draws, accounting.bookedAt), money, count);
  const other = weightedSum(draws.otherCost, money, count);
  const active = weightedSum(
    draws.activeByMonth,
    sharesOf(draws, draws.activeByMonth.length, period),
    count,
  );
  const line = (name: keyof LineSplit): Uncertain => {
    const [ofRewards, ofOther] = [accounting.rewards[name], accounting.otherCost[name]];
    return combine((a, b) => a * ofRewards + b * ofOther, rewards, other);
  };
  return {
    contraRevenue: line("contraRevenue"),
    costOfRevenue: line("costOfRevenue"),
    salesAndMarketing: line("salesAndMarketing"),
    marginLost: weightedSum(draws.cannibalised, money, count),
    contribution: combine((users, margin) => users * margin, active, draws.marginPerMonth),
  };
}

/** What the lines do to operating profit (and EBITA) together. */
export function effectOnProfit(lines: BookedLines): Uncertain {
  return combine(
    (contribution, contra, cost, marketing, lost) =>
      contribution - contra - cost - marketing - lost,
    lines.contribution,
    lines.contraRevenue,
    lines.costOfRevenue,
    lines.salesAndMarketing,
    lines.marginLost,
  );
}

/** The share of what was granted that is never redeemed. */
export function breakageOf({ granted, redeemed, count }: CampaignDraws): Uncertain {
  return combine(
    (given, spent) => (given > 0 ? 1 - spent / given : 0),
    sumOf(granted, count),
    sumOf(redeemed, count),
  );
}

function bookedRewards(draws: CampaignDraws, at: Accounting["bookedAt"]): readonly Uncertain[] {
  if (at === "redemption") return draws.redeemed;
  const broken = breakageOf(draws);
  return draws.granted.map((month) => combine((given, b) => given * (1 - b), month, broken));
}

function sharesOf(
  { starts, monthDays }: CampaignDraws,
  count: number,
  period: DayPeriod,
  byDay?: readonly number[],
): number[] {
  const start = dayNumber(starts);
  assert(start !== null, `expected the campaign to start on a day, got ${starts}`);
  return monthShares({ start, count, monthDays, byDay }, period);
}

function requireSplit({ salesAndMarketing, contraRevenue, costOfRevenue }: LineSplit): void {
  const sum = salesAndMarketing + contraRevenue + costOfRevenue;
  assert(Math.abs(sum - 1) < 1e-9, `expected shares of lines that add up to 1, got ${sum}`);
}
