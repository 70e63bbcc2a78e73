// One metric, one arm against the held-out: the effect on all who were assigned, the same adjusted
// by what users did before, and the effect on those who claimed (assignment as instrument).
import {
  complierEffect,
  differenceByScore,
  differenceInMeans,
  isAdjustable,
  isLiftDefined,
  liftByScore,
  marginal,
  type PairMoments,
  quantileDifference,
  quantileLift,
  regressionAdjusted,
  relativeLiftVariance,
  type Share,
  shapeOfShare,
  shapeOfSum,
  skewCorrected,
  skewCorrectedLift,
  summarizeMoments,
  summarizeShare,
} from "../stats/index.ts";
import type { PlainEffect } from "../verdict/effect-row.ts";
import type { Metric } from "../verdict/metric.ts";
import { intervalOf } from "./effect-interval.ts";
import { skewnessOf, skewnessOfShapes, tooFewOf, tooSkewed } from "./enough.ts";
import { levelOf, obstacleOf, summaryOf } from "./metric-summary.ts";
import type { StudyArm } from "./study.ts";

export const NO_RELATIVE = "no relative effect: the control's mean is too near zero";
/** By the delta method a treated mean of exactly zero leaves a lift of -100 % without an error. */
export const NO_RELATIVE_ERROR = "no relative effect: every treated user's number is zero";

/** Intention to treat. */
export function assignedEffect(
  metric: Metric,
  control: StudyArm,
  arm: StudyArm,
  level: number | undefined,
): PlainEffect {
  const base = baseOf(metric, control, arm);
  const none = (note: string): PlainEffect => ({ ...base, note });
  const blocked = obstacleOf(metric, control) ?? obstacleOf(metric, arm);
  if (blocked !== null) {
    return none(blocked.startsWith("not measured") ? blocked : `no interval: ${blocked}`);
  }
  if (metric.kind === "quantile") return quantileEffect(metric, control, arm, base, level);
  const [a, b] = [summaryOf(metric, control), summaryOf(metric, arm)];
  const few = tooFewOf(metric, control, arm);
  if (few !== null && (metric.kind === "ratio" || !isConstant(metric, control, arm))) {
    return none(few);
  }
  if (metric.kind === "share" && !isConstant(metric, control, arm)) {
    return shareEffect(shareOf(metric, control), shareOf(metric, arm), base, level);
  }
  if (a.variance + b.variance === 0) {
    const within = `within ${control.id} and within ${arm.id}`;
    return none(`no interval: every user has the same value ${within}`);
  }
  const skewness = skewnessOf(metric, control, arm);
  const skewed = tooSkewed(skewness, control, arm);
  if (skewed !== null) return none(skewed);
  // One reference for interval and p value, so that the two can never disagree about zero.
  const absolute = intervalOf(skewCorrected(differenceInMeans(a, b, level), skewness ?? 0));
  if (!isLiftDefined(a)) return { ...base, absolute, note: NO_RELATIVE };
  if (relativeLiftVariance(a, b) === 0) return { ...base, absolute, note: NO_RELATIVE_ERROR };
  const lift = skewCorrectedLift(a, b, skewness ?? 0, level);
  if (lift === null) return { ...base, absolute, note: NO_RELATIVE };
  return { ...base, absolute, relative: intervalOf(lift) };
}

/** Interval and p value of one score test each, which hold with rare shares and few held out. */
function shareEffect(
  control: Share,
  treatment: Share,
  base: PlainEffect,
  level: number | undefined,
): PlainEffect {
  const absolute = intervalOf(differenceByScore(control, treatment, level));
  if (!isLiftDefined(summarizeShare(control.successes, control.n))) {
    return { ...base, absolute, note: NO_RELATIVE };
  }
  return { ...base, absolute, relative: intervalOf(liftByScore(control, treatment, level)) };
}

function quantileEffect(
  { id }: Metric,
  control: StudyArm,
  arm: StudyArm,
  base: PlainEffect,
  level: number | undefined,
): PlainEffect {
  const [a, b] = [control.quantiles![id]!, arm.quantiles![id]!];
  const effect = quantileDifference(a, b, level);
  if (effect === null) {
    const note = `no interval: its bounds are one value within ${control.id} and within ${arm.id}`;
    return { ...base, note };
  }
  const absolute = intervalOf(effect);
  const lift = quantileLift(a, b, level);
  if (lift === null) return { ...base, absolute, note: NO_RELATIVE };
  return { ...base, absolute, relative: intervalOf(lift) };
}

function shareOf({ id }: Metric, arm: StudyArm): Share {
  const { sum, n } = arm.outcomes[id]!;
  return { successes: sum, n };
}

/** Whether all users of both arms have the same 0 or 1. */
function isConstant(metric: Metric, control: StudyArm, arm: StudyArm): boolean {
  if (metric.kind !== "share") return false;
  const [a, b] = [shareOf(metric, control), shareOf(metric, arm)];
  const successes = a.successes + b.successes;
  return successes === 0 || successes === a.n + b.n;
}

/** Null where users have no number before, or too few to tell, or where it explains all. */
export function adjustedEffect(
  metric: Metric,
  control: StudyArm,
  arm: StudyArm,
  level: number | undefined,
): PlainEffect | null {
  if (!isMean(metric)) return null;
  const [a, b] = [control.before?.[metric.id], arm.before?.[metric.id]];
  if (a === undefined || b === undefined || a.n < 2 || b.n < 2) return null;
  if (tooFewOf(metric, control, arm) !== null) return null;
  // Where the number before explains all, the plain reading stands alone.
  if (!isAdjustable(a, b)) return null;
  const base = { ...baseOf(metric, control, arm), population: "adjusted" as const };
  const { absolute, relative, varianceReduction, theta } = regressionAdjusted(a, b, level);
  const explained = `${(100 * varianceReduction).toFixed(1)} % of the variance explained before`;
  // With a handful of users the line through them may add to the variance.
  if (varianceReduction <= 0) return { ...base, note: `not adjusted: ${explained}` };
  const shapes = [a, b].map((pair) => shapeOfSum(pair, -theta, 1) ?? ownShape(metric, pair));
  const [left, right] = shapes;
  const skewness = skewnessOfShapes([left && right ? { control: left, treatment: right } : null]);
  const skewed = tooSkewed(skewness, control, arm);
  if (skewed !== null) return { ...base, note: `not adjusted: ${skewed}` };
  const sharper = intervalOf(skewCorrected(absolute, skewness ?? 0));
  const found = { ...base, absolute: sharper, note: explained };
  if (relative === null || !isLiftDefined(summarizeMoments(marginal(a, "y")))) {
    return { ...found, note: `${explained}; ${NO_RELATIVE}` };
  }
  return { ...found, relative: intervalOf(relative) };
}

/** Where nobody summed the cubes, a share still has its counts. */
function ownShape({ kind }: Metric, { n, sumY }: PairMoments) {
  return kind === "share" ? shapeOfShare({ successes: sumY, n }) : null;
}

/** Null where claims are unknown, and for ratios and quantiles, which no instrument moves. */
export function claimedEffect(
  metric: Metric,
  control: StudyArm,
  arm: StudyArm,
  level: number | undefined,
): PlainEffect | null {
  if (!isMean(metric)) return null;
  const [a, b] = [control.claims?.[metric.id], arm.claims?.[metric.id]];
  if (a === undefined || b === undefined || a.n < 2 || b.n < 2) return null;
  const base = { ...baseOf(metric, control, arm), population: "claimed" as const };
  const few =
    tooFewOf(metric, control, arm) ?? tooSkewed(skewnessOf(metric, control, arm), control, arm);
  if (few !== null) return { ...base, note: few };
  const { effect, strength } = complierEffect(a, b, level);
  if (effect !== null) return { ...base, absolute: intervalOf(effect) };
  const note = Number.isFinite(strength)
    ? `too few claims for an effect on those who claimed (F = ${strength.toFixed(1)})`
    : "no interval: claims leave nothing of the outcome to chance";
  return { ...base, note };
}

function isMean({ kind }: Metric): boolean {
  return kind === "share" || kind === "mean";
}

/** The effect before anything is known of it. */
export function baseOf(metric: Metric, control: StudyArm, arm: StudyArm): PlainEffect {
  return {
    population: "assigned",
    controlMean: levelOf(metric, control),
    treatmentMean: levelOf(metric, arm),
    absolute: null,
    relative: null,
    note: null,
  };
}
