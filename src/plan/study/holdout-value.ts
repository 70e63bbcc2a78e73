// How many users to hold out: what knowing the campaign's effect is worth for the next decision,
// and what not rewarding them costs. The value of sample information by regression on the draws
// (Strong, Oakley, Brennan and Breeze 2015, "Estimating the expected value of sample information
// using the probabilistic sensitivity analysis sample", Medical Decision Making 35).
import { randomStream } from "../../base/keystream.ts";
import { minimumDetectableDifference } from "../../stats/power.ts";
import type { CampaignSample } from "../monte-carlo/campaign-sample.ts";
import type { Decision } from "../plan-file/plan.ts";

export const HOLDOUTS_TRIED: readonly number[] = [
  0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2,
];

/** Draws are sorted by what would be measured, and averaged in so many groups. */
const GROUPS = 32;

/** Part of the greatest worth that counts as all of it. */
const NEARLY = 0.9;

export interface HoldoutChoice {
  readonly share: number;
  /** Users held out, at the plan's points. */
  readonly heldOut: number;
  /** Smallest difference in the share of kept users that is seen with the asked power. */
  readonly detects: number;
  /** Money: what the reading adds to the decision, and what the held-out forgo (below 0: save). */
  readonly worth: number;
  readonly cost: number;
}

export interface HoldoutValue {
  readonly title: string;
  readonly stake: number;
  /** Mean value of spending the stake again, unread; and the chance that it is above 0. */
  readonly valueUnread: number;
  readonly chanceWorth: number;
  /** What knowing everything would add: no measurement is worth more. */
  readonly perfect: number;
  readonly choices: readonly HoldoutChoice[];
  /** The smallest share that is worth nearly as much as any; null if none changes the decision. */
  readonly enough: number | null;
}

/**
 * Values holdouts for a decision to spend `stake` on the same campaign again.
 * The measurement is of the share of the people who are kept because of it, unbiased, with the
 * error that so many held-out users leave.
 */
export function holdoutValue(
  sample: CampaignSample,
  decision: Decision,
  seed: string,
): HoldoutValue {
  const value = returns(sample, decision);
  const effect = keptShares(sample);
  const base = baseShare(sample);
  const people = sample.uncertain("people").point;
  const unread = mean(value);
  const noise = normals(seed, value.length);
  const choices = HOLDOUTS_TRIED.map((share): HoldoutChoice => {
    const heldOut = people * share;
    const variance = base * (1 - base);
    const error = Math.sqrt(variance / heldOut + variance / (people - heldOut));
    const read = valueAfter(effect, value, noise, error);
    return {
      share,
      heldOut,
      detects: minimumDetectableDifference(variance, heldOut, variance, people - heldOut, {
        alpha: 1 - decision.level,
        power: decision.power,
      }),
      worth: Math.max(0, read - Math.max(0, unread)),
      cost: share * mean(sample.column("net")),
    };
  });
  const most = Math.max(...choices.map(({ worth }) => worth));
  return {
    title: decision.title,
    stake: decision.stake,
    valueUnread: unread,
    chanceWorth: value.filter((each) => each > 0).length / value.length,
    perfect: mean(value.map((each) => Math.max(0, each))) - Math.max(0, unread),
    choices,
    enough: most > 0 ? choices.find(({ worth }) => worth >= NEARLY * most)!.share : null,
  };
}

/** What the stake would return, draw by draw, within the decision's months. */
function returns(sample: CampaignSample, { stake, withinMonths }: Decision): Float64Array {
  const months = sample.job.terms.months;
  const net = sample.column(`net.month.${Math.min(withinMonths, months) - 1}`);
  const cost = sample.column("cost");
  return net.map((each, i) => (cost[i]! > 0 ? (stake * each) / cost[i]! : 0));
}

function keptShares(sample: CampaignSample): Float64Array {
  const people = sample.column("people");
  return sample.column("kept").map((kept, i) => (people[i]! > 0 ? kept / people[i]! : 0));
}

/** Share of the held-out who are active 30 days later: those who would be, whoever brought them. */
function baseShare(sample: CampaignSample): number {
  const people = sample.uncertain("people").point;
  const idle = sample.uncertain("active30").point - sample.uncertain("kept").point;
  // A share of 0 has no error, which no real holdout has: one user of a thousand at least.
  return Math.min(0.999, Math.max(0.001, people > 0 ? idle / people : 0));
}

/** Mean value of the decision that is taken after the measurement. */
function valueAfter(
  effect: Float64Array,
  value: Float64Array,
  noise: Float64Array,
  error: number,
): number {
  const measured = effect.map((each, i) => each + error * noise[i]!);
  const order = Uint32Array.from(value, (_, i) => i).sort((a, b) => measured[a]! - measured[b]!);
  let sum = 0;
  for (let group = 0; group < GROUPS; group++) {
    const from = Math.floor((group * order.length) / GROUPS);
    const to = Math.floor(((group + 1) * order.length) / GROUPS);
    let here = 0;
    for (let i = from; i < to; i++) here += value[order[i]!]!;
    sum += Math.max(0, here);
  }
  return sum / order.length;
}

function normals(seed: string, count: number): Float64Array {
  const stream = randomStream(seed, "plan/holdout-value");
  return Float64Array.from({ length: count }, () => stream.nextNormal());
}

function mean(numbers: Float64Array): number {
  let sum = 0;
  for (const each of numbers) sum += each;
  return sum / numbers.length;
}
