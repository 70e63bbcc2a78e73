// Which assumptions make the campaign worth what it cost: each moved alone until the net is zero,
// all else as drawn.
import type { CampaignDraws } from "../plan/campaign-draws.ts";
import { combine, type DrawInterval, type Uncertain } from "../stats/draws.ts";
import type { WorthDraws } from "./campaign-worth.ts";
import { lastSurvival } from "./kept-users.ts";
import { usersNeeded } from "./market-implied.ts";
import { medianInterval } from "./median-interval.ts";
import { amountEach, type OpenInterval, openInterval, timesEach } from "./open-interval.ts";

export interface BreakEven {
  readonly id: "users" | "margin" | "lifetime" | "cost" | "multiple";
  readonly title: string;
  readonly unit: "users" | "money" | "months" | "times";
  readonly method: "cash flow" | "multiple";
  /** As assumed; null where it is no number. */
  readonly now: DrawInterval | null;
  /** Null: no number is enough. */
  readonly needed: OpenInterval;
  /** Whether more of it is better. */
  readonly better: "more" | "less";
}

/** Beyond fifty years nobody would call it a payback. */
const MONTHS_MOST = 600;

export function breakEvens(
  draws: CampaignDraws,
  worth: WorthDraws,
  multiple: Uncertain | null,
  lifetime: Uncertain,
  level: number,
): BreakEven[] {
  const times = combine(amountEach, worth.costAfterTax, worth.byCashFlow);
  const by = (each: Uncertain): OpenInterval =>
    openInterval(combine(timesEach, times, each), level);
  const now = (each: Uncertain): DrawInterval => medianInterval(each, level);
  const cashFlow: BreakEven[] = [
    {
      ...{ id: "users", title: "kept users", unit: "users", method: "cash flow", better: "more" },
      now: now(draws.kept),
      needed: openInterval(usersNeeded(worth.costAfterTax, worth.byCashFlow, draws.kept), level),
    },
    {
      ...{ id: "margin", title: "margin a user and month", unit: "money", better: "more" },
      ...{ method: "cash flow", now: now(draws.marginPerMonth), needed: by(draws.marginPerMonth) },
    },
    {
      ...{ id: "lifetime", title: "months that users count", unit: "months", better: "more" },
      method: "cash flow",
      now: Number.isFinite(lifetime.point) ? now(lifetime) : null,
      needed: openInterval(monthsNeeded(draws, worth), level),
    },
    {
      ...{ id: "cost", title: "cost, before tax", unit: "money", better: "less" },
      ...{ method: "cash flow", now: now(worth.cost) },
      needed: openInterval(
        combine((value, rate) => Math.max(0, value / (1 - rate)), worth.byCashFlow, worth.tax),
        level,
      ),
    },
  ];
  if (multiple === null || worth.byMultiple === null) return cashFlow;
  const needed = combine(amountEach, worth.costAfterTax, worth.byMultiple);
  return [
    ...cashFlow,
    {
      ...{ id: "multiple", title: "multiple of a year's margin", unit: "times", better: "more" },
      ...{ method: "multiple", now: now(multiple) },
      needed: openInterval(combine(timesEach, needed, multiple), level),
    },
  ];
}

/** Months that users must count for their cash flow to cover the cost; tax bears on both alike. */
function monthsNeeded(
  { activeByMonth, marginPerMonth, discount: yearly }: CampaignDraws,
  { cost }: WorthDraws,
): Uncertain {
  const active = new Array<number>(activeByMonth.length);
  const first = (
    users: (m: number) => number,
    spent: number,
    margin: number,
    rate: number,
  ): number => {
    for (let m = 0; m < active.length; m++) active[m] = users(m);
    const survival = lastSurvival(active);
    let [sum, last] = [0, 0];
    const month = (1 + rate) ** (-1 / 12);
    let discount = Math.sqrt(month) * margin;
    for (let m = 0; m < MONTHS_MOST; m++) {
      last = m < active.length ? active[m]! : last * survival;
      if (last <= 0 && m >= active.length) break;
      sum += last * discount;
      discount *= month;
      if (sum >= spent) return m + 1;
    }
    return Number.POSITIVE_INFINITY;
  };
  const draws = cost.draws.map((spent, i) =>
    first((m) => activeByMonth[m]!.draws[i]!, spent, marginPerMonth.draws[i]!, yearly.draws[i]!),
  );
  const at = (m: number): number => activeByMonth[m]!.point;
  return { point: first(at, cost.point, marginPerMonth.point, yearly.point), draws };
}
