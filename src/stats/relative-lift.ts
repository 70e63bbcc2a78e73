// By what part of the control's mean did the treatment raise it? Delta method for a ratio of means:
// Deng, Knoblich and Lu (2018), "Applying the delta method in metric analytics", KDD.
import { differenceInMeans, welchDegreesOfFreedom } from "./difference-in-means.ts";
import { requireDomain } from "./domain.ts";
import { DEFAULT_LEVEL, type Effect, effectOf } from "./effect.ts";
import type { ArmSummary } from "./moments.ts";

/**
 * (treatment mean - control mean) / control mean, a ratio: .1 is ten per cent more. The control's
 * mean must be positive, and should be many standard errors from zero. Degrees of freedom are
 * Welch's of the unscaled variances, as published engines have it.
 * @example control n 3407, sum 1396.87, squares 52377.9767; treatment n 3461, sum 2422.7, squares
 *   134698.29: 0.70732 [-0.03526, 1.44989], p .06191 (GrowthBook's test suite)
 */
export function relativeLift(
  control: ArmSummary,
  treatment: ArmSummary,
  level: number = DEFAULT_LEVEL,
): Effect {
  const variance = relativeLiftVariance(control, treatment);
  const estimate = (treatment.mean - control.mean) / control.mean;
  const df = welchDegreesOfFreedom(control, treatment);
  return effectOf(estimate, Math.sqrt(variance), df, level);
}

/**
 * Variance of the relative lift, v_b / (n_b m_a^2) + v_a m_b^2 / (n_a m_a^4).
 * @example means 7 and 5, variances 2 and .5, n 4 and 15: 0.00589 (GrowthBook's power test)
 */
export function relativeLiftVariance(control: ArmSummary, treatment: ArmSummary): number {
  const positive = control.mean > 0;
  requireDomain(positive, "relative lift", `a positive control mean, got ${control.mean}`);
  return (
    treatment.variance / (treatment.n * control.mean ** 2) +
    (control.variance * treatment.mean ** 2) / (control.n * control.mean ** 4)
  );
}

/** Whether the control's mean lies far enough from zero (2 standard errors) to divide by it. */
export function isLiftDefined(control: ArmSummary): boolean {
  return control.mean > 2 * Math.sqrt(control.variance / control.n);
}

/** Absolute and relative reading of the same two arms; relative is null where it is not defined. */
export function absoluteAndRelative(
  control: ArmSummary,
  treatment: ArmSummary,
  level: number = DEFAULT_LEVEL,
): { absolute: Effect; relative: Effect | null } {
  const absolute = differenceInMeans(control, treatment, level);
  const relative = isLiftDefined(control) ? relativeLift(control, treatment, level) : null;
  return { absolute, relative };
}
