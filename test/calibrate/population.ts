// Everybody of a crowd with what would become of him with and without the treatment: the population
// that campaigns draw their users from. Since all potential outcomes are known, so is the truth.
import { randomStream } from "../../src/base/keystream.ts";
import { type Crowd, createCrowd } from "../../src/crowd/crowd.ts";
import type { Circumstances } from "../../src/crowd/outcome.ts";
import { scaledShape } from "../../src/crowd/shape.ts";

export type Question = "reach" | "reward, given arrival";
export const QUESTIONS: readonly Question[] = ["reach", "reward, given arrival"];

/** One number a user. */
export type Values = Float64Array<ArrayBuffer>;

/** What becomes of the users under one of the two treatments. */
export interface World {
  /** Active on the 30th day: 0 or 1. */
  readonly kept: Values;
  readonly orders: Values;
  /** Those of the orders that were paid from the own pocket, and what was paid for them, yuan. */
  readonly ordersPaid: Values;
  readonly spend: Values;
  /** Took the reward: 0 or 1. */
  readonly claimed: Values;
  /** What the rewards that they spent cost, yuan. */
  readonly outlay: Values;
  /** Bit t: active in fortnight t after the anchor. */
  readonly fortnights: Values;
}

export interface Population {
  readonly question: Question;
  readonly users: number;
  readonly treated: World;
  readonly heldOut: World;
  /** A number of each user and a group, known before anybody is assigned. */
  readonly history: Values;
  readonly group: Values;
  readonly groups: number;
}

/** As many as the crowd's days reach to after the last arrival: 18 days of 63. */
export const FORTNIGHTS = 3;
export const FORTNIGHT_DAYS = 14;

const CARD_YUAN = 25;
const BASKET_YUAN = 30;
/** Spread of baskets on the log scale: spend is skewed, as spend is. */
const BASKET_SPREAD = 0.7;

/** A fifth of the crowd: 12,000 known users and about 18,000 newcomers. */
const RATIO = 0.2;

/**
 * Reach: the known audience, contacted or not. Reward, given arrival: newcomers, whom the campaign
 * has brought in either way.
 */
export function createPopulation(question: Question, seed: number): Population {
  const key = `${question}/${seed}`;
  const known = made.get(key) ?? drawPopulation(question, seed);
  made.set(key, known);
  return known;
}

/** Several experiments draw from one population; a run has one seed, a test a few. */
const made = new Map<string, Population>();

function drawPopulation(question: Question, seed: number): Population {
  const crowd = createCrowd({ seed, shape: scaledShape(RATIO) });
  const isReach = question === "reach";
  const [from, to] = isReach ? [0, crowd.audience] : [crowd.audience, crowd.people];
  const baskets = randomStream(seed, `calibrate/${question}/baskets`);
  const basket = Float64Array.from(
    { length: to - from },
    () => BASKET_YUAN * Math.exp(BASKET_SPREAD * baskets.nextNormal()),
  );
  const world = (given: Circumstances): World => worldOf(crowd, from, to, given, basket);
  const users = to - from;
  const info = Array.from({ length: users }, (_, i) => crowd.user(from + i));
  // Of the audience: existing or lapsed, and the habit of a fortnight that nobody touched, in place
  // of the fortnight before. Of newcomers only the day of their arrival is known.
  const group = Float64Array.from(info, ({ segment, arrivalDay }) =>
    isReach ? (segment === "existing" ? 0 : 1) : arrivalDay === 0 ? 0 : arrivalDay < 7 ? 1 : 2,
  );
  const history = Float64Array.from(info, ({ user, arrivalDay }) =>
    isReach ? untouchedDays(crowd, user) : arrivalDay,
  );
  return {
    question,
    users,
    treated: world({ contacted: true, treated: true }),
    heldOut: world({ contacted: !isReach, treated: false }),
    history,
    group,
    groups: isReach ? 2 : 3,
  };
}

/** The same people in a campaign that does nothing to anybody. */
export function withoutEffect(population: Population): Population {
  return { ...population, treated: population.heldOut };
}

export function meanOf(values: Values): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The truth: mean with less mean without, over the whole population. */
export function trueEffect({ treated, heldOut }: Population, of: keyof World): number {
  return meanOf(treated[of]) - meanOf(heldOut[of]);
}

function worldOf(
  crowd: Crowd,
  from: number,
  to: number,
  given: Circumstances,
  basket: Values,
): World {
  const column = (): Values => new Float64Array(to - from);
  const world = {
    ...{ kept: column(), orders: column(), ordersPaid: column(), spend: column() },
    ...{ claimed: column(), outlay: column(), fortnights: column() },
  };
  for (let i = 0; i < to - from; i++) {
    const one = crowd.realise(from + i, given);
    world.kept[i] = Number(one.d30);
    world.orders[i] = one.orders;
    world.ordersPaid[i] = one.ordersPaid;
    world.spend[i] = one.ordersPaid * basket[i]!;
    world.claimed[i] = given.treated && one.came ? 1 : 0;
    world.outlay[i] = CARD_YUAN * one.ordersWithCard;
    let mask = 0;
    for (const day of one.activeDays) {
      const fortnight = Math.floor((day - one.anchorDay) / FORTNIGHT_DAYS);
      if (fortnight >= 0 && fortnight < FORTNIGHTS) mask |= 1 << fortnight;
    }
    world.fortnights[i] = mask;
  }
  return world;
}

function untouchedDays(crowd: Crowd, user: number): number {
  const { activeDays } = crowd.realise(user, { contacted: false, treated: false });
  return activeDays.filter((day) => day > 40 && day <= 54).length;
}
