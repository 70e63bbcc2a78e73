// What more money buys: kept users against the budget, and where the next yuan is not worth it.
import type { CampaignSample, PlannedNumber } from "../monte-carlo/campaign-sample.ts";

/** Budgets that are tried, as multiples of the plan's. */
export const BUDGETS_TRIED: readonly number[] = [
  0.05, 0.1, 0.2, 0.33, 0.5, 0.67, 0.85, 1, 1.2, 1.5, 2, 2.5, 3,
];

export interface ResponsePoint {
  readonly budget: number;
  readonly cost: PlannedNumber;
  readonly kept: PlannedNumber;
  readonly net: PlannedNumber;
  /** Means over the draws. */
  readonly meanCost: number;
  readonly meanKept: number;
  readonly meanNet: number;
  /** Of the means: cost of one more kept user on the way here from the point before. */
  readonly marginalCost: number;
}

export interface Response {
  readonly points: readonly ResponsePoint[];
  /**
   * The largest budget tried up to which one more kept user costs no more than he contributes on
   * average; null if even the first does.
   */
  readonly worthUpTo: number | null;
  /** The first budget from which on a kept user costs twice what the ones before did on average. */
  readonly diminishesFrom: number | null;
}

/** @param samples of the budgets, ascending; each drawn with the same numbers */
export function responseOf(
  budgets: readonly number[],
  samples: readonly CampaignSample[],
): Response {
  const points: ResponsePoint[] = [];
  let [costBefore, keptBefore] = [0, 0];
  let worthUpTo: number | null = null;
  let diminishesFrom: number | null = null;
  let isWorth = true;
  samples.forEach((sample, i) => {
    const [cost, kept] = [sample.mean("cost"), sample.mean("kept")];
    const marginalCost = ratio(cost - costBefore, kept - keptBefore);
    points.push({
      budget: budgets[i]!,
      cost: sample.number("cost"),
      kept: sample.number("kept"),
      net: sample.number("net"),
      ...{ meanCost: cost, meanKept: kept, meanNet: sample.mean("net") },
      marginalCost,
    });
    isWorth &&= marginalCost <= sample.mean("lifetimeValue");
    if (isWorth) worthUpTo = budgets[i]!;
    const isDouble = i > 0 && marginalCost >= 2 * ratio(costBefore, keptBefore);
    if (isDouble) diminishesFrom ??= budgets[i]!;
    [costBefore, keptBefore] = [cost, kept];
  });
  return { points, worthUpTo, diminishesFrom };
}

/** Money that keeps nobody more is endless; where nothing changes any more it costs nothing. */
function ratio(money: number, users: number): number {
  if (users > 0) return Math.max(0, money) / users;
  return money > 0 ? Number.POSITIVE_INFINITY : 0;
}
