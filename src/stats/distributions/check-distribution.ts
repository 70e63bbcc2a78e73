// What no distribution can be, said in a sentence before anything is computed from it; and between
// which numbers one lies.

import { betaCdf } from "../beta.ts";
import { normalCdf } from "../normal.ts";
import type { Distribution } from "./distribution.ts";

/** A cut that leaves less than this of a distribution means another one than is stated. */
const LEAST_LEFT = 0.01;
/** Shapes of a beta below which nearly all of it lies at 0 and 1. */
const LEAST_SHAPE = 0.1;
/** Their sum beyond which the numbers lose digits. */
const MOST_SHAPES = 1e9;

type Kind<K extends Distribution["kind"]> = Extract<Distribution, { kind: K }>;

/** In the form "expected …, found …". */
export interface DistributionProblem {
  readonly expected: string;
  readonly found: string;
}

/** Null: nothing is wrong. */
export function distributionProblem(given: Distribution): DistributionProblem | null {
  const wrong = Object.values(given)
    .flat()
    .find((value) => typeof value === "number" && !Number.isFinite(value));
  if (wrong !== undefined) return problem("finite numbers", `${wrong}`);
  switch (given.kind) {
    case "fixed":
      return null;
    case "uniform":
      return given.low < given.high
        ? null
        : problem("low < high", `${given.low} and ${given.high}`);
    case "triangular":
    case "pert":
      return rangeProblem(given);
    case "lognormal":
      return lognormalProblem(given) ?? cutProblem(given);
    case "normal":
      return spreadProblem(given.sd) ?? cutProblem(given);
    case "beta":
      return spreadProblem(given.sd) ?? betaProblem(given) ?? cutProblem(given);
  }
}

/** Least and greatest number that can come out; infinite where nothing bounds them. */
export function supportOf(given: Distribution): readonly [low: number, high: number] {
  switch (given.kind) {
    case "fixed":
      return [given.value, given.value];
    case "uniform":
    case "triangular":
    case "pert":
      return [given.low, given.high];
    case "lognormal":
      return given.within ?? [0, Number.POSITIVE_INFINITY];
    case "normal":
      return given.within ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    case "beta":
      return given.within ?? [0, 1];
  }
}

/**
 * The shapes of the beta with this mean and standard deviation, 0 < sd^2 < mean (1 - mean).
 * @example betaShapes(0.5, 0.5 / Math.sqrt(3)) // [1, 1], the uniform
 */
export function betaShapes(mean: number, sd: number): readonly [a: number, b: number] {
  const sum = (mean * (1 - mean)) / sd ** 2 - 1;
  return [mean * sum, (1 - mean) * sum];
}

/**
 * Mean and standard deviation of the logarithm.
 * @example lognormalScale(1, 8) // [1.0397…, 0.6321…]
 */
export function lognormalScale(p5: number, p95: number): readonly [mean: number, sd: number] {
  const [low, high] = [Math.log(p5), Math.log(p95)];
  return [(low + high) / 2, (high - low) / (2 * 1.6448536269514722)];
}

/** The parts of an uncut distribution below the cut's ends; 0 and 1 where there is no cut. */
export function cutShares(
  given: Kind<"lognormal"> | Kind<"normal" | "beta">,
): readonly [below: number, below: number] {
  if (given.within === undefined) return [0, 1];
  const [low, high] = given.within;
  switch (given.kind) {
    case "normal":
      return [normalCdf((low - given.mean) / given.sd), normalCdf((high - given.mean) / given.sd)];
    case "lognormal": {
      const [mean, sd] = lognormalScale(given.p5, given.p95);
      const below = (x: number): number => (x <= 0 ? 0 : normalCdf((Math.log(x) - mean) / sd));
      return [below(low), below(high)];
    }
    case "beta": {
      const [a, b] = betaShapes(given.mean, given.sd);
      return [betaCdf(low, a, b), betaCdf(high, a, b)];
    }
  }
}

function rangeProblem({
  low,
  mode,
  high,
}: Kind<"triangular" | "pert">): DistributionProblem | null {
  if (low < high && low <= mode && mode <= high) return null;
  return problem("[least, likeliest, greatest] in this order", `[${low}, ${mode}, ${high}]`);
}

function lognormalProblem({ p5, p95 }: Kind<"lognormal">): DistributionProblem | null {
  if (p5 > 0 && p5 < p95) return null;
  return problem("0 < p5 < p95", `p5 ${p5} and p95 ${p95}`);
}

function spreadProblem(sd: number): DistributionProblem | null {
  return sd > 0 ? null : problem("an sd above 0", `${sd}`);
}

function betaProblem({ mean, sd }: Kind<"normal" | "beta">): DistributionProblem | null {
  if (!(mean > 0 && mean < 1)) {
    return problem("the mean of a beta between 0 and 1", `${mean}`);
  }
  const least = LEAST_SHAPE / Math.min(mean, 1 - mean);
  const most = Math.sqrt((mean * (1 - mean)) / (1 + least));
  const narrowest = Math.sqrt((mean * (1 - mean)) / (1 + MOST_SHAPES));
  if (sd > most) {
    const rounded = Math.floor(most * 1e4) / 1e4;
    const why = `since a beta with the mean ${mean} and more lies nearly all at 0 and 1`;
    return problem(`an sd of at most ${rounded}, ${why}`, `${sd}`);
  }
  return sd >= narrowest ? null : problem("an sd that can be told from 0", `${sd}`);
}

function cutProblem(
  given: Kind<"lognormal"> | Kind<"normal" | "beta">,
): DistributionProblem | null {
  if (given.within === undefined) return null;
  const [low, high] = given.within;
  if (!(low < high)) return problem("within: [low, high] with low < high", `[${low}, ${high}]`);
  const isBeta = given.kind === "beta";
  if ((isBeta && (low < 0 || high > 1)) || (given.kind === "lognormal" && low < 0)) {
    const range = isBeta ? "0 to 1" : "0 and more";
    return problem(`within: to lie in ${range}`, `[${low}, ${high}]`);
  }
  const [from, to] = cutShares(given);
  if (to - from >= LEAST_LEFT) return null;
  const left = `${((to - from) * 100).toPrecision(2)} %`;
  return problem("within: to leave at least 1 % of the distribution", left);
}

function problem(expected: string, found: string): DistributionProblem {
  return { expected, found };
}
