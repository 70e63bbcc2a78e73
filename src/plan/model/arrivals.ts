// Who comes, and in which hour: people who come by themselves, spread over the waves, and those
// whom they bring by invites.
import type { CampaignInputs } from "./inputs.ts";
import type { HourlyTerms } from "./terms.ts";

export interface Arrivals {
  /** Everybody who comes, and those of them whom the campaign brings. */
  people: number;
  brought: number;
  /** By wave. */
  readonly ofWave: Float64Array;
}

/** Fills in how many come; the chain of invites is summed to its end. */
export function countArrivals(terms: HourlyTerms, draw: CampaignInputs, into: Arrivals): void {
  const own =
    draw.people *
    terms.rewardRatio ** draw.elasticityReward *
    terms.budgetRatio ** draw.elasticityBudget;
  const takeUp = draw.offers[0]!.takeUp * (1 - terms.holdout);
  const people = withInvited(own, takeUp * draw.invites * draw.newcomers, draw.reachable);
  into.people = people;
  into.brought = Math.max(0, people - own * draw.organic);
  let sum = 0;
  for (const { weight } of draw.waves) sum += weight;
  for (let wave = 0; wave < draw.waves.length; wave++) {
    into.ofWave[wave] = sum > 0 ? (people * draw.waves[wave]!.weight) / sum : 0;
  }
}

/**
 * All who come, when each of them brings `chain` new people: own / (1 - chain), or less where the
 * invited are already there. Of `reachable` people an invite meets one who is not yet there with
 * chance 1 - people / reachable; that balance is solved for people.
 */
function withInvited(own: number, chain: number, reachable: number): number {
  if (!(reachable < Number.POSITIVE_INFINITY)) return own / (1 - Math.min(CHAIN_MOST, chain));
  if (own >= reachable) return reachable;
  const rest = 1 - chain;
  const root = Math.sqrt(rest ** 2 + (4 * chain * own) / reachable);
  // Written so that it holds without invites, and loses no digits with few.
  return Math.min(reachable, (2 * own) / (rest + root));
}

/** Where nobody says how many can be reached, a chain of invites ends somewhere all the same. */
const CHAIN_MOST = 0.9;

/**
 * Writes the shares of a wave's arrivals by its hours, which add up to 1: the day's curve, falling
 * by half every so many days.
 */
export function spreadOverHours(
  terms: HourlyTerms,
  wave: number,
  halfLife: number,
  into: Float64Array,
): void {
  const { fromHour, toHour } = terms.waves[wave]!;
  const firstDay = terms.dayOfHour[fromHour]!;
  const perDay = 0.5 ** (1 / halfLife);
  let day = firstDay;
  let level = 1;
  let sum = 0;
  for (let hour = fromHour; hour < toHour; hour++) {
    while (day < terms.dayOfHour[hour]!) {
      day += 1;
      level *= perDay;
    }
    const weight = level * terms.hourWeights[hour]!;
    into[hour - fromHour] = weight;
    sum += weight;
  }
  for (let i = 0; i < toHour - fromHour; i++) into[i] = sum > 0 ? into[i]! / sum : 0;
}
