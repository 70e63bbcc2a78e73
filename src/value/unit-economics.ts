// What a kept user costs and brings: CAC, lifetime value, their ratio, and the month in which the
// money is back; for the campaign and for each of its cohorts.
import type { CampaignDraws, CohortDraws } from "../plan/campaign-draws.ts";
import { combine, type DrawInterval, drawShare, type Uncertain } from "../stats/draws.ts";
import { runningSums, sumOf } from "./draw-sums.ts";
import { carriedOn, discountedMonths, type LifetimeQuestion } from "./kept-users.ts";
import { medianInterval, medianIntervals } from "./median-interval.ts";
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
  /**
   * Discounted margin of one such user over the stated lifetime, before tax, in the draws that keep
   * any; null where most keep nobody.
   */
  readonly lifetimeValue: OpenInterval;
  readonly valueToCac: OpenInterval;
  readonly payback: Payback;
}

export interface Payback {
  /** First month by whose end the margin has covered the cost (1 = the first); null: none has. */
  readonly month: OpenInterval;
  /** Months that were looked at: as long as users count, at most five years. */
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
    cost: medianInterval(cost, level),
    kept: medianInterval(kept, level),
    cac: openInterval(combine(amountEach, cost, kept), level),
    lifetimeValue: lifetimeValueOf(value, kept, level),
    valueToCac: openInterval(
      combine(
        (worth, spent) => (spent > 0 ? worth / spent : Number.POSITIVE_INFINITY),
        value,
        cost,
      ),
      level,
    ),
    payback: paybackOf(cohort, lifetime.months, level),
  };
}

function lifetimeValueOf(value: Uncertain, kept: Uncertain, level?: number): OpenInterval {
  const each = combine((worth, users) => (users > 0 ? worth / users : Number.NaN), value, kept);
  const draws = each.draws.filter((worth) => !Number.isNaN(worth));
  if (2 * draws.length < kept.draws.length) return { estimate: null, lower: null, upper: null };
  return openInterval({ point: each.point, draws }, level);
}

/** Whoever does not have his money back in five years will not wait for it. */
const PAYBACK_MONTHS = 60;

function paybackOf(
  cohort: CohortQuestion,
  lifetime: Uncertain,
  level: number | undefined,
): Payback {
  const { cost, marginPerMonth } = cohort;
  const longest = lifetime.draws.reduce((most, months) => Math.max(most, months), 1);
  const count = Math.min(PAYBACK_MONTHS, longest);
  const activeByMonth = carriedOn(cohort.activeByMonth, count).slice(0, count);
  const margins = activeByMonth.map((active, m) =>
    combine((a, own, months) => (m < months ? a * own : 0), active, marginPerMonth, lifetime),
  );
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
  const intervals = nets.map((net) => medianIntervals(net, [level, 0.5]));
  return {
    month: openInterval(months, level),
    months: margins.length,
    chances: margins.map((_, m) => drawShare(months, (month) => month <= m + 1)),
    cumulated: intervals.map(([whole]) => whole!),
    cumulatedHalf: intervals.map(([, half]) => half!),
  };
}
