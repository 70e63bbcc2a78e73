// What chance alone allows: how often something that happens with a known chance may have happened
// in so many simulated campaigns before it is a defect.
import { binomialCdf } from "../../src/stats/index.ts";

/**
 * What a row promises. "covers": as often as the chance, neither less nor more. "at least", "at
 * most": where an error in one direction is no broken promise. "speaks": a floor that chance does
 * not soften. "control": a broken reading, which must fall outside what "covers" allows.
 */
export type Rule =
  | {
      readonly kind: "covers" | "at least" | "at most" | "control";
      readonly chance: number;
      /** Of a model, which is never exact: more campaigns than these narrow nothing. */
      readonly fullAt?: number;
    }
  | { readonly kind: "speaks"; readonly share: number };

/** Shares of campaigns, both included. */
export interface Allowed {
  readonly lower: number;
  readonly upper: number;
}

/** Chance on each side that an honest row is called a defect. */
const OUTSIDE = 0.003;

/** As the project's rules for measuring have them, for the usual two sizes. */
const STATED: Readonly<Record<string, Allowed>> = {
  "0.95 of 2000": { lower: 0.936, upper: 0.964 },
  "0.95 of 200": { lower: 0.905, upper: 0.985 },
  "0.9 of 500": { lower: 0.866, upper: 0.932 },
};

export function allowedBy(rule: Rule, campaigns: number): Allowed {
  if (rule.kind === "speaks") return { lower: rule.share, upper: 1 };
  const counted = Math.min(campaigns, rule.fullAt ?? campaigns);
  const { lower, upper } = chanceAllows(rule.chance, counted);
  if (rule.kind === "at least") return { lower, upper: 1 };
  return rule.kind === "at most" ? { lower: 0, upper } : { lower, upper };
}

/** @param hits campaigns in which it happened, of those that had an answer */
export function holds(rule: Rule, hits: number, campaigns: number): boolean {
  const { lower, upper } = allowedBy(rule, campaigns);
  const share = hits / campaigns;
  const isInside = share >= lower && share <= upper;
  return rule.kind === "control" ? !isInside : isInside;
}

/**
 * The shares that a binomial allows.
 * @example chanceAllows(0.95, 2000) // 0.936 to 0.964
 */
function chanceAllows(chance: number, campaigns: number): Allowed {
  if (chance < 0.5) {
    const { lower, upper } = chanceAllows(1 - chance, campaigns);
    return { lower: Number((1 - upper).toFixed(12)), upper: Number((1 - lower).toFixed(12)) };
  }
  const stated = STATED[`${chance} of ${campaigns}`];
  if (stated !== undefined) return stated;
  const smallest = (above: number): number => {
    for (let k = 0; k < campaigns; k++) if (binomialCdf(k, campaigns, chance) > above) return k;
    return campaigns;
  };
  return { lower: smallest(OUTSIDE) / campaigns, upper: smallest(1 - OUTSIDE) / campaigns };
}
