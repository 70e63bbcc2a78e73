// What a kept user costs and brings: CAC, lifetime value, their ratio, and the month in which the
// money is back; for the campaign and for each of its cohorts.
import type { CampaignDraws, CohortDraws } from "../plan/campaign-draws.ts";
import {
  combine,
  type DrawInterval,
  drawInterval,
  drawQuantile,
  drawShare,
  type Uncertain,
} from "../stats/draws.ts";
import { runningSums, sumOf } from "./draw-sums.ts";
import { discountedMonths, type LifetimeQuestion } from "./kept-users.ts";
import { amountEach, type OpenInterval, openInterval } from "./open-interval.ts";
import { paybackMonth } from "./payback-month.ts";

export interface UnitEconomics {
  readonly id: string;
  readonly title: string;
  /** By what the campaign is cut; null: the whole. */
  readonly by: string | null;
  /** All that was spent, and the own margin lost with it; major units. */
  readonly cost: DrawInterval;
  readonly kept: DrawInterval;
  /** Cost a user who would not be there without the campaign. */
  readonly cac: OpenInterval;
  /** Discounted margin of one such user over the stated lifetime, before tax. */
  readonly lifetimeValue: OpenInterval;
  readonly valueToCac: OpenInterval;
  readonly payback: Payback;
}

export interface Payback {
  /** First month by whose end the margin has covered the cost (1 = the first); null: none has. */
  readonly month: OpenInterval;
  /** Months that the draws run over. */
  readonly months: number;
  /** Chance that it has, by the end of month 1, 2, … */
  readonly chances: readonly number[];
  /** Margin less cost by the end of month 1, 2, …, all of the cost at the start. */
  readonly cumulated: readonly DrawInterval[];
  /** The middle half of the draws, with their median as the estimate. */
  readonly cumulatedHalf: readonly DrawInterval[];
}

export interface CohortQuestion extends Omit<CohortDraws, "by"> {
  readonly by: string | null;
  readonly marginPerMonth: Uncertain;
}

/** Everything that the campaign cost, own margin lost included. */
export function costOf({ redeemed, otherCost, cannibalised, count }: CampaignDraws): Uncertain {
  return sumOf([...redeemed, ...otherCost, ...cannibalised], count);
}

/** The campaign as one cohort, and each of those that are known. */
export function cohortQuestions(draws: CampaignDraws): CohortQuestion[] {
  const { kept, activeByMonth, marginPerMonth, cohorts = [] } = draws;
  const head = { by: null, id: "campaign", title: "campaign" };
  const whole = { ...head, cost: costOf(draws), kept, activeByMonth };
  return [whole, ...cohorts].map((cohort) => ({ ...cohort, marginPerMonth }));
}

export function unitEconomics(
  cohort: CohortQuestion,
  lifetime: LifetimeQuestion,
  level?: number,
): UnitEconomics {
  const { id, title, by, cost, kept, marginPerMonth } = cohort;
  const months = discountedMonths(cohort.activeByMonth, lifetime);
  const value = combine((active, margin) => active * margin, months, marginPerMonth);
  return {
    ...{ id, title, by },
    cost: drawInterval(cost, level),
    kept: drawInterval(kept, level),
    cac: openInterval(combine(amountEach, cost, kept), level),
    lifetimeValue: openInterval(
      combine((worth, users) => (users > 0 ? worth / users : 0), value, kept),
      level,
    ),
    valueToCac: openInterval(
      combine(
        (worth, spent) => (spent > 0 ? worth / spent : Number.POSITIVE_INFINITY),
        value,
        cost,
      ),
      level,
    ),
    payback: paybackOf(cohort, level),
  };
}

function paybackOf(cohort: CohortQuestion, level: number | undefined): Payback {
  const { cost, activeByMonth, marginPerMonth } = cohort;
  const margins = activeByMonth.map((active) => combine((a, m) => a * m, active, marginPerMonth));
  const byMonth = new Array<number>(margins.length);
  const first = (spent: number, at: (m: number) => number): number => {
    for (let m = 0; m < byMonth.length; m++) byMonth[m] = at(m);
    return paybackMonth(Math.max(0, spent), byMonth) ?? Number.POSITIVE_INFINITY;
  };
  const months: Uncertain = {
    point: first(cost.point, (m) => margins[m]!.point),
    draws: cost.draws.map((spent, i) => first(spent, (m) => margins[m]!.draws[i]!)),
  };
  const nets = runningSums(margins).map((sum) =>
    combine((earned, spent) => earned - spent, sum, cost),
  );
  return {
    month: openInterval(months, level),
    months: margins.length,
    chances: margins.map((_, m) => drawShare(months, (month) => month <= m + 1)),
    cumulated: nets.map((net) => drawInterval(net, level)),
    cumulatedHalf: nets.map(({ draws }) =>
      drawInterval({ point: drawQuantile(draws, 0.5), draws }, 0.5),
    ),
  };
}
