// One thing that a plan assumes: its name, unit and source, and how it may turn out.
import type { Distribution } from "../../stats/distributions/distribution.ts";

export type { Distribution, Within } from "../../stats/distributions/distribution.ts";

export interface Assumption {
  /** The parameter's id: `reach.people`, `offers.card.takeUp`. */
  readonly id: string;
  /** In which its numbers are, such as users, CNY, share. */
  readonly unit: string;
  /** The median, or the value where it is fixed: half of the draws lie on each side. */
  readonly point: number;
  readonly distribution: Distribution;
  /** Where it comes from; `assumption` where nobody published it. */
  readonly source: string;
  readonly why: string | null;
  /** `assumption` or `default`: listed at the top of the report. */
  readonly origin: "source" | "assumption" | "default";
}

/** That two assumptions are high or low together. */
export interface Correlation {
  readonly between: readonly [string, string];
  /** Spearman's, strictly between -1 and 1. */
  readonly rank: number;
  readonly source: string;
  readonly why: string | null;
}

export interface AssumptionSet {
  readonly list: readonly Assumption[];
  /** The point of each, in the order of the list. */
  readonly points: Float64Array;
  readonly correlations: readonly Correlation[];
  readonly seed: string | number;
  has(id: string): boolean;
  /** The place of an assumption in `list`, `points` and every draw. Throws for an unknown id. */
  ordinal(id: string): number;
  /** The number that one assumption stays below with probability `p`, 0 < p < 1. */
  quantile(ordinal: number, p: number): number;
  /**
   * Writes draw number `index` (0 … 2^32 - 1) into `into`; the same index and seed give the same
   * numbers, whatever was drawn before and wherever.
   */
  draw(index: number, into: Float64Array): void;
}
