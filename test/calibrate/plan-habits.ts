// What the crowd's shape says of its people, computed from its laws: on which days they come,
// claim, claim again and come back for an envelope. Nothing here is simulated.
import { habitShare, survivalCurve } from "../../src/crowd/retention.ts";
import type { CrowdShape } from "../../src/crowd/shape.ts";

/** Expected numbers of one kind of people, by campaign day; all as shares of one of them. */
export interface ClaimDays {
  /** First claims; of a card before the second wave opens, of an envelope from then on. */
  readonly first: Float64Array;
  /** A further card's day, given that there is one: on the day of the first claim, or later. */
  readonly sameDay: Float64Array;
  readonly laterDay: Float64Array;
  /** Second claims, of an envelope, by those who had claimed a card. */
  readonly back: Float64Array;
  /** Those of the further cards' days after which their user never comes again. */
  readonly lastDay: Float64Array;
}

export interface DayLaws {
  readonly days: number;
  /** When the second wave opens. */
  readonly second: number;
}

/** Days on which cards can be spent. */
const SPEND_DAYS = 23;

/** Share of those who had a card that takes an envelope once they are there. */
const ENVELOPE_SHARE = 0.4;
/** Days after the first visit on which somebody who only looked may claim. */
const LOOK_DAYS = 5;
/** Visits on purpose of existing users, by day. */
const VISIT_WEIGHTS = [0.45, 0.25, 0.12, 0.08, 0.05, 0.03, 0.02];
const LIFE_DAYS = 150;
const LIFE_DAYS_REWARDED = 260;
const HABIT_LOW = 0.05;
const HABIT_FACTOR_REWARDED = 1.1;
const HABIT_STEPS = 64;

function noDays(days: number): ClaimDays {
  const none = (): Float64Array => new Float64Array(days);
  return { first: none(), sameDay: none(), laterDay: none(), back: none(), lastDay: none() };
}

/**
 * Adds the claims of people who claim first on day `claim`, in a share `weight` of the cases, and
 * are active on each later day with the probabilities `active`, independently.
 */
function addClaims(
  into: ClaimDays,
  laws: DayLaws,
  claim: number,
  weight: number,
  active: (day: number) => number,
): void {
  const { second, days } = laws;
  into.first[claim] = into.first[claim]! + weight;
  if (claim >= second) return;
  // A further card's day is any of the active ones from the first claim to the wave's end.
  const later = Array.from({ length: second - claim - 1 }, (_, i) => active(claim + 1 + i));
  into.sameDay[claim] = into.sameDay[claim]! + weight * meanInverse(later, 1);
  later.forEach((chance, i) => {
    const others = later.filter((_, j) => j !== i);
    const day = claim + 1 + i;
    into.laterDay[day] = into.laterDay[day]! + weight * chance * meanInverse(others, 2);
  });
  let never = weight;
  for (let day = claim + 1; day < SPEND_DAYS; day++) never *= 1 - active(day);
  into.lastDay[claim] = into.lastDay[claim]! + never;
  let notYet = weight * ENVELOPE_SHARE;
  for (let day = second; day < days; day++) {
    const chance = active(day);
    into.back[day] = into.back[day]! + notYet * chance;
    notYet *= 1 - chance;
  }
}

/** Mean of 1 / (base + how many happen), of independent events. */
function meanInverse(chances: readonly number[], base: number): number {
  let counts = [1];
  for (const chance of chances) {
    const next = new Array<number>(counts.length + 1).fill(0);
    counts.forEach((share, k) => {
      next[k] = next[k]! + share * (1 - chance);
      next[k + 1] = next[k + 1]! + share * chance;
    });
    counts = next;
  }
  return counts.reduce((sum, share, k) => sum + share / (base + k), 0);
}

/** Claims of somebody who first comes on day `arrival`: lapsed and new users. */
export function comerDays(shape: CrowdShape, laws: DayLaws, arrival: number): ClaimDays {
  const into = noDays(laws.days);
  const alive = survivalCurve(shape.retentionUnrewarded, SPEND_DAYS + 1);
  for (let last = 0; last <= SPEND_DAYS; last++) {
    // Alive to the day `last` after the first; who lives longer does nothing more in these days.
    const share = alive[last]! - (last < SPEND_DAYS ? alive[last + 1]! : 0);
    const active = (day: number): number => (day > arrival + last ? 0 : habitShare);
    addClaims(into, laws, arrival, share * (1 - shape.lookFirstShare), active);
    let notBack = share * shape.lookFirstShare;
    let looked = arrival;
    for (let age = 1; age <= Math.min(LOOK_DAYS, last); age++) {
      const chance = notBack * habitShare;
      notBack -= chance;
      if (arrival + age >= laws.days) {
        into.first[arrival] = into.first[arrival]! + chance;
        continue;
      }
      looked = arrival + age;
      addClaims(into, laws, looked, chance, active);
    }
    const after = Math.min(arrival + Math.min(LOOK_DAYS, last), laws.days);
    addClaims(into, laws, arrival, notBack, (day) => (day <= after ? 0 : active(day)));
  }
  return into;
}

export interface ExistingLaws {
  readonly claims: ClaimDays;
  /** Active on the first two days, if rewarded at the first claim. */
  readonly activeFirst: number;
  readonly activeSecond: number;
  /** What contact and reward add to the share active on day 30. */
  readonly lift: number;
}

/** Users of before, all of whom come on purpose once contacted. */
export function existingDays(shape: CrowdShape, laws: DayLaws): ExistingLaws {
  if (shape.existingComeContacted !== 1) throw new Error("expected that all existing users come");
  const claims = noDays(laws.days);
  const mean = shape.dailyUsersBefore / shape.audienceExisting;
  const span = Math.min(0.95 - HABIT_LOW, 3 * (mean - HABIT_LOW));
  let [activeFirst, activeSecond, lift] = [0, 0, 0];
  for (let step = 0; step < HABIT_STEPS; step++) {
    const habit = HABIT_LOW + span * ((step + 0.5) / HABIT_STEPS) ** 2;
    const rewarded = Math.min(1, habit * HABIT_FACTOR_REWARDED);
    const part = 1 / HABIT_STEPS;
    lift += part * rewarded * Math.exp(-30 / LIFE_DAYS_REWARDED);
    lift -= part * habit * Math.exp(-30 / LIFE_DAYS);
    VISIT_WEIGHTS.forEach((visit, purpose) => {
      const onFirst = purpose === 0 ? 1 : habit;
      const stays = Math.exp(-1 / LIFE_DAYS);
      const onSecond = purpose === 1 ? 1 : habit * stays;
      activeFirst += part * visit * onFirst;
      // Who claimed on the first day is rewarded on the second.
      const again = purpose === 1 ? 1 : rewarded * Math.exp(-1 / LIFE_DAYS_REWARDED);
      activeSecond += part * visit * (onFirst * again + (1 - onFirst) * onSecond);
      addExisting(claims, laws, habit, purpose, part * visit);
    });
  }
  return { claims, activeFirst, activeSecond, lift };
}

function addExisting(
  into: ClaimDays,
  laws: DayLaws,
  habit: number,
  purpose: number,
  weight: number,
): void {
  for (let last = 0; last <= SPEND_DAYS; last++) {
    const gone = last < SPEND_DAYS ? Math.exp(-(last + 1) / LIFE_DAYS) : 0;
    const share = weight * (Math.exp(-last / LIFE_DAYS) - gone);
    const active = (day: number): number => (day === purpose ? 1 : day > last ? 0 : habit);
    let notYet = share;
    for (let day = 0; day <= purpose; day++) {
      addClaims(into, laws, day, notYet * active(day), active);
      notYet *= 1 - active(day);
    }
  }
}
