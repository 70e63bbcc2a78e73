// The effect that two arms of any shape have, by the estimator that belongs to the shape, relative
// or absolute; shared by the families that read effects in different ways.
import {
  adjustedRatio,
  differenceInMeans,
  type Effect,
  regressionAdjusted,
  relativeLift,
} from "../../src/stats/index.ts";
import { type Arms, historyOf, quadOf, summaryOf } from "./arms.ts";
import { PairProblem, type Value } from "./family.ts";
import { has } from "./fields.ts";

export interface Reading {
  readonly effect: Effect;
  /** Users of both arms together. */
  readonly users: number;
  /** The control's unadjusted level, for priors on another scale. */
  readonly controlLevel: number;
  /** What else the estimator says, by the names in use. */
  readonly extra: { readonly [name: string]: Value };
}

export function readEffect(arms: Arms, relative: boolean, level: number): Reading {
  const { control, treatment } = arms;
  if (has(control, "m_pre")) {
    const [a, b] = [quadOf(control), quadOf(treatment)];
    const result = adjustedRatio(a, b, level);
    return {
      effect: chosen(result, relative),
      users: a.n + b.n,
      controlLevel: result.controlRatio,
      extra: ratios(result.controlRatio, result.treatmentRatio, result.theta),
    };
  }
  if (has(control, "pre_sum")) {
    const [a, b] = [historyOf(control), historyOf(treatment)];
    const result = regressionAdjusted(a, b, level);
    return {
      effect: chosen(result, relative),
      users: a.n + b.n,
      controlLevel: result.controlMean,
      extra: {
        ...means(result.controlMean, result.treatmentMean),
        theta: result.theta,
        variance_reduction: result.varianceReduction,
      },
    };
  }
  const [a, b] = [summaryOf(control), summaryOf(treatment)];
  const effect = relative ? relativeLift(a, b, level) : differenceInMeans(a, b, level);
  const extra = has(control, "num_sum") ? ratios(a.mean, b.mean, 0) : means(a.mean, b.mean);
  return { effect, users: a.n + b.n, controlLevel: a.mean, extra };
}

function chosen(result: { absolute: Effect; relative: Effect | null }, relative: boolean): Effect {
  if (!relative) return result.absolute;
  if (result.relative === null)
    throw new PairProblem("no lift over a control that is not positive");
  return result.relative;
}

function means(control: number, treatment: number): { [name: string]: Value } {
  return {
    control_mean: control,
    treatment_mean: treatment,
    control_mean_shown: control,
    treatment_mean_shown: treatment,
  };
}

function ratios(control: number, treatment: number, theta: number): { [name: string]: Value } {
  return {
    ...means(control, treatment),
    control_ratio: control,
    treatment_ratio: treatment,
    theta,
  };
}
