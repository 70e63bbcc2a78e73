// The verdict is printed as JSON, which has no infinity: the normal reference is null there.
import type { Effect } from "../stats/index.ts";
import type { EffectInterval } from "./effects.ts";

export function intervalOf(effect: Effect): EffectInterval {
  const { degreesOfFreedom: df } = effect;
  return { ...effect, degreesOfFreedom: Number.isFinite(df) ? df : null };
}

/** As the estimators take it. */
export function effectFrom(interval: EffectInterval): Effect {
  return { ...interval, degreesOfFreedom: interval.degreesOfFreedom ?? Number.POSITIVE_INFINITY };
}
