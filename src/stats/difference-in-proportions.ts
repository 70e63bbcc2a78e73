// How much higher is the treated users' share than the control's? Interval without pooling (the
// shares may differ), test with pooling (under "no effect" they do not): Agresti, Categorical Data
// Analysis (2013), 3.1. For shares near 0 or 1 with few users take the Newcombe interval.
import { requireDomain } from "./domain.ts";
import { DEFAULT_LEVEL, type Effect, effectOf } from "./effect.ts";
import { summarizeShare } from "./moments.ts";
import { normalQuantile, normalTwoSidedP } from "./normal.ts";
import { type Interval, shareInterval } from "./share-interval.ts";

/** Users with the outcome among all users of an arm. */
export interface Share {
  readonly successes: number;
  readonly n: number;
}

/**
 * Treatment share minus control share, as a ratio 0..1. Unpooled (Wald) interval, pooled p value.
 * Needs one success and one failure over both arms together and some variance in one.
 * @example control 1 of 34, treatment 7 of 34: interval [0.02916942, 0.32377176] (R PropCIs)
 */
export function differenceInProportions(
  control: Share,
  treatment: Share,
  level: number = DEFAULT_LEVEL,
): Effect {
  const a = summarizeShare(control.successes, control.n);
  const b = summarizeShare(treatment.successes, treatment.n);
  const standardError = Math.sqrt(a.variance / a.n + b.variance / b.n);
  const effect = effectOf(b.mean - a.mean, standardError, Number.POSITIVE_INFINITY, level);
  return { ...effect, p: pooledProportionTest(control, treatment).p };
}

/**
 * Two-proportion z test with the pooled variance.
 * @example control 12 of 99, treatment 5 of 83: z -1.4078304151, p .1591812918 (statsmodels)
 */
export function pooledProportionTest(control: Share, treatment: Share): { z: number; p: number } {
  const pooled = summarizeShare(control.successes + treatment.successes, control.n + treatment.n);
  const valid = pooled.variance > 0 && control.n > 0 && treatment.n > 0;
  requireDomain(
    valid,
    "pooled z test",
    "users in both arms, some with and some without the outcome",
  );
  const difference = treatment.successes / treatment.n - control.successes / control.n;
  const z = difference / Math.sqrt(pooled.variance * (1 / control.n + 1 / treatment.n));
  return { z, p: normalTwoSidedP(z) };
}

/**
 * Newcombe's hybrid score interval for the difference (1998, Statistics in Medicine 17, method 10).
 * Valid for every count, also 0 and n.
 * @example 17054 of 449925 and 123523 of 2550075: [0.0099144961, 0.0111486944] (Criteo sample)
 */
export function newcombeInterval(
  control: Share,
  treatment: Share,
  level: number = DEFAULT_LEVEL,
): Interval {
  const a = shareInterval(control, level);
  const b = shareInterval(treatment, level);
  const p1 = control.successes / control.n;
  const p2 = treatment.successes / treatment.n;
  const difference = p2 - p1;
  return {
    lower: difference - Math.hypot(p2 - b.lower, a.upper - p1),
    upper: difference + Math.hypot(b.upper - p2, p1 - a.lower),
  };
}

/**
 * Agresti and Caffo's interval: one success and one failure added to each arm, then Wald's
 * (2000, The American Statistician 54).
 * @example control 1 of 34, treatment 7 of 34: [0.01161167, 0.32172166] (R PropCIs)
 */
export function agrestiCaffoInterval(
  control: Share,
  treatment: Share,
  level: number = DEFAULT_LEVEL,
): Interval {
  const a = summarizeShare(control.successes + 1, control.n + 2);
  const b = summarizeShare(treatment.successes + 1, treatment.n + 2);
  const half = normalQuantile(1 - (1 - level) / 2) * Math.sqrt(a.variance / a.n + b.variance / b.n);
  return { lower: b.mean - a.mean - half, upper: b.mean - a.mean + half };
}
