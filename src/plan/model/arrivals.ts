// Who comes, and in which hour: people who come by themselves, spread over the waves, and those
// whom they bring by invites.
import type { Arrivals } from "./arrival-counts.ts";
import type { Grid } from "./grid.ts";
import type { HourChance } from "./hour-chance.ts";
import type { CampaignInputs } from "./inputs.ts";
import type { HourlyTerms, WaveTerms } from "./terms.ts";
import type { WaveComers } from "./wave-comers.ts";

/** Takes away those who stayed away after all: their reward was gone, or their inviter had none. */
export function settleArrivals(comers: readonly WaveComers[], into: Arrivals): void {
  for (let wave = 0; wave < comers.length; wave++) {
    const { stayedAway, invitedAway } = comers[wave]!;
    if (stayedAway === 0) continue;
    into.ofWave[wave] = Math.max(0, into.ofWave[wave]! - stayedAway);
    into.people -= stayedAway;
    into.brought = Math.max(0, into.brought - stayedAway);
    into.own -= stayedAway - invitedAway;
  }
}

/** Fills in how many come if the money lasts; the chain of invites is summed to its end. */
export function countArrivals(terms: HourlyTerms, draw: CampaignInputs, into: Arrivals): void {
  const own = draw.people * terms.budgetRatio ** draw.elasticityBudget;
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
  const { hourWeights, dayOfHour, waves } = terms;
  const { fromHour } = waves[wave]!;
  spread(hourWeights, dayOfHour, fromHour, halfLife, openParts(waves[wave]!, 1, 1), into);
}

/** The same by steps of a grid, the wave's first one being `from`. */
export function spreadOverSteps(
  { weight, day, hours, stepOfHour }: Grid,
  wave: WaveTerms,
  halfLife: number,
  into: Float64Array,
): void {
  const from = stepOfHour[wave.fromHour]!;
  const parts = openParts(wave, hours[from]!, hours[from + into.length - 1]!);
  spread(weight, day, from, halfLife, parts, into);
}

/** Parts of its first and last steps, of so many hours, in which a wave is open. */
function openParts({ lateBy = 0, earlyBy = 0 }: WaveTerms, first: number, last: number): OpenParts {
  return { first: 1 - lateBy / first, last: 1 - earlyBy / last };
}

interface OpenParts {
  readonly first: number;
  readonly last: number;
}

function spread(
  weights: Float64Array,
  days: Uint16Array,
  from: number,
  halfLife: number,
  open: OpenParts,
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
  const last = into.length - 1;
  if (open.first < 1 || open.last < 1) {
    // A wave of a single step is late and early in the same one.
    const first = last === 0 ? open.first + open.last - 1 : open.first;
    sum -= into[0]! * (1 - first);
    into[0] = into[0]! * first;
    if (last > 0) sum -= into[last]! * (1 - open.last);
    if (last > 0) into[last] = into[last]! * open.last;
  }
  for (let i = 0; i < into.length; i++) into[i] = sum > 0 ? into[i]! / sum : 0;
}
