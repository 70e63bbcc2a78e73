// The plan that a crowd's shape makes: every assumption is what the shape states, or is computed
// from it. No play is looked at for it.

import type { CampaignDefinition } from "../../src/core/definition.ts";
import { weightBefore } from "../../src/crowd/day-curve.ts";
import { habitShare, survivalCurve } from "../../src/crowd/retention.ts";
import type { CrowdShape } from "../../src/crowd/shape.ts";
import type { Assumption } from "../../src/plan/assumptions/index.ts";
import { furtherRewards } from "../../src/plan/model/further-rewards.ts";
import type { WaveCurves } from "../../src/plan/model/terms.ts";
import type { DrawJob } from "../../src/plan/monte-carlo/block.ts";
import { hourlyTerms } from "../../src/plan/monte-carlo/hourly-terms.ts";
import { parametersOf } from "../../src/plan/plan-file/parameters.ts";
import { termsOf } from "../../src/plan/plan-file/read-terms.ts";
import { type ClaimDays, comerDays, type DayLaws, existingDays } from "./plan-habits.ts";

/** A claimer's further cards: most want none, a ninth a few, one in two thousand all there are. */
const SENDERS = 0.115;
const GREEDY = 0.0005;
const ONE_MORE = 0.6;
const FORGOTTEN = 0.06;
const BOTS_SPEND = 0.3;
const AGAIN_AFTER_REVERSAL = 0.5;
/** On which day a bot claims, in tenths, and how many of a day's come in its first ten minutes. */
const BOT_DAYS = [0, 0, 0, 0, 1, 1, 2, 3, "second", "second"] as const;
const BOT_BURST = 0.4;
/** A further card follows the first within so many hours, if it does on the same day. */
const FURTHER_HOURS = 4;
const LATER_FALL = 0.78;
const SECOND_WAVE = 0.9;
const DAY_WEIGHT = 100;

export interface PlannedMoney {
  /** What a kept user earns a month, and the money spent beside the rewards. */
  readonly margin: number;
  readonly marketing: number;
}

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

/** The assumptions and terms of a campaign with this crowd, as what threads draw. */
export function planOfCrowd(
  shape: CrowdShape,
  campaign: CampaignDefinition,
  money: PlannedMoney,
  seed: string,
): DrawJob {
  const laws = lawsOf(shape);
  const terms = hourlyTerms({
    terms: termsOf(campaign, 1),
    months: 24,
    dayCurve: Array.from({ length: 24 }, (_, hour) => hourShare(hour)),
  });
  const waves = terms.waves.map((wave, i) => ({ ...wave, curves: curvesOf(shape, laws, i) }));
  const values = valuesOf(shape, laws, money, campaign);
  const known = new Set(parametersOf(campaign).map(({ id }) => id));
  const assumptions = Object.entries(values).map(([id, value]): Assumption => {
    if (!known.has(id)) throw new Error(`expected a parameter of the plan, got ${id}`);
    const distribution = { kind: "fixed", value } as const;
    const from = { source: "the crowd's shape", why: null, origin: "source" } as const;
    return { id, unit: "", point: value, distribution, ...from };
  });
  return { terms: { ...terms, waves }, assumptions, correlations: [], overrides: [], seed };
}

function valuesOf(
  shape: CrowdShape,
  laws: CrowdLaws,
  { margin, marketing }: PlannedMoney,
  campaign: CampaignDefinition,
): Record<string, number> {
  const { second, ofComers, claims } = laws;
  const [card, envelope] = [shape.offers.card, shape.offers.envelope];
  const [cards, envelopes] = campaign.waves.map(({ id }) => id);
  const early = sumOf(ofComers.first.subarray(0, second));
  const late = sumOf(ofComers.first.subarray(second));
  const back = sumOf(claims.back);
  const firsts = sumOf(claims.first.subarray(0, second));
  const lateFirsts = sumOf(claims.first.subarray(second));
  // Bots are a share of what people want, whether a cap lets it through or not.
  const wanted = laws.further + GREEDY * (shape.cardsPerUserMax + 1);
  const wishes = firsts * (1 + wanted) + lateFirsts + back;
  const bots = (wishes * shape.botShare) / (1 - shape.botShare);
  const collecting = { invites: laws.further / 2, senders: SENDERS - GREEDY, collectors: GREEDY };
  const { mean, full } = furtherRewards(collecting, 1, perUserOf(campaign));
  const cardClaims = firsts * (1 + mean);
  const envelopeClaims = lateFirsts + back * (1 - full);
  const lateBots = BOT_DAYS.filter((day) => day === "second").length / BOT_DAYS.length;
  const botsOf = { [card]: bots * (1 - lateBots), [envelope]: bots * lateBots };
  const claimsOf = { [card]: cardClaims, [envelope]: envelopeClaims };
  // Who asks for another late in the evening gets it as the day ends, when no kitchen is open.
  const cardsLost = mean * sumOf(claims.lastDay) * tooLate();
  const stays = 1 - shape.reversalShare * (1 - AGAIN_AFTER_REVERSAL);
  const values: Record<string, number> = {
    "reach.people": laws.comers,
    "reach.existing": laws.existing,
    "reach.organic": laws.organic,
    [`reach.waves.${cards}.weight`]: early,
    [`reach.waves.${envelopes}.weight`]: late,
    [`offers.${card}.takeUp`]: 1,
    [`offers.${card}.byInvites`]: 1,
    [`offers.${envelope}.takeUp`]: 1,
    [`offers.${envelope}.byInvites`]: 0,
    [`offers.${envelope}.returning`]: back / (early + laws.existing),
    // An invite rewards both sides.
    "invites.perClaimer": collecting.invites,
    "invites.senders": collecting.senders,
    "invites.collectors": collecting.collectors,
    resold: BOTS_SPEND * stays,
    repeats: shape.duplicateShare + shape.staleShare,
    taps: shape.retriesPerRefusal,
    "retention.d1": laws.d1,
    "retention.d30": laws.d30,
    "retention.lift": laws.lift,
    existingLift: laws.existingLift,
    ...{ margin, marketing },
  };
  for (const offer of [card, envelope]) {
    const share = botsOf[offer]! / (botsOf[offer]! + claimsOf[offer]!);
    const lost = offer === card ? cardsLost / cardClaims : 0;
    const spent = (1 - FORGOTTEN) * (1 - lost);
    const unspent = (1 - share) * (1 - spent) + share * (1 - BOTS_SPEND);
    values[`offers.${offer}.abuse`] = share;
    values[`offers.${offer}.redeemed`] = spent * stays;
    values[`offers.${offer}.delay`] = 0.5;
    values[`offers.${offer}.cancelled`] = unspent * shape.cancelShare;
    // Ten minutes, and up to five hours more.
    values[`offers.${offer}.cancelDelay`] = 1 / 6 + 2.5;
  }
  return values;
}

function perUserOf(campaign: CampaignDefinition): number {
  return termsOf(campaign, 1).perUser.grants ?? Number.POSITIVE_INFINITY;
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

/** When in a wave its claims fall, by hour. */
function curvesOf(shape: CrowdShape, laws: CrowdLaws, wave: number): WaveCurves {
  const { second, days, ofComers, ofExisting, claims } = laws;
  const [from, to] = wave === 0 ? [0, second] : [second, days];
  const hours = (fill: (day: number, into: Float64Array) => void): Float64Array => {
    const all = new Float64Array(24 * days);
    for (let day = from; day < to; day++) fill(day, all);
    const own = all.slice(24 * from, 24 * to);
    const sum = sumOf(own);
    return sum > 0 ? own.map((x) => x / sum) : own;
  };
  const opens = (day: number): boolean => day === 0 || day === second;
  const spread = (day: number, people: number, into: Float64Array): void => {
    for (let hour = 0; hour < 24; hour++) {
      const burst = opens(day) ? shape.burstShare : 0;
      const share = (1 - burst) * hourShare(hour) + (hour === 0 ? burst : 0);
      into[24 * day + hour] = into[24 * day + hour]! + people * share;
    }
  };
  const claimed = wave === 0 ? ofExisting.first : claims.back;
  return {
    arrivals: hours((day, into) => spread(day, ofComers.first[day]!, into)),
    known: hours((day, into) => spread(day, claimed[day]!, into)),
    further: hours((day, into) => {
      spread(day, claims.laterDay[day]!, into);
      // Of those of the first minute a quarter follow in each of the next hours.
      const early = claims.sameDay[day]! * (opens(day) ? shape.burstShare : 0);
      for (let hour = 0; hour < FURTHER_HOURS; hour++) {
        into[24 * day + hour] = into[24 * day + hour]! + early / FURTHER_HOURS;
      }
      delayed(claims.sameDay[day]! - early, 24 * day, into);
    }),
    bots: hours((day, into) => {
      const bots = BOT_DAYS.filter((each) => (each === "second" ? second : each) === day).length;
      for (let hour = 0; hour < 24; hour++) {
        const share = (1 - BOT_BURST) / 24 + (hour === 0 ? BOT_BURST : 0);
        into[24 * day + hour] = into[24 * day + hour]! + bots * share;
      }
    }),
  };
}

/** A day's people, each up to FURTHER_HOURS later, evenly, but on the same day. */
function delayed(people: number, from: number, into: Float64Array): void {
  for (let hour = 0; hour < 24; hour++) {
    for (let after = 0; after <= FURTHER_HOURS; after++) {
      // Of an hour's evenly spread moments plus an even delay: a half, wholes, a half.
      const share = (after === 0 || after === FURTHER_HOURS ? 0.5 : 1) / FURTHER_HOURS;
      const at = from + Math.min(23, hour + after);
      into[at] = into[at]! + people * hourShare(hour) * share;
    }
  }
}

/** Share of the further cards of the same day that are cut off by its end. */
function tooLate(): number {
  let share = 0;
  for (let left = 1; left <= FURTHER_HOURS; left++) {
    // Claimed evenly in an hour that ends `left` - 1 hours before the day, plus an even delay.
    share += (hourShare(24 - left) * (FURTHER_HOURS - left + 0.5)) / FURTHER_HOURS;
  }
  return share;
}

function hourShare(hour: number): number {
  const hourMs = 3_600_000;
  return (weightBefore((hour + 1) * hourMs) - weightBefore(hour * hourMs)) / DAY_WEIGHT;
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

function sumOf(numbers: Float64Array): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
