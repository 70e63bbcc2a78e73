// What all experiments of the calibration have in common: rows with a promise, and a campaign by
// its number, which has chance of its own and may be simulated anywhere and in any order.
import { type RandomStream, randomStream } from "../../src/base/keystream.ts";
import type { Rule } from "./bounds.ts";

export interface Row {
  readonly id: string;
  readonly title: string;
  readonly rule: Rule;
}

/** By row: whether it happened; null where the reading gave no answer. */
export type Outcome = Readonly<Record<string, boolean | null>>;

export interface Experiment {
  readonly id: string;
  /** The question that its campaigns answer, or what else it is about. */
  readonly about: string;
  /** Whether its readings sample or bootstrap: a tenth of the campaigns then. */
  readonly isSampled: boolean;
  /** Part of the campaigns that it takes, where each takes long; default 1. */
  readonly partOfCampaigns?: number;
  readonly rows: readonly Row[];
  readonly run: (seed: number, campaign: number) => Outcome | Promise<Outcome>;
}

export const COVERS: Rule = { kind: "covers", chance: 0.95 };
export const AT_LEAST: Rule = { kind: "at least", chance: 0.95 };
export const AT_MOST: Rule = { kind: "at most", chance: 0.05 };
export const SPEAKS: Rule = { kind: "speaks", share: 0.8 };
export const CONTROL: Rule = { kind: "control", chance: 0.95 };

export function streamOf(seed: number, experiment: string, campaign: number): RandomStream {
  return randomStream(seed, `calibrate/${experiment}/${campaign}`);
}

interface Interval {
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Whether an interval holds the truth; an end that is null is beyond every number. */
export function holdsTruth(interval: Interval | null | undefined, truth: number): boolean | null {
  if (interval === null || interval === undefined) return null;
  const { lower, upper } = interval;
  return (lower ?? -Infinity) <= truth && truth <= (upper ?? Infinity);
}

/** Makes something once a seed. */
export function oncePerSeed<T>(make: (seed: number) => T): (seed: number) => T {
  const made = new Map<number, T>();
  return (seed) => {
    const known = made.get(seed);
    if (known !== undefined) return known;
    const fresh = make(seed);
    made.set(seed, fresh);
    return fresh;
  };
}
