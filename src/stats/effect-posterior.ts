// The Bayesian reading beside the frequentist one: a normal posterior of an effect, from a normal
// prior that the reading states. Chance to beat and expected loss follow in closed form.
// Gelman et al., Bayesian Data Analysis (2013), 2.5; Stucchio (2015), Bayesian A/B testing at VWO.
import { requireDomain, requireLevel } from "./domain.ts";
import { DEFAULT_LEVEL, type Effect } from "./effect.ts";
import { normalCdf, normalDensity, normalQuantile } from "./normal.ts";

/** A normal prior, in the units of the effect; "flat" says nothing at all. */
export type EffectPrior = "flat" | { readonly mean: number; readonly variance: number };

export interface EffectPosterior {
  readonly mean: number;
  readonly standardDeviation: number;
  /** The equal-tailed credible interval at `level`. */
  readonly lower: number;
  readonly upper: number;
  /** Probability that the effect is above zero. */
  readonly chanceToBeat: number;
  /** Expected loss, in the effect's units, of keeping the control ... */
  readonly lossOfControl: number;
  /** ... and of taking the treatment. */
  readonly lossOfTreatment: number;
  readonly level: number;
  readonly prior: EffectPrior;
}

/**
 * Posterior of an effect from its estimate and standard error. With the flat prior the credible
 * interval is the normal confidence interval.
 * @example lift .05, error .0357248, prior N(.1, .1): .05063 [-.01893, .12019], chance .92315
 */
export function effectPosterior(
  effect: Pick<Effect, "estimate" | "standardError">,
  prior: EffectPrior = "flat",
  level: number = DEFAULT_LEVEL,
): EffectPosterior {
  requireLevel(level, "posterior");
  const { estimate, standardError } = effect;
  const valid = standardError > 0 && Number.isFinite(estimate);
  requireDomain(valid, "posterior", `a positive standard error, got ${standardError}`);
  const data = 1 / standardError ** 2;
  const before = priorPrecision(prior);
  const priorMean = prior === "flat" ? 0 : prior.mean;
  const standardDeviation = 1 / Math.sqrt(data + before);
  const mean = (estimate * data + priorMean * before) / (data + before);
  const half = normalQuantile(1 - (1 - level) / 2) * standardDeviation;
  const { lossOfControl, lossOfTreatment } = expectedLoss(mean, standardDeviation);
  return {
    mean,
    standardDeviation,
    lower: mean - half,
    upper: mean + half,
    chanceToBeat: normalCdf(mean / standardDeviation),
    lossOfControl,
    lossOfTreatment,
    level,
    prior,
  };
}

/**
 * What is lost on average by the wrong choice when the effect is N(mean, sd^2): by keeping the
 * control E[max(effect, 0)], by taking the treatment E[max(-effect, 0)]. sd > 0.
 * @example expectedLoss(0.1, 0.05) // 0.1004245351308 and 0.0004245351308414
 */
export function expectedLoss(
  mean: number,
  standardDeviation: number,
): { lossOfControl: number; lossOfTreatment: number } {
  const positive = standardDeviation > 0;
  requireDomain(positive, "expected loss", `a positive spread, got ${standardDeviation}`);
  const z = mean / standardDeviation;
  return {
    lossOfControl: standardDeviation * normalLoss(z),
    lossOfTreatment: standardDeviation * normalLoss(-z),
  };
}

/**
 * A prior on the relative lift, as one on the absolute difference: times the control's level.
 * @example N(0, 1) at a control of 7.158: N(0, 51.237)
 */
export function absolutePrior(prior: EffectPrior, controlLevel: number): EffectPrior {
  if (prior === "flat") return prior;
  const level = Math.abs(controlLevel);
  return { mean: prior.mean * level, variance: prior.variance * level ** 2 };
}

/** The reverse of `absolutePrior`; the control's level must not be zero. */
export function relativePrior(prior: EffectPrior, controlLevel: number): EffectPrior {
  requireDomain(controlLevel !== 0, "relative prior", "a control level other than zero");
  return absolutePrior(prior, 1 / controlLevel);
}

/** E[max(Z + z, 0)]; far below zero the two terms cancel, and the tail's series takes over. */
function normalLoss(z: number): number {
  if (z > -10) return Math.max(0, z * normalCdf(z) + normalDensity(z));
  const u = 1 / z ** 2;
  return normalDensity(z) * u * (1 - 3 * u * (1 - 5 * u * (1 - 7 * u)));
}

function priorPrecision(prior: EffectPrior): number {
  if (prior === "flat") return 0;
  const valid = prior.variance > 0 && Number.isFinite(prior.mean);
  requireDomain(valid, "posterior", `a prior with positive variance, got ${prior.variance}`);
  return 1 / prior.variance;
}
