// Power and smallest detectable effect of a RELATIVE lift, for the fixed and the always-valid
// interval. The variance of a lift grows with the lift itself, so it is taken at the alternative:
// the standard error under test is not the one under "no effect".
import { oneSidedSequenceWidth, sequenceWidth } from "./confidence-sequence.ts";
import { requireDomain } from "./domain.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import { DEFAULT_ALPHA, DEFAULT_POWER, type SizeDesign, type TestDesign } from "./power.ts";
import { relativeLiftVariance } from "./relative-lift.ts";

/** Two arms of one metric with the same variance of one user. */
export interface LiftDesign extends TestDesign {
  /** The control's mean, positive. */
  readonly mean: number;
  readonly variance: number;
  readonly controlUsers: number;
  readonly treatmentUsers: number;
  /** Tuning of the confidence sequence; without it the interval is the fixed one. */
  readonly tuning?: number;
  /**
   * What a sequence's power is. "last-look" (default): the chance that its interval at the end
   * excludes zero, a lower bound since earlier looks count too. "inflated": as calculators publish
   * it, the standard error blown up until the fixed interval is as wide as the sequence's.
   */
  readonly sequencePower?: "last-look" | "inflated";
}

/**
 * Power to see a relative lift (a ratio: .05 is five per cent).
 * @example liftPower(0.05, { mean: 10, variance: 3909.9997749994377, controlUsers: 400000 / 3,
 *   treatmentUsers: 400000 / 3 }) // 0.52144, with tuning 5000 inflated 0.20596 (GrowthBook)
 */
export function liftPower(lift: number, design: LiftDesign): number {
  const { critical, inflation } = criticalZ(design);
  const z = lift / (inflation * Math.sqrt(liftVariance(lift, design)));
  const alternative = design.alternative ?? "two-sided";
  const above = alternative === "less" ? 0 : normalCdf(z - critical);
  const below = alternative === "greater" ? 0 : normalCdf(-z - critical);
  return above + below;
}

/**
 * The smallest lift that `power` of all such experiments see; negative if the alternative is
 * "less". Null where no lift is enough: the standard error grows with the lift, and with too few
 * users it keeps ahead.
 * @example the design above: 0.07027, with tuning 5000 inflated 0.12821 (GrowthBook)
 */
export function minimumDetectableLift(design: LiftDesign & SizeDesign): number | null {
  const power = design.power ?? DEFAULT_POWER;
  requireDomain(power > 0 && power < 1, "lift power", `a power in (0, 1), got ${power}`);
  const sign = design.alternative === "less" ? -1 : 1;
  const { critical, inflation } = criticalZ(design);
  const needed = inflation * (critical + normalQuantile(power));
  requireDomain(needed > 0, "lift power", `a power above alpha, got ${power}`);
  // lift^2 = needed^2 (v_t / (n_t m^2) + v_c (1 + lift)^2 / (n_c m^2)), a quadratic in the lift.
  const scale = (needed / design.mean) ** 2 * design.variance;
  const [c, t] = [scale / design.controlUsers, scale / design.treatmentUsers];
  const discriminant = c ** 2 + (1 - c) * (c + t);
  if (c >= 1 || discriminant < 0) return null;
  return (c + sign * Math.sqrt(discriminant)) / (1 - c);
}

function liftVariance(lift: number, design: LiftDesign): number {
  const { mean, variance, controlUsers, treatmentUsers } = design;
  const users = controlUsers > 0 && treatmentUsers > 0;
  requireDomain(users && variance > 0, "lift power", "users in both arms and a positive variance");
  return relativeLiftVariance(
    { n: controlUsers, mean, variance },
    { n: treatmentUsers, mean: mean * (1 + lift), variance },
  );
}

/** Standard errors that the estimate must lie from zero, and the factor on the standard error. */
function criticalZ(design: LiftDesign): { critical: number; inflation: number } {
  const alpha = design.alpha ?? DEFAULT_ALPHA;
  requireDomain(alpha > 0 && alpha < 1, "lift power", `an alpha in (0, 1), got ${alpha}`);
  const twoSided = (design.alternative ?? "two-sided") === "two-sided";
  const users = design.controlUsers + design.treatmentUsers;
  const fixed = normalQuantile(1 - (twoSided ? alpha / 2 : alpha));
  if (design.tuning === undefined) return { critical: fixed, inflation: 1 };
  const width = twoSided
    ? sequenceWidth(users, alpha, design.tuning)
    : oneSidedSequenceWidth(users, alpha, design.tuning);
  if (design.sequencePower !== "inflated") return { critical: width, inflation: 1 };
  return { critical: fixed, inflation: width / fixed };
}
