// How many times as likely is the outcome under treatment? Intervals for the ratio of two shares:
// on the log scale (Katz 1978, Biometrics 34), and Koopman's by scores (1984, Biometrics 40).

import type { Share } from "./difference-in-proportions.ts";
import { requireDomain, requireLevel } from "./domain.ts";
import { DEFAULT_LEVEL } from "./effect.ts";
import { normalQuantile } from "./normal.ts";
import type { Interval } from "./share-interval.ts";

/**
 * Log-scale interval of treatment share over control share; subtract 1 for a relative lift. Both
 * arms need a success unless `adjusted`, which adds half a success to each (Walter 1975).
 * @example 17054 of 449925 and 123523 of 2550075: [1.258035355887, 1.298149292726] (Criteo sample)
 */
export function riskRatioInterval(
  control: Share,
  treatment: Share,
  options: { adjusted?: boolean; level?: number } = {},
): Interval {
  const level = options.level ?? DEFAULT_LEVEL;
  requireLevel(level, "risk ratio");
  const add = options.adjusted ? 0.5 : 0;
  const [a, n1] = [control.successes + add, control.n + add];
  const [b, n2] = [treatment.successes + add, treatment.n + add];
  requireDomain(a > 0 && b > 0, "risk ratio", "a success in each arm");
  const log = Math.log(b / n2 / (a / n1));
  const half = normalQuantile(1 - (1 - level) / 2) * Math.sqrt(1 / a - 1 / n1 + 1 / b - 1 / n2);
  return { lower: Math.exp(log - half), upper: Math.exp(log + half) };
}

/**
 * Koopman's score interval of treatment share over control share. Each arm needs a success, and not
 * only successes in both.
 * @example control 1 of 34, treatment 7 of 34: about [1.21, 43] (R PropCIs)
 */
export function riskRatioScoreInterval(
  control: Share,
  treatment: Share,
  level: number = DEFAULT_LEVEL,
): Interval {
  requireLevel(level, "risk ratio");
  const [a, b] = [control.successes, treatment.successes];
  requireDomain(a > 0 && b > 0, "risk ratio", "a success in each arm");
  requireDomain(a < control.n || b < treatment.n, "risk ratio", "a user without the outcome");
  const bound = normalQuantile(1 - (1 - level) / 2) ** 2;
  const estimate = b / treatment.n / (a / control.n);
  const excess = (ratio: number): number => scoreStatistic(control, treatment, ratio) - bound;
  return { lower: crossing(excess, estimate, 0.5), upper: crossing(excess, estimate, 2) };
}

/** Koopman's chi-square of the hypothesis that treatment share = ratio * control share. */
function scoreStatistic(control: Share, treatment: Share, ratio: number): number {
  const { successes: x, n: m } = treatment;
  const { successes: y, n } = control;
  // Maximum-likelihood share of the treatment under that ratio: the smaller root of a quadratic.
  const linear = ratio * (m + y) + x + n;
  const root = Math.sqrt(linear ** 2 - 4 * ratio * (m + n) * (x + y));
  const p = (linear - root) / (2 * (m + n));
  const spread = (m * (ratio - p)) / (n * (1 - p));
  return ((x - m * p) ** 2 / (m * p * (1 - p))) * (1 + spread);
}

/** Walks from the estimate by `step` until the statistic exceeds its bound, then halves. */
function crossing(excess: (ratio: number) => number, estimate: number, step: number): number {
  let inside = estimate;
  let outside = estimate * step;
  for (let i = 0; i < 200 && excess(outside) < 0; i++) {
    inside = outside;
    outside *= step;
  }
  for (let i = 0; i < 100; i++) {
    const middle = Math.sqrt(inside * outside);
    if (excess(middle) < 0) inside = middle;
    else outside = middle;
  }
  return Math.sqrt(inside * outside);
}
