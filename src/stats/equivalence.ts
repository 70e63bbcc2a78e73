// Is the effect too small to matter, or at least not harmful? "Not significant" is no evidence of
// no effect; these tests are. Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics
// 15; Blackwelder (1982), Controlled Clinical Trials 3. Margins are declared before the start.
import { requireDomain, requireLevel } from "./domain.ts";
import { DEFAULT_LEVEL, type Effect } from "./effect.ts";
import { type Direction, oneSided } from "./one-sided.ts";
import { studentQuantile } from "./student-t.ts";

export interface Equivalence {
  /** The larger of the two one-sided p values. */
  readonly p: number;
  readonly pLower: number;
  readonly pUpper: number;
  /** The interval at 2 level - 1 (90 % for .95), which lies within the margins if equivalent. */
  readonly lower: number;
  readonly upper: number;
  readonly equivalent: boolean;
}

/**
 * Two one-sided tests that the effect lies strictly between `low` and `high`, in its units.
 * @example estimate 0, standard error 1, margins -2 and 2, normal: p .0227501, equivalent
 */
export function equivalence(
  effect: Effect,
  low: number,
  high: number,
  level: number = DEFAULT_LEVEL,
): Equivalence {
  requireLevel(level, "equivalence");
  requireDomain(level > 0.5, "equivalence", `a level above .5, got ${level}`);
  requireDomain(low < high, "equivalence", `a lower margin below the upper, got ${low}, ${high}`);
  const pLower = oneSided(effect, "greater", low).p;
  const pUpper = oneSided(effect, "less", high).p;
  const p = Math.max(pLower, pUpper);
  const half = studentQuantile(level, effect.degreesOfFreedom) * effect.standardError;
  const [lower, upper] = [effect.estimate - half, effect.estimate + half];
  return { p, pLower, pUpper, lower, upper, equivalent: p < 1 - level };
}

export interface NonInferiority {
  readonly p: number;
  /** The one-sided bound that must lie on the good side of the margin. */
  readonly bound: number;
  readonly nonInferior: boolean;
}

/**
 * Whether the treatment is worse by less than `margin` > 0 (in the effect's units). `better` says
 * in which direction the metric is good: "greater" for revenue, "less" for refunds.
 * @example estimate -.5, standard error .5, margin 1.5, "greater", normal: p .0227501
 */
export function nonInferiority(
  effect: Effect,
  margin: number,
  better: Direction = "greater",
  level: number = DEFAULT_LEVEL,
): NonInferiority {
  requireDomain(margin > 0, "non-inferiority", `a positive margin, got ${margin}`);
  const against = better === "greater" ? -margin : margin;
  const reading = oneSided({ ...effect, level }, better, against);
  const bound = better === "greater" ? reading.lower : reading.upper;
  return { p: reading.p, bound, nonInferior: reading.p < 1 - level };
}
