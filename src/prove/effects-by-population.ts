// One metric, one arm against the held-out: the effect on all who were assigned, the same adjusted
// by what users did before, and the effect on those who claimed (assignment as instrument).
import {
  type ArmSummary,
  complierEffect,
  differenceInMeans,
  differenceInQuantiles,
  type Effect,
  effectOf,
  isAdjustable,
  isLiftDefined,
  regressionAdjusted,
  relativeLift,
  relativeLiftVariance,
} from "../stats/index.ts";
import { intervalOf } from "./effect-interval.ts";
import type { PlainEffect } from "./effects.ts";
import { levelOf, obstacleOf, summaryOf } from "./metric-summary.ts";
import type { Metric, StudyArm } from "./study.ts";

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
  // One reference for interval and p value, so that the two can never disagree about zero.
  const [a, b] = [summaryOf(metric, control), summaryOf(metric, arm)];
  if (a.variance + b.variance === 0) {
    const what =
      metric.kind === "quantile" ? "its bounds are one value" : "every user has the same value";
    return none(`no interval: ${what} within ${control.id} and within ${arm.id}`);
  }
  const absolute = intervalOf(absoluteEffect(metric, control, arm, level));
  if (!isLiftDefined(a)) return { ...base, absolute, note: NO_RELATIVE };
  if (relativeLiftVariance(a, b) === 0) return { ...base, absolute, note: NO_RELATIVE_ERROR };
  const relative = intervalOf(relativeEffect(metric, a, b, level));
  return { ...base, absolute, relative };
}

function absoluteEffect(
  metric: Metric,
  control: StudyArm,
  arm: StudyArm,
  level: number | undefined,
): Effect {
  if (metric.kind !== "quantile") {
    return differenceInMeans(summaryOf(metric, control), summaryOf(metric, arm), level);
  }
  const { id } = metric;
  return differenceInQuantiles(control.quantiles![id]!, arm.quantiles![id]!, level);
}

function relativeEffect(
  metric: Metric,
  control: ArmSummary,
  treatment: ArmSummary,
  level: number | undefined,
): Effect {
  const lift = relativeLift(control, treatment, level);
  if (metric.kind !== "quantile") return lift;
  // A quantile's standard error is not that of a mean: normal reference, as for the absolute one.
  return effectOf(lift.estimate, lift.standardError, Number.POSITIVE_INFINITY, level);
}

/** Null where users have no number before, or where it explains nothing or all. */
export function adjustedEffect(
  metric: Metric,
  control: StudyArm,
  arm: StudyArm,
  level: number | undefined,
): PlainEffect | null {
  if (!isMean(metric)) return null;
  const [a, b] = [control.before?.[metric.id], arm.before?.[metric.id]];
  if (a === undefined || b === undefined || a.n < 2 || b.n < 2) return null;
  // Where the number before explains all, the plain reading stands alone.
  if (!isAdjustable(a, b)) return null;
  const { absolute, relative, varianceReduction } = regressionAdjusted(a, b, level);
  return {
    ...baseOf(metric, control, arm),
    population: "adjusted",
    absolute: intervalOf(absolute),
    relative: relative === null ? null : intervalOf(relative),
    note: `${(100 * varianceReduction).toFixed(1)} % of the variance explained before`,
  };
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
  const { effect, strength } = complierEffect(a, b, level);
  const base = { ...baseOf(metric, control, arm), population: "claimed" as const };
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
