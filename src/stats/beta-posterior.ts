// What is believed about a share after `successes` of `n`: a beta distribution, from a beta prior
// that every reading states. Two arms are compared exactly, by numerical
// integration, without drawing. Gelman et al., Bayesian Data Analysis (2013), 2.4.
import { betaCdf, betaQuantile } from "./beta.ts";
import type { Share } from "./difference-in-proportions.ts";
import { requireDomain, requireLevel } from "./domain.ts";
import { DEFAULT_LEVEL } from "./effect.ts";
import type { Interval } from "./share-interval.ts";

export interface BetaPrior {
  readonly a: number;
  readonly b: number;
}

/** Jeffreys' prior: its intervals cover about what they say also at small counts. */
export const JEFFREYS: BetaPrior = { a: 0.5, b: 0.5 };

/** The uniform prior. */
export const UNIFORM: BetaPrior = { a: 1, b: 1 };

export interface SharePosterior extends Interval {
  readonly mean: number;
  readonly standardDeviation: number;
  readonly a: number;
  readonly b: number;
}

/**
 * Posterior of a share with its equal-tailed credible interval, ratios 0..1.
 * @example sharePosterior({ successes: 500, n: 1009 }) // [0.46473987, 0.52636595] (Spotify)
 */
export function sharePosterior(
  share: Share,
  prior: BetaPrior = JEFFREYS,
  level: number = DEFAULT_LEVEL,
): SharePosterior {
  requireLevel(level, "posterior of a share");
  const { successes, n } = share;
  const valid = successes >= 0 && successes <= n;
  requireDomain(valid, "posterior of a share", `0 <= successes <= n, got ${successes} of ${n}`);
  const [a, b] = [prior.a + successes, prior.b + n - successes];
  const tail = (1 - level) / 2;
  return {
    mean: a / (a + b),
    standardDeviation: Math.sqrt((a * b) / (a + b + 1)) / (a + b),
    lower: betaQuantile(tail, a, b),
    upper: betaQuantile(1 - tail, a, b),
    a,
    b,
  };
}

export interface ShareComparison {
  /** Probability that the treatment's share is the larger one. */
  readonly chanceToBeat: number;
  /** Expected loss, as a difference of shares, of keeping the control ... */
  readonly lossOfControl: number;
  /** ... and of taking the treatment. Their difference is the difference of the means. */
  readonly lossOfTreatment: number;
}

/**
 * Compares two posteriors of independent arms.
 * @example Beta(1, 1) against Beta(1, 1): chance .5, both losses 1/6
 */
export function compareShares(control: BetaPrior, treatment: BetaPrior): ShareComparison {
  const chanceToBeat = chanceAbove(treatment, control);
  return {
    chanceToBeat,
    lossOfControl: meanGain(treatment, control),
    lossOfTreatment: meanGain(control, treatment),
  };
}

/** E[max(X - Y, 0)]: a share times its density is the density of a beta with one more success. */
function meanGain(x: BetaPrior, y: BetaPrior): number {
  const ofX = (x.a / (x.a + x.b)) * chanceAbove({ a: x.a + 1, b: x.b }, y);
  const ofY = (y.a / (y.a + y.b)) * chanceAbove(x, { a: y.a + 1, b: y.b });
  return Math.max(0, ofX - ofY);
}

/** P(X > Y), integrated over the narrower of the two, so that the other one's cdf is smooth. */
function chanceAbove(x: BetaPrior, y: BetaPrior): number {
  return logitSpread(x) < logitSpread(y)
    ? expectation(x, (share) => betaCdf(share, y.a, y.b))
    : expectation(y, (share) => 1 - betaCdf(share, x.a, x.b));
}

/**
 * Mean of `f` over Beta(a, b), by the trapezoidal rule on the logit: there the density is analytic
 * and falls off exponentially on both sides, so the rule converges to rounding error.
 */
function expectation({ a, b }: BetaPrior, f: (share: number) => number): number {
  const spread = logitSpread({ a, b });
  const mode = Math.log(a / b);
  const step = Math.min(spread / 3, 0.5);
  const first = -Math.ceil((9 * spread + 40 / a) / step);
  const last = Math.ceil((9 * spread + 40 / b) / step);
  let [sum, weights] = [0, 0];
  for (let i = first; i <= last; i++) {
    const logit = mode + i * step;
    const weight = densityOverMode(a, b, logit);
    sum += weight * f(1 / (1 + Math.exp(-logit)));
    weights += weight;
  }
  return sum / weights;
}

/** Density of the logit relative to the one at its mode. */
function densityOverMode(a: number, b: number, logit: number): number {
  const mode = Math.log(a / b);
  const at = (v: number): number => -a * Math.log1p(Math.exp(-v)) - b * Math.log1p(Math.exp(v));
  return Math.exp(at(logit) - at(mode));
}

/** About the standard deviation of the logit. */
function logitSpread({ a, b }: BetaPrior): number {
  return Math.sqrt(1 / a + 1 / b);
}
