// What does one more unit of x cost in y? Difference of the means of y over that of x, with
// Fieller's interval (1954, JRSS B 16), which stays honest when the effect on x may be zero: then
// it has no upper or no lower end, and says so instead of inventing one.
import { requireDomain, requireLevel } from "./domain.ts";
import { DEFAULT_LEVEL } from "./effect.ts";
import { covariance, marginal, type PairMoments, summarizeMoments } from "./moments.ts";
import { normalQuantile } from "./normal.ts";

/** An interval without an end on the sides that are null. */
export interface UnboundedInterval {
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface RatioOfDifferences {
  /** Null when the difference of x is exactly zero. */
  readonly estimate: number | null;
  readonly differenceX: number;
  readonly differenceY: number;
  readonly interval: UnboundedInterval;
}

/**
 * (mean y of treatment - of control) / (mean x of treatment - of control). n >= 2 in each arm.
 * The interval is given for positive effects on x: where x's own interval contains zero, it runs
 * from the smallest ratio that the data allow (for a positive difference of y) without an end.
 * @example x: 1 user in 10 stays against 2 in 10; y: cost 0 against 5 each: 5 / .1 = 50 a user
 */
export function ratioOfDifferences(
  control: PairMoments,
  treatment: PairMoments,
  level: number = DEFAULT_LEVEL,
): RatioOfDifferences {
  requireLevel(level, "ratio of differences");
  const enough = control.n >= 2 && treatment.n >= 2;
  requireDomain(enough, "ratio of differences", "at least 2 users in each arm");
  const differenceX = treatment.sumX / treatment.n - control.sumX / control.n;
  const differenceY = treatment.sumY / treatment.n - control.sumY / control.n;
  const z2 = normalQuantile(1 - (1 - level) / 2) ** 2;
  const vX = meanVariance(control, "x") + meanVariance(treatment, "x");
  const vY = meanVariance(control, "y") + meanVariance(treatment, "y");
  const cXY = covariance(control) / control.n + covariance(treatment) / treatment.n;
  // All r with (dY - r dX)^2 <= z^2 Var(dY - r dX): a r^2 - 2 b r + c <= 0.
  const a = differenceX ** 2 - z2 * vX;
  const b = differenceX * differenceY - z2 * cXY;
  const c = differenceY ** 2 - z2 * vY;
  const estimate = differenceX === 0 ? null : differenceY / differenceX;
  return { estimate, differenceX, differenceY, interval: fiellerSet(a, b, c) };
}

function fiellerSet(a: number, b: number, c: number): UnboundedInterval {
  const discriminant = b * b - a * c;
  if (discriminant < 0) return { lower: null, upper: null };
  const root = Math.sqrt(discriminant);
  if (a > 0) return { lower: (b - root) / a, upper: (b + root) / a };
  // x may be unmoved. c <= 0: y too, so any ratio fits; otherwise the set is outside two roots, and
  // the positive branch starts at the larger one.
  if (c <= 0 || a === 0) return { lower: null, upper: null };
  return { lower: Math.max((b + root) / a, (b - root) / a), upper: null };
}

function meanVariance(pair: PairMoments, side: "x" | "y"): number {
  return summarizeMoments(marginal(pair, side)).variance / pair.n;
}
