// Assumptions and data meet on a scale on which both are nearly normal: shares by their log odds,
// what is above 0 by its logarithm, what may be below 0 as it is.
import { assertNever } from "../../base/assert.ts";
import { distributionProblem } from "../../stats/distributions/check-distribution.ts";
import { inverseOf } from "../../stats/distributions/inverse.ts";
import { normalQuantile } from "../../stats/normal.ts";
import type { Assumption, Distribution } from "../assumptions/assumption.ts";

export type Link = "logit" | "log" | "identity";

/** Normal on the link's scale. */
export interface Belief {
  readonly mean: number;
  readonly sd: number;
}

const Z95 = 1.6448536269514722;

/** Nearer to 0 or 1 no share of people can be told from them. */
const EDGE = 1e-6;

/** @param low the parameter's least value */
export function linkOf(unit: string, low: number): Link {
  if (low < 0) return "identity";
  return unit === "share" ? "logit" : "log";
}

function toLink(link: Link, value: number): number {
  switch (link) {
    case "logit": {
      const share = Math.min(1 - EDGE, Math.max(EDGE, value));
      return Math.log(share / (1 - share));
    }
    case "log":
      return Math.log(Math.max(value, Number.MIN_VALUE));
    case "identity":
      return value;
    default:
      return assertNever(link);
  }
}

export function fromLink(link: Link, value: number): number {
  switch (link) {
    case "logit":
      return 1 / (1 + Math.exp(-value));
    case "log":
      return Math.exp(value);
    case "identity":
      return value;
    default:
      return assertNever(link);
  }
}

/** An assumption on the link's scale, by its median and the middle 90 %; null: it is fixed. */
export function beliefOf({ distribution }: Assumption, link: Link): Belief | null {
  if (distribution.kind === "fixed") return null;
  const inverse = inverseOf(distribution);
  const [low, middle, high] = [0.05, 0.5, 0.95].map((p) => toLink(link, inverse.fromShare(p)));
  return { mean: middle!, sd: Math.max((high! - low!) / (2 * Z95), 1e-6) };
}

/** Median and the middle 90 % of a belief, in the parameter's own unit. */
export function rangeOf(
  { mean, sd }: Belief,
  link: Link,
): { readonly point: number; readonly lower: number; readonly upper: number } {
  return {
    point: fromLink(link, mean),
    lower: fromLink(link, mean - Z95 * sd),
    upper: fromLink(link, mean + Z95 * sd),
  };
}

/** A belief as a distribution that a plan can state; `within` cuts it. */
export function distributionOf(
  belief: Belief,
  link: Link,
  within: readonly [number, number] | null,
): Distribution {
  const { lower, upper } = rangeOf(belief, link);
  const cut = within === null ? {} : { within };
  switch (link) {
    case "log":
      return { kind: "lognormal", p5: lower, p95: upper, ...cut };
    case "identity":
      return { kind: "normal", mean: belief.mean, sd: belief.sd, ...cut };
    case "logit":
      return { kind: "beta", ...momentsOf(belief), ...cut };
    default:
      return assertNever(link);
  }
}

const NODES = 201;

/** Mean and standard deviation of a share whose log odds are normal. */
function momentsOf({ mean: middle, sd: spread }: Belief): { mean: number; sd: number } {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < NODES; i++) {
    const share = fromLink("logit", middle + spread * normalQuantile((i + 0.5) / NODES));
    sum += share;
    squares += share * share;
  }
  const mean = sum / NODES;
  const variance = Math.max(squares / NODES - mean * mean, 0);
  // A beta of that mean has no greater spread than this.
  const most = 0.95 * Math.sqrt(mean * (1 - mean));
  const sd = Math.min(most, Math.max(Math.sqrt(variance), 1e-4 * Math.sqrt(mean * (1 - mean))));
  return { mean, sd: possibleSpread(mean, sd) };
}

/** Smaller until it is the spread of a beta that has a middle. */
function possibleSpread(mean: number, sd: number): number {
  let spread = sd;
  while (distributionProblem({ kind: "beta", mean, sd: spread }) !== null) spread *= 0.9;
  return spread;
}
