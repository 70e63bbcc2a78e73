// The verdict is printed as JSON, which has no infinity: the normal reference is null there.
import { type Effect, studentQuantile } from "../stats/index.ts";
import type { EffectInterval } from "../verdict/effect-row.ts";

export function intervalOf(effect: Effect): EffectInterval {
  const { degreesOfFreedom: df } = effect;
  return { ...effect, degreesOfFreedom: Number.isFinite(df) ? df : null };
}

/**
 * As the estimators take it that ask on one side: with the standard error that the interval has on
 * that side, since with rare shares, skewed numbers and values that tie the two sides differ.
 */
export function effectTowards(interval: EffectInterval, side: "lower" | "upper"): Effect {
  const { estimate, lower, upper, level } = interval;
  const degreesOfFreedom = interval.degreesOfFreedom ?? Number.POSITIVE_INFINITY;
  const reach = side === "lower" ? estimate - lower : upper - estimate;
  const own = reach / studentQuantile(1 - (1 - level) / 2, degreesOfFreedom);
  // A bound at the estimate itself (of values that tie) knows no error.
  const standardError = own > 0 ? own : interval.standardError;
  return { ...interval, standardError, degreesOfFreedom };
}
