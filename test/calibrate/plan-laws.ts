// The numbers that a crowd's shape stands for: who comes on which day, who claims how often, who
// stays. Computed from its laws, as somebody would state them who knows the people and has not seen
// what they did.
import { habitShare, survivalCurve } from "../../src/crowd/retention.ts";
import type { CrowdShape } from "../../src/crowd/shape.ts";
import { type ClaimDays, comerDays, type DayLaws, existingDays } from "./plan-habits.ts";

/** A claimer's further cards: most want none, a ninth a few, one in two thousand all there are. */
export const SENDERS = 0.115;
export const GREEDY = 0.0005;
const ONE_MORE = 0.6;
const LATER_FALL = 0.78;
const SECOND_WAVE = 0.9;

/** The crowd in its own numbers, before a campaign file limits it. */
export interface CrowdLaws extends DayLaws {
  readonly existing: number;
  /** Lapsed and new users. */
  readonly comers: number;
  /** Claims of all people by day. */
  readonly claims: ClaimDays;
  readonly ofExisting: ClaimDays;
  readonly ofComers: ClaimDays;
  /** Further cards that a claimer wants on average, those aside who want all. */
  readonly further: number;
  readonly d1: number;
  readonly d30: number;
  readonly lift: number;
  readonly organic: number;
  readonly existingLift: number;
}

export function lawsOf(shape: CrowdShape): CrowdLaws {
  const laws = { days: shape.campaignDays, second: shape.waveTwoDay };
  const existing = existingDays(shape, laws);
  const known = shape.audienceExisting;
  const arrivals = arrivalsOf(shape, existing.activeFirst, existing.activeSecond);
  const byArrival = arrivals.map((_, day) => comerDays(shape, laws, day));
  const scaled = (days: ClaimDays, by: number): ClaimDays => ({
    first: days.first.map((x) => x * by),
    sameDay: days.sameDay.map((x) => x * by),
    laterDay: days.laterDay.map((x) => x * by),
    back: days.back.map((x) => x * by),
    lastDay: days.lastDay.map((x) => x * by),
  });
  const ofExisting = scaled(existing.claims, known);
  const ofComers = added(byArrival.map((days, day) => scaled(days, arrivals[day]!)));
  const comers = arrivals.reduce((sum, each) => sum + each, 0);
  const few = (1 - ONE_MORE ** (shape.cardsPerUserMax - 1)) / (1 - ONE_MORE);
  return {
    ...laws,
    ...{ existing: known, comers, ofExisting, ofComers, claims: added([ofExisting, ofComers]) },
    further: (SENDERS - GREEDY) * few,
    ...{ ...stayOf(shape, arrivals), existingLift: existing.lift },
  };
}

/** Arrivals of lapsed and new users, day by day: what the published counts leave to them. */
function arrivalsOf(shape: CrowdShape, first: number, second: number): number[] {
  const known = shape.audienceExisting;
  const day0 = shape.dailyUsersDay0 - known * first;
  const back = day0 * habitShare * survivalCurve(shape.retentionRewarded, 2)[1]!;
  const day1 = shape.dailyUsersDay1 - known * second - back;
  const rest = shape.usersTried - known - day0 - day1;
  const weights = Array.from({ length: shape.campaignDays - 2 }, (_, i) => {
    const day = i + 2;
    const isFirst = day < shape.waveTwoDay;
    return (isFirst ? 1 : SECOND_WAVE) * LATER_FALL ** (day - (isFirst ? 2 : shape.waveTwoDay));
  });
  const sum = weights.reduce((a, b) => a + b, 0);
  return [day0, day1, ...weights.map((weight) => (rest * weight) / sum)];
}

/** How many stay: D30 counts from the visit for new users, from day 0 for lapsed ones. */
function stayOf(shape: CrowdShape, arrivals: readonly number[]) {
  const days = arrivals.length + 31;
  const rewarded = survivalCurve(shape.retentionRewarded, days);
  const unrewarded = survivalCurve(shape.retentionUnrewarded, days);
  const comers = arrivals.reduce((a, b) => a + b, 0);
  const lapsed = (shape.audienceLapsed * shape.lapsedComeContacted) / comers;
  let [d30, without] = [(1 - lapsed) * rewarded[30]!, (1 - lapsed) * unrewarded[30]!];
  arrivals.forEach((people, day) => {
    d30 += (lapsed * people * rewarded[30 - day]!) / comers;
    without += (lapsed * people * unrewarded[30 - day]!) / comers;
  });
  const anyway = shape.lapsedComeUncontacted / shape.lapsedComeContacted;
  return {
    d1: habitShare * rewarded[1]!,
    d30: habitShare * d30,
    lift: habitShare * (d30 - without),
    organic: lapsed * anyway + (1 - lapsed) * shape.newcomersOrganic,
  };
}

function added(parts: readonly ClaimDays[]): ClaimDays {
  const sum = (of: keyof ClaimDays): Float64Array =>
    parts[0]![of].map((_, day) => parts.reduce((total, each) => total + each[of][day]!, 0));
  return {
    first: sum("first"),
    sameDay: sum("sameDay"),
    laterDay: sum("laterDay"),
    back: sum("back"),
    lastDay: sum("lastDay"),
  };
}

export function sumOf(numbers: Float64Array): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
