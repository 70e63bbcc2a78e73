// The answer under one reading of the sources.
import { PLAN_LEVEL } from "../monte-carlo/campaign-sample.ts";
import { answerAt } from "./judge-block.ts";
import type { JudgedDraws } from "./judged-draws.ts";
import type { PayoffChances } from "./payoff.ts";
import { type JudgeTarget, logLikelihoods } from "./refine.ts";
import type { Variant } from "./variants.ts";
import {
  powerFor,
  rangeOf,
  type Weighed,
  WeightedDraws,
  type WeightedRange,
  type WeightedShare,
  weightedShare,
} from "./weights.ts";

/** Fewer plain draws than this say nothing of a tail. */
export const EFFECTIVE_LEAST = 100;

export interface JudgedVariant extends Variant {
  /** By months: the chance that it has paid off; null when nothing can be said. */
  readonly chances: readonly WeightedShare[] | null;
  readonly kept: WeightedRange | null;
  readonly cost: WeightedRange | null;
  /** Plain draws that the weighted ones are worth. */
  readonly effective: number;
  /** Largest part of all weight that one draw has. */
  readonly largest: number;
  /**
   * How much of the figures counts, 1: all of it. Less where so few draws come near them that they
   * had to be believed less to say anything; 0: none comes near.
   */
  readonly power: number;
}

export interface Believed {
  readonly judged: JudgedVariant;
  readonly weights: Float64Array | null;
}

export function believe(
  draws: JudgedDraws,
  variant: Variant,
  target: JudgeTarget,
  payoff: PayoffChances,
): Believed {
  const fit = powerFor(EFFECTIVE_LEAST, draws.logBase(), logLikelihoods(draws, target));
  if (fit === null) {
    const none = { chances: null, kept: null, cost: null, effective: 0, largest: 0, power: 0 };
    return { judged: { ...variant, ...none }, weights: null };
  }
  const { weights, effective, largest }: Weighed = fit.weighed;
  const range = (at: number): WeightedRange =>
    rangeOf(
      new WeightedDraws(
        draws.column((draw) => draws.answer(draw, at)),
        weights,
      ),
      PLAN_LEVEL,
    );
  const chances = draws.job.within.map((_, i) => weightedShare(weights, (d) => payoff.of(i, d)));
  const numbers = { kept: range(answerAt("kept")), cost: range(answerAt("cost")) };
  return {
    judged: { ...variant, chances, ...numbers, effective, largest, power: fit.power },
    weights,
  };
}
