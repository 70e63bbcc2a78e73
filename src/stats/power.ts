// How likely is an experiment of this size to see an effect of that size, how many users does it
// need, and what is the smallest effect that it sees? Standardised effects d: the difference of the
// means over the standard deviation of one user. Cohen, Statistical Power Analysis (1988), 2.
import { requireDomain } from "./domain.ts";
import { noncentralTBothTails, noncentralTUpperTail } from "./noncentral-t.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import type { Direction } from "./one-sided.ts";
import { rootBetween } from "./root.ts";
import { studentQuantile } from "./student-t.ts";

export type Alternative = "two-sided" | Direction;

export interface TestDesign {
  /** False alarms: .05 unless told otherwise. */
  readonly alpha?: number;
  readonly alternative?: Alternative;
}

export const DEFAULT_ALPHA = 0.05;

/** An effect that takes more is one of rounding. */
const USERS_MAX = 2 ** 61;

/**
 * Power of the two-sample t test, exact for normal data with one variance. n >= 2 in each arm; the
 * numbers need not be whole.
 * @example tTestPower(0.1, 20, 30) // 0.0633081832564667 (R's pwr)
 */
export function tTestPower(
  d: number,
  controlUsers: number,
  treatmentUsers: number,
  design: TestDesign = {},
): number {
  const { tail, alternative } = readDesign(design);
  requireUsers(controlUsers, treatmentUsers);
  const df = controlUsers + treatmentUsers - 2;
  const delta = d * Math.sqrt(1 / (1 / controlUsers + 1 / treatmentUsers));
  const critical = studentQuantile(1 - tail, df);
  if (alternative === "two-sided") return noncentralTBothTails(critical, df, delta);
  return noncentralTUpperTail(critical, df, alternative === "less" ? -delta : delta);
}

/**
 * Control users that the t test needs to see a standardised effect with the chance `power`; not
 * rounded. d must not be zero, and have the sign of a one-sided alternative.
 * @example tTestUsers(0.5, { power: 0.8 }) // 63.76561 an arm (R's pwr)
 */
export function tTestUsers(d: number, design: SizeDesign = {}): number {
  const { power = DEFAULT_POWER, ratio = 1 } = design;
  const right = design.alternative === "less" ? d < 0 : d > 0 || design.alternative !== "greater";
  requireDomain(d !== 0 && right, "t test users", `an effect of the tested sign, got ${d}`);
  requireDomain(power < 1 && ratio > 0, "t test users", `a power below 1, got ${power}`);
  const missing = (users: number): number => power - tTestPower(d, users, users * ratio, design);
  const least = 2 * Math.max(1, 1 / ratio);
  if (missing(least) <= 0) return least;
  // What the z test needs, and a little more for the estimated spread.
  const z = Math.max(0, neededZ(design)) / d;
  const wanted = 1.01 * z ** 2 * (1 + 1 / ratio) + 3;
  let [low, high] = [least, Math.max(wanted, 2 * least)];
  while (high < USERS_MAX && missing(high) > 0) [low, high] = [high, 2 * high];
  requireDomain(high < USERS_MAX, "t test users", `an effect that is no rounding error, got ${d}`);
  return rootBetween(missing, low, high);
}

/**
 * Power of the two-sample z test with a known standard deviation.
 * @example normalPower(0.3, 80, 80) // 0.475100870572638 (R's pwr)
 */
export function normalPower(
  d: number,
  controlUsers: number,
  treatmentUsers: number,
  design: TestDesign = {},
): number {
  requireUsers(controlUsers, treatmentUsers);
  return powerOfZ(d * Math.sqrt(1 / (1 / controlUsers + 1 / treatmentUsers)), design);
}

/**
 * Power when the true effect lies `z` standard errors from zero; both tails count if two-sided.
 * @example powerOfZ(2.801585) // .8000
 */
export function powerOfZ(z: number, design: TestDesign = {}): number {
  const { tail, alternative } = readDesign(design);
  const critical = normalQuantile(1 - tail);
  const above = alternative === "less" ? 0 : normalCdf(z - critical);
  const below = alternative === "greater" ? 0 : normalCdf(-z - critical);
  return above + below;
}

export interface SizeDesign extends TestDesign {
  /** Chance to see the effect: .8 unless told otherwise. */
  readonly power?: number;
  /** Treatment users for each control user: 1 unless told otherwise. */
  readonly ratio?: number;
}

export const DEFAULT_POWER = 0.8;

export interface SampleSize {
  /** Whole users, rounded up. */
  readonly control: number;
  readonly treatment: number;
  readonly total: number;
}

/**
 * Users needed to see an absolute difference with the chance `power`, by the z test; the far tail
 * is left out, as the published formulas do. `varianceControl` is that of one user.
 * @example sampleSize(0.3, 100, 100, { power: 0.85 }) // 19953 an arm (G*Power: 39906 in all)
 */
export function sampleSize(
  difference: number,
  varianceControl: number,
  varianceTreatment: number,
  design: SizeDesign = {},
): SampleSize {
  const valid = difference !== 0 && varianceControl > 0 && varianceTreatment > 0;
  requireDomain(valid, "sample size", "a difference other than 0 and positive variances");
  const ratio = design.ratio ?? 1;
  requireDomain(ratio > 0, "sample size", `a positive ratio, got ${ratio}`);
  const z = neededZ(design) / difference;
  const control = Math.ceil(z ** 2 * (varianceControl + varianceTreatment / ratio));
  const treatment = Math.ceil(control * ratio);
  return { control, treatment, total: control + treatment };
}

/**
 * The smallest absolute difference that `power` of all experiments of this size see.
 * @example minimumDetectableDifference(100, 19953, 100, 19953, { power: 0.85 }) // 0.3
 */
export function minimumDetectableDifference(
  varianceControl: number,
  controlUsers: number,
  varianceTreatment: number,
  treatmentUsers: number,
  design: SizeDesign = {},
): number {
  requireUsers(controlUsers, treatmentUsers);
  const variance = varianceControl / controlUsers + varianceTreatment / treatmentUsers;
  return neededZ(design) * Math.sqrt(variance);
}

/** Standard errors between zero and an effect that is seen with the chance `power`. */
function neededZ(design: SizeDesign): number {
  const power = design.power ?? DEFAULT_POWER;
  const { tail } = readDesign(design);
  requireDomain(power > tail && power < 1, "power", `a power in (${tail}, 1), got ${power}`);
  return normalQuantile(1 - tail) + normalQuantile(power);
}

function readDesign(design: TestDesign): { tail: number; alternative: Alternative } {
  const alpha = design.alpha ?? DEFAULT_ALPHA;
  requireDomain(alpha > 0 && alpha < 1, "power", `an alpha in (0, 1), got ${alpha}`);
  const alternative = design.alternative ?? "two-sided";
  return { tail: alternative === "two-sided" ? alpha / 2 : alpha, alternative };
}

function requireUsers(control: number, treatment: number): void {
  const enough = control >= 2 && treatment >= 2;
  requireDomain(enough, "power", `2 users an arm, got ${control} and ${treatment}`);
}
