// How many to hold out, and how: what knowing the campaign's effect is worth for the next decision,
// and what not rewarding them costs. The value of sample information by regression on the draws
// (Strong, Oakley, Brennan and Breeze 2015, "Estimating the expected value of sample information
// using the probabilistic sensitivity analysis sample", Medical Decision Making 35).
import { randomStream } from "../../base/keystream.ts";
import { minimumDetectableDifference } from "../../stats/power.ts";
import type { DrawJob } from "../monte-carlo/block.ts";
import type { CampaignSample } from "../monte-carlo/campaign-sample.ts";
import type { Decision, PlanFile } from "../plan-file/plan.ts";
import type { DrawSamples } from "./draw-samples.ts";

const HOLDOUTS_TRIED: readonly number[] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];

/**
 * What is held out. "claim": of those who claim, so that it shows what a reward adds to people who
 * came. "audience": of those whom the campaign could reach, before contact, so that it shows all
 * that it brings.
 */
export type HoldoutDesign = "claim" | "audience";

/** Draws are sorted by what would be measured, and averaged in so many groups. */
const GROUPS = 32;

/** Part of the greatest worth that counts as all of it. */
const NEARLY = 0.9;

/** Of the runs that tell what a holdout costs. */
const COST_DRAWS = 1_000;

export interface HoldoutChoice {
  readonly share: number;
  /** Users held out, at the plan's points. */
  readonly heldOut: number;
  /** Smallest difference in the share active on day 30 that is seen with the asked power. */
  readonly detects: number;
  /** Money: what the reading adds to the decision, and what it costs the net. */
  readonly worth: number;
  readonly cost: number;
}

export interface StudiedHoldout {
  readonly design: HoldoutDesign;
  /** Users of whom a share is held out, and the difference that is expected; at the points. */
  readonly people: number;
  readonly effect: number;
  readonly choices: readonly HoldoutChoice[];
  /** The smallest share that is worth nearly as much as any; null if none changes the decision. */
  readonly enough: number | null;
}

export interface HoldoutValue {
  readonly title: string;
  readonly stake: number;
  /** Mean net of the same campaign with the stake as its budget; chance that it is above 0. */
  readonly valueUnread: number;
  readonly chanceWorth: number;
  /** What knowing everything would add: no measurement is worth more. */
  readonly perfect: number;
  /** An audience only where the plan says how many can be reached. */
  readonly designs: readonly StudiedHoldout[];
}

/** Values holdouts for a decision to give the same campaign `stake` once more. */
export async function holdoutValue(
  plan: PlanFile,
  sample: CampaignSample,
  decision: Decision,
  drawAll: DrawSamples,
): Promise<HoldoutValue> {
  const value = returns(sample, decision);
  const unread = mean(value);
  const noise = normals(plan.seed, value.length);
  const designs: StudiedHoldout[] = [];
  for (const measured of measuredBy(sample)) {
    const costs = await costsOf(sample.job, measured.design, drawAll);
    const choices = HOLDOUTS_TRIED.map((share, i): HoldoutChoice => {
      const { heldOut, detects, error } = readingOf(measured, share, decision);
      const read = valueAfter(measured.effects, value, noise, error);
      const worth = Math.max(0, read - Math.max(0, unread));
      return { share, heldOut, detects, worth, cost: costs[i]! };
    });
    const most = Math.max(...choices.map(({ worth }) => worth));
    const enough = most > 0 ? choices.find(({ worth }) => worth >= NEARLY * most)!.share : null;
    const { design, people, effect } = measured;
    designs.push({ design, people, effect, choices, enough });
  }
  return {
    title: decision.title,
    stake: decision.stake,
    valueUnread: unread,
    chanceWorth: value.filter((each) => each > 0).length / value.length,
    perfect: mean(value.map((each) => Math.max(0, each))) - Math.max(0, unread),
    designs,
  };
}

/** What a design measures: a difference in the share active on day 30. */
interface Measured {
  readonly design: HoldoutDesign;
  readonly people: number;
  /** The share of the held-out, and the difference to it; at the points, and in each draw. */
  readonly base: number;
  readonly effect: number;
  readonly effects: Float64Array;
}

function measuredBy(sample: CampaignSample): Measured[] {
  const point = (id: string): number => sample.uncertain(id).point;
  const claim: Measured = {
    ...{ design: "claim", people: point("rewarded"), base: point("emptyHanded") },
    ...{ effect: point("rewardEffect"), effects: sample.column("rewardEffect") },
  };
  const reachable = sample.job.assumptions.find(({ id }) => id === "reach.reachable")?.point;
  if (reachable === undefined) return [claim];
  const kept = sample.column("kept");
  const idle = Math.max(0, point("active30") - point("kept"));
  const audience: Measured = {
    ...{ design: "audience", people: reachable, base: idle / reachable },
    ...{ effect: point("kept") / reachable, effects: kept.map((each) => each / reachable) },
  };
  return [claim, audience];
}

function readingOf({ people, base, effect }: Measured, share: number, decision: Decision) {
  const heldOut = people * share;
  const rest = people - heldOut;
  const [without, with_] = [varianceOf(base), varianceOf(base + effect)];
  const error = Math.sqrt(without / heldOut + with_ / rest);
  const { level, power } = decision;
  const asked = { alpha: 1 - level, power };
  const detects = minimumDetectableDifference(without, heldOut, with_, rest, asked);
  return { heldOut, detects, error };
}

/** A share of 0 has no error, which no real holdout has: one user of a thousand at least. */
function varianceOf(share: number): number {
  const within = Math.min(0.999, Math.max(0.001, share));
  return within * (1 - within);
}

/** By share: the mean net without a holdout less that with it, drawn with the same numbers. */
async function costsOf(
  job: DrawJob,
  design: HoldoutDesign,
  drawAll: DrawSamples,
): Promise<number[]> {
  const jobs = [0, ...HOLDOUTS_TRIED].map((share) => heldOutJob(job, design, share));
  const [none, ...others] = await drawAll(jobs, COST_DRAWS);
  return others.map((sample) => none!.mean("net") - sample.mean("net"));
}

function heldOutJob(job: DrawJob, design: HoldoutDesign, share: number): DrawJob {
  if (design === "claim") return { ...job, terms: { ...job.terms, holdout: share } };
  // Who is not contacted does not come; the campaign costs what it costs beside.
  const change = { kind: "times", factor: 1 - share } as const;
  const stated = new Set(job.assumptions.map(({ id }) => id));
  const ids = ["reach.people", "reach.existing"].filter((id) => stated.has(id));
  const overrides = [...job.overrides, ...ids.map((id) => ({ id, change }))];
  return { ...job, terms: { ...job.terms, holdout: 0 }, overrides };
}

/** What the campaign would return with the stake as its budget, draw by draw. */
function returns(sample: CampaignSample, { stake, withinMonths }: Decision): Float64Array {
  const { months, budget } = sample.job.terms;
  const net = sample.column(`net.month.${Math.min(withinMonths, months) - 1}`);
  return net.map((each) => (budget > 0 ? (stake / budget) * each : 0));
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
