// Who comes, and in which hour: people who come by themselves, spread over the waves, and those
// whom they bring by invites.
import type { CampaignInputs } from "./inputs.ts";
import type { HourlyTerms } from "./terms.ts";

/** Each claimer brings at most so many new people himself: a chain of invites must end. */
const CHAIN_MOST = 0.9;

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
  const chain = Math.min(CHAIN_MOST, takeUp * draw.invites * draw.newcomers);
  const people = own / (1 - chain);
  into.people = people;
  into.brought = own * (1 - draw.organic) + (people - own);
  let sum = 0;
  for (const { weight } of draw.waves) sum += weight;
  for (let wave = 0; wave < draw.waves.length; wave++) {
    into.ofWave[wave] = sum > 0 ? (people * draw.waves[wave]!.weight) / sum : 0;
  }
}

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
