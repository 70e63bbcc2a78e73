// What did the offer do to those who took it? Assignment as instrument (Wald's estimator):
// Imbens and Angrist (1994), Econometrica 62; Angrist, Imbens and Rubin (1996), JASA 91.
// Valid when assignment is random and moves the outcome only through taking the offer.
import { differenceInMeans } from "./difference-in-means.ts";
import { DEFAULT_LEVEL, type Effect, effectOf } from "./effect.ts";
import {
  type ArmSummary,
  covariance,
  marginal,
  type PairMoments,
  summarizeMoments,
} from "./moments.ts";

export interface ComplierEffect {
  /** Effect on those who take the offer when it is theirs to take; null: not identified. */
  readonly effect: Effect | null;
  /** Share that took the offer, treatment minus control. */
  readonly takeUp: number;
  /** Square of the take-up's t; below 10 the instrument is weak and no effect is given. */
  readonly strength: number;
}

/** Staiger and Stock's rule of thumb (1997, Econometrica 65). */
const WEAK_INSTRUMENT = 10;

/**
 * Effect on compliers: effect on the outcome over effect on take-up. x is 1 for a user who took the
 * offer and 0 otherwise, y the outcome. Robust delta-method interval (that of two-stage least
 * squares), normal reference.
 * @example control: nobody takes it, mean 1; treatment: half take it, mean 2: effect 2
 */
export function complierEffect(
  control: PairMoments,
  treatment: PairMoments,
  level: number = DEFAULT_LEVEL,
): ComplierEffect {
  const takeUp = treatment.sumX / treatment.n - control.sumX / control.n;
  const strength = takeUpStrength(control, treatment, takeUp);
  if (strength < WEAK_INSTRUMENT) return { effect: null, takeUp, strength };
  const outcome = treatment.sumY / treatment.n - control.sumY / control.n;
  const ratio = outcome / takeUp;
  const variance = residualVariance(control, ratio) + residualVariance(treatment, ratio);
  if (variance <= 0) return { effect: null, takeUp, strength };
  const standardError = Math.sqrt(variance) / Math.abs(takeUp);
  const effect = effectOf(ratio, standardError, Number.POSITIVE_INFINITY, level);
  return { effect, takeUp, strength };
}

function takeUpStrength(control: PairMoments, treatment: PairMoments, takeUp: number): number {
  const a: ArmSummary = summarizeMoments(marginal(control, "x"));
  const b: ArmSummary = summarizeMoments(marginal(treatment, "x"));
  // Everybody takes it in one arm and nobody in the other: no doubt at all.
  if (a.variance + b.variance === 0) return takeUp === 0 ? 0 : Number.POSITIVE_INFINITY;
  const { estimate, standardError } = differenceInMeans(a, b);
  return (estimate / standardError) ** 2;
}

/** Variance of the mean of y - ratio * x. */
function residualVariance(pair: PairMoments, ratio: number): number {
  const x = summarizeMoments(marginal(pair, "x")).variance;
  const y = summarizeMoments(marginal(pair, "y")).variance;
  return Math.max(0, y - 2 * ratio * covariance(pair) + ratio ** 2 * x) / pair.n;
}
