// Few held out, and numbers of which a few are huge (what users spend): t is then lopsided, and its
// interval misses far more often than it says, nearly always on one side. A cubic turns it back:
// Johnson (1978), JASA 73; monotone, Hall (1992), JRSS B 54. How lopsided it is says the skewness
// of both arms' users together: that of the small arm alone is not known well enough, and is
// seldom large where the arm has missed the few who are.

import { differenceInMeans } from "./difference-in-means.ts";
import type { Share } from "./difference-in-proportions.ts";
import { requireDomain } from "./domain.ts";
import { DEFAULT_LEVEL, type Effect } from "./effect.ts";
import {
  type ArmSummary,
  deviationsOf,
  type Moments,
  type PairMoments,
  pairSquaresOf,
} from "./moments.ts";
import { relativeLift } from "./relative-lift.ts";
import { studentQuantile, studentTwoSidedP } from "./student-t.ts";

/** Sums of the squared and of the cubed deviations of an arm's users from their mean. */
export interface Shape {
  readonly n: number;
  readonly squares: number;
  readonly cubes: number;
}

export interface ShapePair {
  readonly control: Shape;
  readonly treatment: Shape;
}

/**
 * Above this skewness of a difference no correction holds its 5 %. It is that of a share of which
 * the small arm would have four users: a mean of numbers with skewness s needs 4 s^2 users.
 */
export const SKEWNESS_MOST = 0.5;

/** Null where nobody summed the cubes. */
export function shapeOf(moments: Moments): Shape | null {
  const { n, cubes } = moments;
  return cubes === undefined ? null : { n, squares: deviationsOf(moments), cubes };
}

/** The same of a x + b y, from the moments of both; null where nobody summed the cubes. */
export function shapeOfSum(pair: PairMoments, a: number, b: number): Shape | null {
  const { n, cubes } = pair;
  if (cubes === undefined) return null;
  const { xx, xy, yy } = pairSquaresOf(pair);
  const { xxx, xxy, xyy, yyy } = cubes;
  const cubed = a ** 3 * xxx + 3 * a ** 2 * b * xxy + 3 * a * b ** 2 * xyy + b ** 3 * yyy;
  return { n, squares: Math.max(0, a ** 2 * xx + 2 * a * b * xy + b ** 2 * yy), cubes: cubed };
}

/** Of users who have 0 or 1. */
export function shapeOfShare({ successes, n }: Share): Shape {
  const p = successes / n;
  const squares = n * p * (1 - p);
  return { n, squares, cubes: squares * (1 - 2 * p) };
}

/**
 * Skewness of the difference of two arms' means if users were alike in both: zero for arms of one
 * size. Of several strata each with its share of all users as weight, as in post-stratification.
 * @example skewness 10 of a user, 1000 held out, 99,000 treated: -.3115
 */
export function designSkewness(strata: readonly ShapePair[]): number {
  const total = strata.reduce((sum, { control, treatment }) => sum + control.n + treatment.n, 0);
  let [variance, third] = [0, 0];
  for (const { control, treatment } of strata) {
    const [n, m] = [control.n, treatment.n];
    requireDomain(n >= 1 && m >= 1, "skewness", `users in both arms, got ${n} and ${m}`);
    const weight = (n + m) / total;
    const [squares, cubes] = [control.squares + treatment.squares, control.cubes + treatment.cubes];
    variance += weight ** 2 * (squares / (n + m)) * (1 / n + 1 / m);
    third += weight ** 3 * (cubes / (n + m)) * (1 / m ** 2 - 1 / n ** 2);
  }
  return variance === 0 ? 0 : third / variance ** 1.5;
}

/**
 * The interval and p value of a t (or normal) effect, turned by the skewness of its difference. One
 * test gives both, so that they agree about zero. Estimate and standard error stay.
 * @example estimate 1, error 1, normal, skewness -.3: [-1.6503, 2.6299], p .3935
 */
export function skewCorrected(effect: Effect, skewness: number): Effect {
  const finite = Number.isFinite(skewness);
  requireDomain(finite, "skew-corrected interval", `a finite skewness, got ${skewness}`);
  if (Math.abs(skewness) < 1e-6) return effect;
  const { estimate, standardError, degreesOfFreedom, level } = effect;
  const critical = studentQuantile(1 - (1 - level) / 2, degreesOfFreedom);
  const turned = turn(estimate / standardError, skewness);
  return {
    ...effect,
    lower: estimate - standardError * turnedBack(critical, skewness),
    upper: estimate - standardError * turnedBack(-critical, skewness),
    p: studentTwoSidedP(turned, degreesOfFreedom),
  };
}

/**
 * Below this skewness of the difference a lift is read by the delta method, as published engines
 * have it: the two agree to a hundredth of a standard error.
 */
const SKEWNESS_OF_LIFT = 0.1;

/**
 * The same of the relative lift, from the test of treatment mean = ratio x control mean (Fieller
 * 1954, JRSS B 16), so that it holds zero where the difference does. Null where the control's mean
 * is too near zero for its few users to bound a ratio.
 * @example means 10 and 11, variance 400, 1000 and 99,000 users, skewness -.3: .1 [-.0589, .2270]
 */
export function skewCorrectedLift(
  control: ArmSummary,
  treatment: ArmSummary,
  skewness: number,
  level: number = DEFAULT_LEVEL,
): Effect | null {
  const plain = relativeLift(control, treatment, level);
  if (Math.abs(skewness) < SKEWNESS_OF_LIFT) return plain;
  const critical = studentQuantile(1 - (1 - level) / 2, plain.degreesOfFreedom);
  const [a, b] = [control.mean, treatment.mean];
  const [v, w] = [control.variance / control.n, treatment.variance / treatment.n];
  const bound = (t: number): number | null => {
    const scale = a ** 2 - t ** 2 * v;
    const root = (a * b) ** 2 - scale * (b ** 2 - t ** 2 * w);
    if (scale <= 0 || root < 0) return null;
    return (a * b - Math.sign(t) * Math.sqrt(root)) / scale - 1;
  };
  const lower = bound(turnedBack(critical, skewness));
  const upper = bound(turnedBack(-critical, skewness));
  if (lower === null || upper === null) return null;
  const { p } = skewCorrected(differenceInMeans(control, treatment, level), skewness);
  return { ...plain, standardError: (upper - lower) / (2 * critical), lower, upper, p };
}

/** Hall's cubic: t + a t^2 / 3 + a^2 t^3 / 27 + a / 6. */
function turn(t: number, a: number): number {
  return t + (a * t ** 2) / 3 + (a ** 2 * t ** 3) / 27 + a / 6;
}

function turnedBack(z: number, a: number): number {
  return (3 / a) * (Math.cbrt(1 + a * (z - a / 6)) - 1);
}
