// When there is too little to tell: how many users, and of a share how many with and without, an
// arm needs, how lopsided its numbers may be, and the words for where that is not so. One rule for
// main effects, segments, payback and the plan; below it nothing is found, in either direction.
import {
  designSkewness,
  type Shape,
  type ShapePair,
  SKEWNESS_MOST,
  shapeOf,
  shapeOfShare,
  shapeOfSum,
} from "../stats/index.ts";
import type { Metric } from "../verdict/metric.ts";
import { usersOf } from "./metric-summary.ts";
import type { StudyArm } from "./study.ts";

/** Fewer users in an arm make no normal mean, of a segment or before the planned end. */
export const ENOUGH_USERS = 30;
/**
 * Users with, and users without, that each arm would have if nothing differed (Cochran 1954,
 * Biometrics 10). What an arm did have is no rule: it would take 0 of 5,000 for too few.
 */
export const ENOUGH_CASES = 5;

export interface Counts {
  readonly id: string;
  readonly n: number;
  readonly successes: number;
}

/** Why shares of two arms cannot be compared, in words; null where they can. */
export function tooFewCases(
  control: Counts,
  treatment: Counts,
  [having, lacking]: readonly [string, string] = ["with it", "without it"],
): string | null {
  const [smaller] = [control, treatment].sort((a, b) => a.n - b.n) as [Counts, Counts];
  const share = (control.successes + treatment.successes) / (control.n + treatment.n);
  const [part, what] = share <= 0.5 ? [share, having] : [1 - share, lacking];
  const cases = smaller.n * part;
  if (cases >= ENOUGH_CASES) return null;
  const shown = Number(cases.toPrecision(2));
  return (
    `${smaller.n} users in arm ${smaller.id} are too few to tell: if nothing differed ${shown} ` +
    `of them would be ${what}, and ${ENOUGH_CASES} are needed`
  );
}

/** The same of a metric of any kind. */
export function tooFewOf(metric: Metric, control: StudyArm, arm: StudyArm): string | null {
  if (metric.kind === "ratio") return tooFewBelow(metric, control) ?? tooFewBelow(metric, arm);
  if (metric.kind !== "share") return null;
  const countsOf = (of: StudyArm): Counts => {
    const { n, sum } = of.outcomes[metric.id]!;
    return { id: of.id, n, successes: sum };
  };
  return tooFewCases(countsOf(control), countsOf(arm));
}

/** A ratio is as good as normal once what it is divided by is known to a fifth. */
const DENOMINATOR_ERROR = 0.2;

function tooFewBelow({ id }: Metric, arm: StudyArm): string | null {
  const { n, sumY, sumYY } = arm.ratios![id]!;
  if (n < 2 || sumY <= 0) return null;
  const error = Math.sqrt(Math.max(0, sumYY - sumY ** 2 / n)) / sumY;
  if (error <= DENOMINATOR_ERROR) return null;
  const known = `known to ${Math.round(100 * error)} % only`;
  return `what it is divided by is ${known} in arm ${arm.id}: too few users have any`;
}

/**
 * Skewness of a plain difference between two arms; null where nobody summed the cubes, and for
 * quantiles. A share is read by its counts.
 */
export function skewnessOf(metric: Metric, control: StudyArm, arm: StudyArm): number | null {
  return skewnessOfShapes([shapesOf(metric, control, arm)]);
}

/** Of strata, or of one pair; null where one of them has no shape. */
export function skewnessOfShapes(pairs: readonly (ShapePair | null)[]): number | null {
  return pairs.some((pair) => pair === null) ? null : designSkewness(pairs as ShapePair[]);
}

function shapesOf(metric: Metric, control: StudyArm, arm: StudyArm): ShapePair | null {
  const [a, b] = [control, arm].map((of) => {
    if (metric.kind === "quantile") return null;
    if (metric.kind === "ratio") {
      const pair = of.ratios![metric.id]!;
      return shapeOfSum(pair, pair.n / pair.sumY, (-pair.n * pair.sumX) / pair.sumY ** 2);
    }
    const moments = of.outcomes[metric.id]!;
    if (metric.kind === "share") return shapeOfShare({ successes: moments.sum, n: moments.n });
    return shapeOf(moments);
  });
  return a && b ? { control: a, treatment: b } : null;
}

/** Why numbers are too lopsided for so few users, in words; null where they are not. */
export function tooSkewed(
  skewness: number | null,
  control: StudyArm,
  arm: StudyArm,
): string | null {
  if (skewness === null || Math.abs(skewness) <= SKEWNESS_MOST) return null;
  const smaller = control.n < arm.n ? control : arm;
  const needed = Math.ceil(smaller.n * (skewness / SKEWNESS_MOST) ** 2);
  return (
    `${smaller.n} users in arm ${smaller.id} are too few for numbers as skewed as these: about ` +
    `${Number(needed.toPrecision(2))} are needed, or a bound on one user's number (clamp)`
  );
}

/** Of numbers whose cubes nobody summed: more skewed than a log-normal of spread 1 is seldom. */
const SKEWNESS_SUPPOSED = 6;

/**
 * Why nobody may look at an effect yet, as a sentence; null where everybody may. Always-valid
 * intervals are asymptotic, and what must be large is the smaller arm, not all users: looked at 100
 * times from 1 % of the planned users on, 1 % held out, Wald's alarmed in 15 % of null campaigns.
 */
export function tooFewForLooks(metric: Metric, control: StudyArm, arm: StudyArm): string | null {
  const smaller = usersOf(metric, control) < usersOf(metric, arm) ? control : arm;
  const users = usersOf(metric, smaller);
  const head = `no always-valid interval yet: ${users} users in arm ${smaller.id}`;
  if (users < ENOUGH_USERS) return `${head}, and ${ENOUGH_USERS} are needed.`;
  if (metric.kind === "quantile" || shapesOf(metric, control, arm) !== null) return null;
  const supposed = (of: StudyArm): Shape => {
    const n = usersOf(metric, of);
    return { n, squares: n, cubes: SKEWNESS_SUPPOSED * n };
  };
  const pair = { control: supposed(control), treatment: supposed(arm) };
  const part = Math.abs(designSkewness([pair])) / SKEWNESS_MOST;
  if (part <= 1) return null;
  const needed = Math.ceil(users * part ** 2);
  return `${head}, and ${needed} are needed where nobody knows how skewed their numbers are.`;
}
