// How much higher is the treated users' share, decided so that 5 % stays 5 % with rare shares and
// few held out? All differences (or ratios) that a score test does not reject, the test corrected
// for skewness: Miettinen and Nurminen (1985), Statistics in Medicine 4; Gart and Nam (1990),
// Biometrics 46; the monotone correction is Hall's (1992), JRSS B 54. Wald's interval takes its
// width from the counts it happened to see, and is certain where it saw none.
import type { Share } from "./difference-in-proportions.ts";
import { requireDomain, requireLevel } from "./domain.ts";
import { DEFAULT_LEVEL, type Effect } from "./effect.ts";
import { normalQuantile, normalTwoSidedP } from "./normal.ts";
import { rootBetween } from "./root.ts";

/**
 * Treatment share minus control share. Interval and p value are of one test, so that they agree
 * about zero, if without an effect each arm would have a few (3 or more) with and without; the
 * standard error is the one whose normal interval is as wide. Valid for every count, also 0 and n,
 * but not where both arms together have none with or none without.
 * @example control 1 of 34, treatment 7 of 34: [.0261, .3425], p .02498
 */
export function differenceByScore(
  control: Share,
  treatment: Share,
  level: number = DEFAULT_LEVEL,
): Effect {
  const [p, q] = sharesOf(control, treatment);
  const estimate = q - p;
  const z = (delta: number): number => differenceScore(control, treatment, delta);
  return effectByScore(z, { estimate, none: 0, least: -1, most: 1 }, level);
}

/**
 * (treatment share - control share) / control share, by the same test of the ratio of shares. The
 * control needs somebody with the outcome.
 * @example control 1 of 34, treatment 7 of 34: 6 [.24, 109.6], p .02498
 */
export function liftByScore(
  control: Share,
  treatment: Share,
  level: number = DEFAULT_LEVEL,
): Effect {
  const [p, q] = sharesOf(control, treatment);
  requireDomain(control.successes > 0, "lift of a share", "a control user with the outcome, got 0");
  const estimate = q / p - 1;
  const z = (lift: number): number => ratioScore(control, treatment, 1 + lift);
  // The far end is looked for in steps: with few control users it may be anywhere, and of places
  // that the test would reject the nearest counts.
  const beyond = -normalQuantile(1 - (1 - level) / 2);
  let most = 1 + 2 * estimate + control.n / (control.successes * treatment.n);
  for (let step = 0; step < 60 && z(most) > beyond; step++) most = 1 + 2 * most;
  return effectByScore(z, { estimate, none: 0, least: -1, most }, level);
}

/**
 * Score of the hypothesis that the shares differ by `delta`, as a standard normal number; above
 * zero where the treatment has more than that.
 */
export function differenceScore(control: Share, treatment: Share, delta: number): number {
  const p = controlShareAt(control, treatment, delta);
  const q = Math.min(1, Math.max(0, p + delta));
  const distance = treatment.successes / treatment.n - control.successes / control.n - delta;
  return standardised(distance, { p, q, ratio: 1 }, control.n, treatment.n);
}

function ratioScore(control: Share, treatment: Share, ratio: number): number {
  const [x, y] = [treatment.successes, control.successes];
  const [m, n] = [treatment.n, control.n];
  // The likeliest treatment share under that ratio: the smaller root of a quadratic (Koopman 1984),
  // written so that nothing cancels.
  const linear = ratio * (m + y) + x + n;
  const root = Math.sqrt(Math.max(0, linear ** 2 - 4 * ratio * (m + n) * (x + y)));
  const q = Math.min(1, (2 * ratio * (x + y)) / (linear + root));
  // At a ratio of zero the treatment has none, and the control's own share is the likeliest.
  const p = ratio === 0 ? y / n : Math.min(1, q / ratio);
  return standardised(x / m - (ratio * y) / n, { p, q, ratio }, n, m);
}

interface Hypothesis {
  /** Shares of control and treatment. */
  readonly p: number;
  readonly q: number;
  /** What the control's share is multiplied by. */
  readonly ratio: number;
}

/** Distance in standard errors under the hypothesis, less what its skewness adds. */
function standardised(distance: number, { p, q, ratio }: Hypothesis, n: number, m: number): number {
  const [v, w] = [ratio ** 2 * p * (1 - p), q * (1 - q)];
  const variance = (v / n + w / m) * ((n + m) / (n + m - 1));
  if (variance === 0) return distance === 0 ? 0 : distance * Number.POSITIVE_INFINITY;
  const third = (w * (1 - 2 * q)) / m ** 2 - (ratio * v * (1 - 2 * p)) / n ** 2;
  const skewness = third / variance ** 1.5;
  const x = distance / Math.sqrt(variance);
  return x - (skewness * x ** 2) / 6 + (skewness ** 2 * x ** 3) / 108 + skewness / 6;
}

/** The likeliest control share where the treatment's is higher by `delta`: where the slope is 0. */
function controlShareAt(control: Share, treatment: Share, delta: number): number {
  const [a, n, b, m] = [control.successes, control.n, treatment.successes, treatment.n];
  let [low, high] = [Math.max(0, -delta), Math.min(1, 1 - delta)];
  if (low >= high) return low;
  let p = Math.min(high, Math.max(low, (a + b - m * delta) / (n + m)));
  // Fisher scoring, and a halving wherever it would leave the bracket.
  for (let step = 0; step < 100; step++) {
    if (p <= low || p >= high) p = (low + high) / 2;
    // The likeliest lies at the end: nothing is left between.
    if (p <= low || p >= high) break;
    const q = p + delta;
    const slope = a / p - (n - a) / (1 - p) + b / q - (m - b) / (1 - q);
    if (slope > 0) low = p;
    else high = p;
    const next = p + slope / (n / (p * (1 - p)) + m / (q * (1 - q)));
    const isThere = Math.abs(next - p) <= 1e-14 * Math.max(p, 1e-6);
    p = next;
    if (isThere) break;
  }
  return Math.min(high, Math.max(low, p));
}

interface Places {
  readonly estimate: number;
  /** Where there is no effect. */
  readonly none: number;
  readonly least: number;
  readonly most: number;
}

function effectByScore(
  z: (at: number) => number,
  { estimate, none, least, most }: Places,
  level: number,
): Effect {
  requireLevel(level, "score interval");
  const critical = normalQuantile(1 - (1 - level) / 2);
  const bound = (outer: number, at: number): number => {
    if (estimate === outer) return outer;
    const excess = (place: number): number => finite(z(place)) - at;
    const [near, far] = [excess(estimate), excess(outer)];
    // A bound at the very end of what is possible, or (with a handful of users) none inside it.
    return near * far < 0 ? rootBetween(excess, estimate, outer) : outer;
  };
  const [lower, upper] = [bound(least, critical), bound(most, -critical)];
  return {
    estimate,
    standardError: (upper - lower) / (2 * critical),
    ...{ lower, upper, level },
    p: normalTwoSidedP(z(none)),
    degreesOfFreedom: Number.POSITIVE_INFINITY,
  };
}

/** Where a hypothesis leaves nothing to chance its score is beyond every number. */
function finite(z: number): number {
  return Math.min(1e9, Math.max(-1e9, z));
}

function sharesOf(control: Share, treatment: Share): [control: number, treatment: number] {
  for (const { successes, n } of [control, treatment]) {
    const valid = n >= 1 && successes >= 0 && successes <= n;
    requireDomain(valid, "two shares", `0 <= successes <= n, n >= 1, got ${successes} of ${n}`);
  }
  const successes = control.successes + treatment.successes;
  const varied = successes > 0 && successes < control.n + treatment.n;
  requireDomain(varied, "two shares", "some with and some without the outcome");
  return [control.successes / control.n, treatment.successes / treatment.n];
}
