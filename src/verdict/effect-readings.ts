// One effect read in other ways: while the experiment runs, as a posterior, and as "too small to
// matter".
import type { EffectPrior } from "../stats/effect-posterior.ts";

/** An interval that may be looked at after every user. */
export interface AlwaysValid {
  readonly lower: number;
  readonly upper: number;
  readonly p: number;
  /** Users, both arms together, at which it is tightest. */
  readonly tuning: number;
  /**
   * Whether `tuning` was planned. Otherwise it is the users that there are, and the promise holds
   * for one look only.
   */
  readonly isPlanned: boolean;
}

export interface PosteriorReading {
  readonly mean: number;
  /** The credible interval at `level`. */
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  readonly chanceAboveZero: number;
  /**
   * Mean loss a user, in the metric's units, if everybody gets the treatment although it is worse,
   * or nobody although it is better. Higher is better, unless a guardrail of the metric says other.
   */
  readonly lossIfShipped: number;
  readonly lossIfNot: number;
  readonly prior: EffectPrior;
  /** Whether nobody gave a prior: see `weakPrior`. */
  readonly isPriorDefault: boolean;
}

export interface EquivalenceReading {
  /** Effects within plus and minus this are as good as none. */
  readonly margin: number;
  /** The larger p of two one-sided tests. */
  readonly p: number;
  /** At twice the plan's error (90 % where it has 95 %): inside the margin where equivalent. */
  readonly lower: number;
  readonly upper: number;
  /** "not_known" where the evidence does not allow to say what was caused. */
  readonly finding: "as good as none" | "not shown" | "not_known";
}

/** All null for rows without an interval, and for those who claimed. */
export interface EffectReadings {
  readonly alwaysValid: AlwaysValid | null;
  /** Why there is no such interval yet, as a sentence; null also where nothing was measured. */
  readonly notYet: string | null;
  readonly posterior: PosteriorReading | null;
  /** Null also where nobody said what is negligible. */
  readonly equivalence: EquivalenceReading | null;
}
