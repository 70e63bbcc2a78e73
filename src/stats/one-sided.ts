// The one-sided reading of an effect: only a gain counts, or only a loss. The direction is declared
// before the data are seen; choosing it afterwards doubles the false alarms.
import { requireLevel } from "./domain.ts";
import type { Effect } from "./effect.ts";
import { studentCdf, studentQuantile } from "./student-t.ts";

/** "greater": the alternative is that the treatment raises the outcome; "less": that it lowers. */
export type Direction = "greater" | "less";

export interface OneSidedReading {
  /** -Infinity for "less". */
  readonly lower: number;
  /** Infinity for "greater". */
  readonly upper: number;
  readonly p: number;
}

/**
 * Bound and p value in one direction, in the units of the effect; all of 1 - level lies on one
 * side. `against` is the effect under the null hypothesis.
 * @example estimate 1.644853627, standard error 1, "greater": lower 0, p .05
 */
export function oneSided(
  effect: Effect,
  direction: Direction,
  against: number = 0,
): OneSidedReading {
  requireLevel(effect.level, "one-sided bound");
  const { estimate, standardError, degreesOfFreedom } = effect;
  const half = studentQuantile(effect.level, degreesOfFreedom) * standardError;
  const t = (estimate - against) / standardError;
  if (direction === "greater") {
    const p = studentCdf(-t, degreesOfFreedom);
    return { lower: estimate - half, upper: Number.POSITIVE_INFINITY, p };
  }
  const p = studentCdf(t, degreesOfFreedom);
  return { lower: Number.NEGATIVE_INFINITY, upper: estimate + half, p };
}
