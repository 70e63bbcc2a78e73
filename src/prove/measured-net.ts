// The net of users whose worth and cost were both seen, with an interval as careful as that of the
// effect that it is made of: with rare shares the few held out who had the outcome, or none, say
// less of their variance than the score test of their share does.
import {
  designSkewness,
  differenceInMeans,
  type Effect,
  type Moments,
  shapeOf,
  skewCorrected,
  studentQuantile,
  summarizeMoments,
} from "../stats/index.ts";
import type { EffectInterval } from "../verdict/effect-row.ts";
import type { Metric } from "../verdict/metric.ts";
import { effectTowards } from "./effect-interval.ts";

export interface MeasuredNet {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** Null: the normal reference. */
  readonly degreesOfFreedom: number | null;
}

interface Shares {
  readonly n: number;
  readonly share: number;
}

/** @param effect the plain one on `metric`, of which one unit is worth `marginPerUnit` */
export function measuredNet(
  net: readonly [control: Moments, treatment: Moments],
  metric: Metric,
  effect: EffectInterval,
  shares: readonly [control: Shares, treatment: Shares],
  marginPerUnit: number,
): MeasuredNet {
  const [a, b] = [summarizeMoments(net[0]), summarizeMoments(net[1])];
  const estimate = b.mean - a.mean;
  const isConstant = a.variance + b.variance === 0;
  const plain = isConstant ? null : differenceInMeans(a, b, effect.level);
  if (metric.kind !== "share") {
    const read = plain === null ? null : turned(net, plain);
    const { lower, upper } = read ?? { lower: estimate, upper: estimate };
    return { estimate, lower, upper, degreesOfFreedom: plain?.degreesOfFreedom ?? null };
  }
  const wald = shares.reduce((sum, { n, share }) => sum + (share * (1 - share)) / n, 0);
  const degreesOfFreedom = plain?.degreesOfFreedom ?? Number.POSITIVE_INFINITY;
  const critical = studentQuantile((1 + effect.level) / 2, degreesOfFreedom);
  // What the score test's error on that side has over Wald's goes into the net's.
  const reach = (side: "lower" | "upper"): number => {
    const more = Math.max(0, effectTowards(effect, side).standardError ** 2 - wald);
    const own = plain === null ? 0 : plain.standardError ** 2;
    return critical * Math.sqrt(own + marginPerUnit ** 2 * more);
  };
  const known = Number.isFinite(degreesOfFreedom) ? degreesOfFreedom : null;
  const [lower, upper] = [estimate - reach("lower"), estimate + reach("upper")];
  return { estimate, lower, upper, degreesOfFreedom: known };
}

function turned([control, treatment]: readonly [Moments, Moments], effect: Effect): Effect {
  const [a, b] = [shapeOf(control), shapeOf(treatment)];
  if (a === null || b === null) return effect;
  return skewCorrected(effect, designSkewness([{ control: a, treatment: b }]));
}
