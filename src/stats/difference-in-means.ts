// How much higher is the treated users' mean than the control's? Welch's unequal-variance t.
// Welch, B. L. (1947), Biometrika 34, 28-35; degrees of freedom by Satterthwaite (1946).
import { requireDomain } from "./domain.ts";
import { DEFAULT_LEVEL, type Effect, effectOf } from "./effect.ts";
import type { ArmSummary } from "./moments.ts";

/**
 * Treatment mean minus control mean, in the units of the data. Both arms n >= 2, not both constant.
 * @example control n 3407, sum 1396.87, squares 52377.9767; treatment n 3461, sum 2422.7, squares
 *   134698.29: 0.29 [0.04538, 0.53462], p .02016 (GrowthBook's test suite)
 */
export function differenceInMeans(
  control: ArmSummary,
  treatment: ArmSummary,
  level: number = DEFAULT_LEVEL,
): Effect {
  const variance = control.variance / control.n + treatment.variance / treatment.n;
  const df = welchDegreesOfFreedom(control, treatment);
  return effectOf(treatment.mean - control.mean, Math.sqrt(variance), df, level);
}

/**
 * The same by Student's t, which presumes one variance in both arms: for comparison with published
 * tables; Welch's is the one to decide by. Both arms n >= 2.
 * @example equal n: the estimate and standard error of Welch's, with 2 n - 2 degrees of freedom
 */
export function pooledDifferenceInMeans(
  control: ArmSummary,
  treatment: ArmSummary,
  level: number = DEFAULT_LEVEL,
): Effect {
  const enough = control.n >= 2 && treatment.n >= 2;
  requireDomain(enough, "Student's t", `2 users an arm, got ${control.n} and ${treatment.n}`);
  const df = control.n + treatment.n - 2;
  const pooled = ((control.n - 1) * control.variance + (treatment.n - 1) * treatment.variance) / df;
  const standardError = Math.sqrt(pooled * (1 / control.n + 1 / treatment.n));
  return effectOf(treatment.mean - control.mean, standardError, df, level);
}

/**
 * Welch's degrees of freedom of two arms.
 * @example equal n and variances: 2 (n - 1)
 */
export function welchDegreesOfFreedom(control: ArmSummary, treatment: ArmSummary): number {
  const enough = control.n >= 2 && treatment.n >= 2;
  requireDomain(enough, "Welch's t", `2 users an arm, got ${control.n} and ${treatment.n}`);
  const a = control.variance / control.n;
  const b = treatment.variance / treatment.n;
  requireDomain(a + b > 0, "Welch's t", "some variance in an arm, got the same number everywhere");
  return (a + b) ** 2 / (a ** 2 / (control.n - 1) + b ** 2 / (treatment.n - 1));
}
