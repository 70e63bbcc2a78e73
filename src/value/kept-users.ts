// What the kept users bring, discounted: month by month as the draws say, then on with the churn of
// their last months, up to the end of a stated lifetime or for ever.
import { assert } from "../base/assert.ts";
import type { CohortDraws } from "../plan/campaign-draws.ts";
import { combine, type Uncertain } from "../stats/draws.ts";
import { geometricSum, monthDiscount } from "./present-value.ts";

export interface LifetimeQuestion {
  /** Whole months that count, from the campaign's start; Infinity: for ever. */
  readonly months: Uncertain;
  readonly discount: Uncertain;
}

/** The last months' churn is read over at most so many. */
const CHURN_MONTHS = 6;

/** Active months of all kept users, discounted to the start: times a month's margin their value. */
export function discountedMonths(
  activeByMonth: CohortDraws["activeByMonth"],
  { months, discount }: LifetimeQuestion,
): Uncertain {
  assert(months.point > 0, `expected a lifetime above 0 months, got ${months.point}`);
  assert(activeByMonth.length > 0, "expected at least one month of active users");
  const active = new Array<number>(activeByMonth.length);
  const draws = new Float64Array(discount.draws.length);
  for (let i = 0; i < draws.length; i++) {
    for (let m = 0; m < active.length; m++) active[m] = activeByMonth[m]!.draws[i]!;
    draws[i] = worthOf(active, months.draws[i]!, discount.draws[i]!);
  }
  const points = activeByMonth.map(({ point }) => point);
  return { point: worthOf(points, months.point, discount.point), draws };
}

/** @param active users by month */
export function worthOf(active: readonly number[], months: number, yearlyRate: number): number {
  let sum = 0;
  const seen = Math.min(active.length, months);
  for (let m = 0; m < seen; m++) sum += active[m]! * monthDiscount(m, yearlyRate);
  if (months <= active.length) return sum;
  const ratio = lastSurvival(active) * (1 + yearlyRate) ** (-1 / 12);
  const last = active.at(-1)! * monthDiscount(active.length - 1, yearlyRate);
  if (last === 0 || ratio === 0) return sum;
  if (months === Number.POSITIVE_INFINITY && ratio >= 1) return last * Number.POSITIVE_INFINITY;
  return sum + last * geometricSum(ratio, months - active.length);
}

/** Share of the active who are there a month later, by the last months; nobody comes back. */
export function lastSurvival(active: readonly number[]): number {
  const span = Math.min(CHURN_MONTHS, active.length - 1);
  const [early, late] = [active.at(-1 - span)!, active.at(-1)!];
  if (span === 0) return 1;
  const ratio = late / early;
  return ratio > 0 ? Math.min(1, ratio ** (1 / span)) : 0;
}

/** The active users of the first `months` months: as drawn, then on with their last churn. */
export function carriedOn(activeByMonth: readonly Uncertain[], months: number): Uncertain[] {
  const carried = [...activeByMonth];
  if (carried.length >= months) return carried;
  const count = activeByMonth[0]!.draws.length;
  const survival = (of: (month: Uncertain) => number): number =>
    lastSurvival(activeByMonth.map(of));
  const stay: Uncertain = {
    point: survival(({ point }) => point),
    draws: Float64Array.from({ length: count }, (_, i) => survival(({ draws }) => draws[i]!)),
  };
  while (carried.length < months) {
    carried.push(combine((users, share) => users * share, carried.at(-1)!, stay));
  }
  return carried;
}
