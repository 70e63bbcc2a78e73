// Intervals of two shares that hold up at small counts: all differences, or odds ratios, that a
// score test does not reject. Miettinen and Nurminen (1985), Statistics in Medicine 4; without
// their small-sample factor Mee (1984), Biometrics 40.
import type { Share } from "./difference-in-proportions.ts";
import { requireDomain, requireLevel } from "./domain.ts";
import { DEFAULT_LEVEL } from "./effect.ts";
import { normalQuantile } from "./normal.ts";
import type { Interval } from "./share-interval.ts";

export interface ScoreOptions {
  readonly level?: number;
  /** Miettinen and Nurminen's factor N / (N - 1) on the variance; on unless told otherwise. */
  readonly corrected?: boolean;
}

/**
 * Treatment share minus control share. Valid for every count.
 * @example control 1 of 34, treatment 7 of 34: [.0270416, .3452912]
 */
export function scoreDifferenceInterval(
  control: Share,
  treatment: Share,
  options: ScoreOptions = {},
): Interval {
  const estimate = requireShares(control, treatment);
  const z = criticalOf(options);
  const statistic = (delta: number): number => {
    const from = Math.max(0, -delta);
    const to = Math.min(1, 1 - delta);
    const p = mostLikely(
      control,
      treatment,
      from,
      to,
      (share) => share + delta,
      () => 1,
    );
    const q = p + delta;
    const variance = (p * (1 - p)) / control.n + (q * (1 - q)) / treatment.n;
    return (estimate - delta) / Math.sqrt(variance * inflation(control, treatment, options));
  };
  return {
    lower: solve((delta) => statistic(delta) < z, estimate, -1),
    upper: solve((delta) => statistic(delta) > -z, estimate, 1),
  };
}

/**
 * Odds of the treatment over those of the control. Each arm needs somebody with and somebody
 * without the outcome.
 * @example control 1 of 34, treatment 7 of 34: [1.2466, 56.462]
 */
export function scoreOddsRatioInterval(
  control: Share,
  treatment: Share,
  options: ScoreOptions = {},
): Interval {
  requireShares(control, treatment);
  const inside = [control, treatment].every(({ successes, n }) => successes > 0 && successes < n);
  requireDomain(inside, "odds ratio", "users with and without the outcome in both arms");
  const z = criticalOf(options);
  const estimate = Math.log(odds(treatment) / odds(control));
  const statistic = (log: number): number => {
    const ratio = Math.exp(log);
    const shifted = (p: number): number => (ratio * p) / (1 - p + ratio * p);
    const slope = (p: number): number => ratio / (1 - p + ratio * p) ** 2;
    const p = mostLikely(control, treatment, 0, 1, shifted, slope);
    const q = shifted(p);
    const [v, w] = [control.n * p * (1 - p), treatment.n * q * (1 - q)];
    const precision = (1 / v + 1 / w) / inflation(control, treatment, options);
    return (treatment.successes - treatment.n * q) * Math.sqrt(precision);
  };
  return {
    lower: Math.exp(solve((log) => statistic(log) < z, estimate, estimate - 40)),
    upper: Math.exp(solve((log) => statistic(log) > -z, estimate, estimate + 40)),
  };
}

/**
 * Woolf's interval of the odds ratio on the log scale (1955, Annals of Human Genetics 19);
 * `adjusted` adds half a user to each of the four counts, so that zeros are allowed (Gart 1966).
 * @example control 1 of 34, treatment 7 of 34: [.9904903, 73.9003] (SciPy)
 */
export function oddsRatioInterval(
  control: Share,
  treatment: Share,
  options: { readonly adjusted?: boolean; readonly level?: number } = {},
): Interval {
  const level = options.level ?? DEFAULT_LEVEL;
  requireLevel(level, "odds ratio");
  requireShares(control, treatment);
  const add = options.adjusted ? 0.5 : 0;
  const counts = [treatment, control].flatMap(({ successes, n }) => [successes, n - successes]);
  const [a, b, c, d] = counts.map((count) => count + add) as [number, number, number, number];
  requireDomain(Math.min(a, b, c, d) > 0, "odds ratio", "no empty count, or the adjusted interval");
  const log = Math.log((a * d) / (b * c));
  const half = normalQuantile(1 - (1 - level) / 2) * Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
  return { lower: Math.exp(log - half), upper: Math.exp(log + half) };
}

/** The control share that fits best when the treatment's is `shifted(share)`: the score's zero. */
function mostLikely(
  control: Share,
  treatment: Share,
  from: number,
  to: number,
  shifted: (share: number) => number,
  slope: (share: number) => number,
): number {
  let [low, high] = [from, to];
  for (let i = 0; i < 100; i++) {
    const p = (low + high) / 2;
    const q = shifted(p);
    const ofControl = control.successes / p - (control.n - control.successes) / (1 - p);
    const ofTreatment = treatment.successes / q - (treatment.n - treatment.successes) / (1 - q);
    if (ofControl + ofTreatment * slope(p) > 0) low = p;
    else high = p;
  }
  return (low + high) / 2;
}

/** How far from `inside`, which is accepted, towards `outside` the test still accepts. */
function solve(accepts: (at: number) => boolean, inside: number, outside: number): number {
  let [near, far] = [inside, outside];
  for (let i = 0; i < 100; i++) {
    const middle = (near + far) / 2;
    if (accepts(middle)) near = middle;
    else far = middle;
  }
  return (near + far) / 2;
}

function inflation(control: Share, treatment: Share, options: ScoreOptions): number {
  const users = control.n + treatment.n;
  return options.corrected === false ? 1 : users / (users - 1);
}

function criticalOf(options: ScoreOptions): number {
  const level = options.level ?? DEFAULT_LEVEL;
  requireLevel(level, "score interval");
  return normalQuantile(1 - (1 - level) / 2);
}

function odds({ successes, n }: Share): number {
  return successes / (n - successes);
}

function requireShares(control: Share, treatment: Share): number {
  for (const { successes, n } of [control, treatment]) {
    const valid = n >= 1 && successes >= 0 && successes <= n;
    requireDomain(valid, "two shares", `0 <= successes <= n, n >= 1, got ${successes} of ${n}`);
  }
  return treatment.successes / treatment.n - control.successes / control.n;
}
