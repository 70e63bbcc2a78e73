// What becomes of a user under given circumstances: one of the four potential outcomes.
import { activeDays, isActive, pathAt } from "./activity.ts";
import { type People, type Segment, segmentOf } from "./population.ts";

/** What happened to a user: reached by the campaign before it began, and given a reward. */
export interface Circumstances {
  readonly contacted: boolean;
  readonly treated: boolean;
}

export interface UserOutcome {
  readonly user: number;
  readonly segment: Segment;
  /** Seen at least once in the campaign's days. */
  readonly came: boolean;
  /**
   * Day from which D1, D7 and D30 count: contact (day 0) for the audience, else the first visit.
   */
  readonly anchorDay: number;
  /** Campaign days with a visit; day 0 is the first. */
  readonly activeDays: readonly number[];
  readonly d1: boolean;
  readonly d7: boolean;
  readonly d30: boolean;
  /** Orders within 30 days: with a card, and from the own pocket. */
  readonly orders: number;
  readonly ordersWithCard: number;
  readonly ordersPaid: number;
}

/** What an effect can be about. `kept` is active on the 30th day, the D30 of the reports. */
export type Metric = "came" | "d1" | "d7" | "d30" | "orders" | "ordersPaid";

export const metrics: readonly Metric[] = ["came", "d1", "d7", "d30", "orders", "ordersPaid"];

export interface Outcomes {
  readonly people: People;
  /** Cards that each person would spend if rewarded. */
  readonly cardsSpent: Uint8Array;
  /** Day of each bot's one claim. */
  readonly botDay: Uint8Array;
  readonly campaignDays: number;
}

export function anchorDayOf(people: People, user: number): number {
  return user < people.audience ? 0 : Math.max(0, people.arrivalDay[user]!);
}

/** One metric of one user, as a number; cheap, for sums over everybody. */
export function metricOf(
  from: Outcomes,
  user: number,
  given: Circumstances,
  metric: Metric,
): number {
  const { people } = from;
  if (user >= people.count) return metric === "came" ? 1 : 0;
  const at = pathAt(user, given.contacted, given.treated);
  const anchor = anchorDayOf(people, user);
  switch (metric) {
    case "came":
      return cameAt(from, at) ? 1 : 0;
    case "d1":
      return isActive(people.paths, at, anchor + 1) ? 1 : 0;
    case "d7":
      return isActive(people.paths, at, anchor + 7) ? 1 : 0;
    case "d30":
      return isActive(people.paths, at, anchor + 30) ? 1 : 0;
    case "ordersPaid":
      return ordersPaidBy(from, user, given.treated, at);
    case "orders":
      return ordersPaidBy(from, user, given.treated, at) + cardsBy(from, user, given.treated, at);
  }
}

export function outcomeOf(from: Outcomes, user: number, given: Circumstances): UserOutcome {
  const { people } = from;
  const value = (metric: Metric): number => metricOf(from, user, given, metric);
  const bot = user >= people.count;
  const days = bot
    ? [from.botDay[user - people.count]!]
    : activeDays(people.paths, pathAt(user, given.contacted, given.treated));
  return {
    user,
    segment: segmentOf(people, user),
    came: value("came") === 1,
    anchorDay: bot ? days[0]! : anchorDayOf(people, user),
    activeDays: days,
    d1: value("d1") === 1,
    d7: value("d7") === 1,
    d30: value("d30") === 1,
    orders: value("orders"),
    ordersWithCard: value("orders") - value("ordersPaid"),
    ordersPaid: value("ordersPaid"),
  };
}

function cameAt(from: Outcomes, at: number): boolean {
  for (let day = 0; day < from.campaignDays; day++) {
    if (isActive(from.people.paths, at, day)) return true;
  }
  return false;
}

/** Existing users order anyway; everybody else only if they came. */
function ordersPaidBy(from: Outcomes, user: number, treated: boolean, at: number): number {
  const { people } = from;
  if (user >= people.existing && !cameAt(from, at)) return 0;
  const rewarded = treated && cameAt(from, at);
  return rewarded ? people.ownOrdersRewarded[user]! : people.ownOrders[user]!;
}

function cardsBy(from: Outcomes, user: number, treated: boolean, at: number): number {
  return treated && cameAt(from, at) ? from.cardsSpent[user]! : 0;
}
