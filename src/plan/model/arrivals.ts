// Who comes, and in which hour: people who come by themselves, spread over the waves, and those
// whom they bring by invites.
import type { Grid } from "./grid.ts";
import type { HourChance } from "./hour-chance.ts";
import type { CampaignInputs } from "./inputs.ts";
import type { HourlyTerms } from "./terms.ts";

export interface Arrivals {
  /** Everybody who comes, and those of them whom the campaign brings. */
  people: number;
  brought: number;
  /** Those who come by themselves; an invite brings the others. */
  own: number;
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
  into.own = Math.min(own, people);
  into.brought = Math.max(0, people - own * draw.organic);
  let sum = 0;
  for (const { weight } of draw.waves) sum += weight;
  for (let wave = 0; wave < draw.waves.length; wave++) {
    into.ofWave[wave] = sum > 0 ? (people * draw.waves[wave]!.weight) / sum : 0;
  }
}

/** Who comes in which wave, by chance: their sum stays. */
export function scatterOverWaves(into: Arrivals, chance: HourChance): void {
  const { ofWave } = into;
  let [mean, left] = [into.people, into.people];
  for (let wave = 0; wave < ofWave.length - 1; wave++) {
    const share = mean > 0 ? ofWave[wave]! / mean : 0;
    mean -= ofWave[wave]!;
    const spread = Math.sqrt(Math.max(0, left * share * (1 - share)));
    ofWave[wave] = Math.max(0, Math.min(left, left * share + spread * chance.normal()));
    left -= ofWave[wave]!;
  }
  if (ofWave.length > 0) ofWave[ofWave.length - 1] = left;
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
  const { fromHour } = terms.waves[wave]!;
  spread(terms.hourWeights, terms.dayOfHour, fromHour, halfLife, into);
}

/** The same by steps of a grid, the wave's first one being `from`. */
export function spreadOverSteps(
  { weight, day }: Grid,
  from: number,
  halfLife: number,
  into: Float64Array,
): void {
  spread(weight, day, from, halfLife, into);
}

function spread(
  weights: Float64Array,
  days: Uint16Array,
  from: number,
  halfLife: number,
  into: Float64Array,
): void {
  const perDay = 0.5 ** (1 / halfLife);
  let day = days[from]!;
  let level = 1;
  let sum = 0;
  for (let i = 0; i < into.length; i++) {
    while (day < days[from + i]!) {
      day += 1;
      level *= perDay;
    }
    const weight = level * weights[from + i]!;
    into[i] = weight;
    sum += weight;
  }
  for (let i = 0; i < into.length; i++) into[i] = sum > 0 ? into[i]! / sum : 0;
}
