// The same effect from fewer users: what a user did before the experiment explains part of what he
// does in it, and is subtracted (CUPED). Deng, Xu, Kohavi and Walker (2013), WSDM. Theta is pooled
// over the arms, so that the adjustment cannot lean towards one of them.
import { welchDegreesOfFreedom } from "./difference-in-means.ts";
import { requireDomain } from "./domain.ts";
import { DEFAULT_LEVEL, type Effect, effectOf } from "./effect.ts";
import {
  type ArmSummary,
  addPairMoments,
  covariance,
  marginal,
  type PairMoments,
  summarizeMoments,
} from "./moments.ts";

export interface AdjustedEffect {
  /** Treatment minus control, adjusted, in the units of the data. */
  readonly absolute: Effect;
  /** The adjusted difference over the UNADJUSTED control mean; null unless that is positive. */
  readonly relative: Effect | null;
  readonly theta: number;
  /** The arms' unadjusted means. */
  readonly controlMean: number;
  readonly treatmentMean: number;
  /** Part of the variance of the absolute effect that the adjustment removed, 0..1. */
  readonly varianceReduction: number;
}

/**
 * CUPED from sufficient statistics; x is a user's number before the experiment, y the one in it
 * (moments of all users of the arm, also those without a history). n >= 2 in each arm.
 * @example control n 3001, y 300 (600), x 210 (415), xy -20; treatment n 3000, y 222 (555), x 120
 *   (405), xy -10: relative -0.281707154, p .003732549 (GrowthBook's test suite)
 */
export function regressionAdjusted(
  control: PairMoments,
  treatment: PairMoments,
  level: number = DEFAULT_LEVEL,
): AdjustedEffect {
  const theta = pooledSlope(control, treatment);
  const a = adjustedArm(control, theta);
  const b = adjustedArm(treatment, theta);
  const df = welchDegreesOfFreedom(a, b);
  const variance = a.variance / a.n + b.variance / b.n;
  const difference = b.mean - a.mean;
  const absolute = effectOf(difference, Math.sqrt(variance), df, level);
  const rawA = summarizeMoments(marginal(control, "y"));
  const rawB = summarizeMoments(marginal(treatment, "y"));
  const raw = rawA.variance / a.n + rawB.variance / b.n;
  return {
    absolute,
    relative: rawA.mean > 0 ? relativeEffect(control, treatment, theta, absolute) : null,
    theta,
    controlMean: rawA.mean,
    treatmentMean: rawB.mean,
    varianceReduction: 1 - variance / raw,
  };
}

/**
 * Slope of y on x over both arms together; 0 where x or y does not vary.
 * @example y = 2 x in every row of both arms: 2
 */
export function pooledSlope(control: PairMoments, treatment: PairMoments): number {
  const both = addPairMoments(control, treatment);
  const x = summarizeMoments(marginal(both, "x")).variance;
  const y = summarizeMoments(marginal(both, "y")).variance;
  return x === 0 || y === 0 ? 0 : covariance(both) / x;
}

/** Variance of y - theta x; rounding may leave it a little below zero. */
function residualVariance(pair: PairMoments, theta: number): number {
  const x = summarizeMoments(marginal(pair, "x"));
  const y = summarizeMoments(marginal(pair, "y"));
  return y.variance + theta ** 2 * x.variance - 2 * theta * covariance(pair);
}

/** What is left of the variance must be more than rounding. */
const LEFT = 1e-9;

/**
 * Whether x leaves something of y unexplained in each arm. If it does not, there is nothing to
 * adjust. n >= 2 in each arm.
 * @example y = 2 x in every row of both arms: false
 */
export function isAdjustable(control: PairMoments, treatment: PairMoments): boolean {
  const theta = pooledSlope(control, treatment);
  return [control, treatment].every((pair) => {
    const left = residualVariance(pair, theta);
    return left > LEFT * summarizeMoments(marginal(pair, "y")).variance && left > 0;
  });
}

/** Mean and variance of y - theta x, with x centred nowhere: the centre cancels between arms. */
function adjustedArm(pair: PairMoments, theta: number): ArmSummary {
  const x = summarizeMoments(marginal(pair, "x"));
  const y = summarizeMoments(marginal(pair, "y"));
  const variance = residualVariance(pair, theta);
  const mean = y.mean - theta * x.mean;
  requireDomain(variance >= 0, "regression adjustment", `moments of real pairs, got ${variance}`);
  return { n: pair.n, mean, variance };
}

/**
 * The control's mean is in the numerator and the denominator, its history only in the numerator:
 * that gives cross terms which the plain ratio does not have. The gradient is taken at the
 * unadjusted treatment mean, as published engines have it.
 */
function relativeEffect(
  control: PairMoments,
  treatment: PairMoments,
  theta: number,
  absolute: Effect,
): Effect {
  const x = summarizeMoments(marginal(control, "x"));
  const y = summarizeMoments(marginal(control, "y"));
  const b = adjustedArm(treatment, theta);
  const ratio = treatment.sumY / treatment.n / y.mean;
  const ofControl =
    y.variance * ratio ** 2 + theta ** 2 * x.variance - 2 * theta * ratio * covariance(control);
  const variance = (ofControl / control.n + b.variance / b.n) / y.mean ** 2;
  requireDomain(variance > 0, "regression adjustment", `moments of real pairs, got ${variance}`);
  const { estimate, degreesOfFreedom, level } = absolute;
  return effectOf(estimate / y.mean, Math.sqrt(variance), degreesOfFreedom, level);
}
