// Which share of a cohort will still be active later? A curve of activity is who has stayed times
// how often those who stayed show up: scale * S(t), with S from sBG (Fader and Hardie 2007) or the
// beta-discrete-Weibull (Fader et al. 2018). Users who skip a period may come back, so counts by
// period are no survival table: the fit takes each period as a binomial of its own (composite
// likelihood; Varin, Reid and Firth 2011, Statistica Sinica 21).

import { logGammaRatio } from "./customer-value/log-gamma.ts";
import { requireDomain } from "./domain.ts";
import { inverseOf, type Minimum, minimise } from "./optimise.ts";
import { boundOf } from "./retention-bound.ts";
import type { CurveModel, RetentionCurve } from "./retention-models.ts";
import { curveOf, pointOf, softened, starts } from "./retention-point.ts";

export interface FittedCurve {
  readonly kind: "fitted";
  readonly curve: RetentionCurve;
  /** Composite log-likelihood of one user: the mean over users, summed over periods. */
  readonly logLikelihood: number;
}

export interface UnfittedCurve {
  readonly kind: "unidentified";
  readonly reason:
    | "too_few_periods"
    | "nobody_active"
    | "does_not_fall"
    | "at_bound"
    | "not_converged";
  readonly message: string;
  /**
   * No estimate, but what a draw near one may be: the curve at its bound, one that stays as it is
   * where shares do not fall, the nearest that was found. Absent where periods are too few.
   */
  readonly limit?: FittedCurve;
}

export type CurveFit = FittedCurve | UnfittedCurve;

/** How many numbers a model needs to be pinned down. */
export const CURVE_PARAMETERS: Readonly<Record<CurveModel, number>> = { sbg: 3, bdw: 4 };

/** Beta distributions narrower or more split than this are alike in every digit. */
const SPREAD_MIN = 1e-9;
/** Shares are kept this far from 0 and 1, where a binomial's logarithm ends. */
const SHARE_MIN = 1e-12;
/** A curve that loses less than this over all its periods has no end that could be foretold. */
const FALL_MIN = 1e-4;
const SLOPE = 1e-8;
/** Enough for one of many draws, which are thousands of times further apart. */
const SLOPE_NEAR = 1e-6;
const SLOPE_ACCEPTED = 1e-5;

/**
 * Fits a curve to the shares active in periods 0, 1, 2, …, each 0..1, each of the same users. An
 * optimum at an end of its range is no fit, also where the shares are exactly geometric: that
 * everybody is alike is then what the range ends at, not what was found, and carried on it would
 * sound as sure as a law.
 * @param near a curve of nearly the same shares, which saves the cold starts
 * @example fitRetentionCurve([0.8, 0.4, 0.8 / 3, 0.2], "sbg") // 0.8 * B(1, 1 + t) / B(1, 1):
 *   scale 0.8, leaving 1/2, spread 1/3
 */
export function fitRetentionCurve(
  shares: readonly number[],
  model: CurveModel,
  near?: RetentionCurve,
): CurveFit {
  const name = "retention curve";
  const valid = shares.every((share) => share >= 0 && share <= 1);
  requireDomain(valid, name, `shares of 0 to 1, got ${shares.join(", ")}`);
  const need = CURVE_PARAMETERS[model];
  if (shares.length < need) {
    const message = `${shares.length} periods, and ${need} numbers of the curve to find`;
    return none("too_few_periods", message);
  }
  if (!(shares[0]! > 0)) {
    const message = "nobody was active in the first period";
    return { ...none("nobody_active", message), ...flat(shares, model) };
  }
  const objective = objectiveOf(shares, model);
  const search = (start: readonly number[]): Minimum =>
    minimise(objective, start, { slope: SLOPE });
  if (near !== undefined) {
    const start = softened(near, model);
    const inverse = inverseOf(informationAt(start, model, shares.length));
    const hints = inverse === null ? {} : { inverseHessian: inverse };
    const warm = minimise(objective, start, { slope: SLOPE_NEAR, ...hints });
    if (warm.slope <= SLOPE_ACCEPTED) return judged(warm, shares, model);
  }
  const best = starts(shares, model)
    .map(search)
    .reduce((top, each) => (each.value < top.value ? each : top));
  return judged(best, shares, model);
}

/**
 * Shares active in periods 0 .. periods - 1.
 * @example curveShares({ model: "sbg", scale: 1, leaving: 0.5, spread: 1 / 3, shape: 1 }, 3)
 *   // 1, 1/2, 1/3
 */
export function curveShares(curve: RetentionCurve, periods: number): number[] {
  const { scale, leaving, spread, shape } = curve;
  const name = "retention curve";
  for (const x of [scale, leaving, spread]) {
    requireDomain(x >= 0 && x <= 1, name, `scale, leaving and spread of 0 to 1, got ${x}`);
  }
  const ages = shape > 0 && Number.isFinite(shape);
  requireDomain(ages, name, `a shape above 0, got ${shape}`);
  requireDomain(Number.isInteger(periods) && periods >= 0, name, `whole periods, got ${periods}`);
  return sharesOf(curve, periods);
}

function sharesOf(curve: RetentionCurve, periods: number): number[] {
  const { model, scale, leaving, shape } = curve;
  const spread = Math.min(1 - SPREAD_MIN, Math.max(SPREAD_MIN, curve.spread));
  const shares = new Array<number>(periods);
  if (model === "bdw") {
    const total = (1 - spread) / spread;
    const beta = Math.max(SHARE_MIN, (1 - leaving) * total);
    for (let t = 0; t < periods; t++) {
      const age = t ** shape;
      // Beyond this nobody has an age: whoever could leave has left.
      const stay = age < 1e200 ? logGammaRatio(beta, age) - logGammaRatio(total, age) : -Infinity;
      shares[t] = scale * Math.min(1, Math.exp(stay));
    }
    return shares;
  }
  let left = scale;
  for (let t = 0; t < periods; t++) {
    shares[t] = left;
    left *= ((1 - leaving) * (1 - spread) + t * spread) / (1 - spread + t * spread);
  }
  return shares;
}

/**
 * Bayesian information criterion of a composite likelihood, lower is better: -2 cl + ln(users) *
 * tr(J / H), since periods of one user are no independent news (Gao and Song 2010, JASA 105).
 * @param covariance of ONE user's activity by period
 */
export function curveCriterion(
  fit: FittedCurve,
  covariance: readonly (readonly number[])[],
  users: number,
): number {
  const periods = covariance.length;
  requireDomain(users >= 1, "retention curve", `at least one user, got ${users}`);
  const parameters = effectiveParameters(fit.curve, covariance, periods);
  return -2 * users * fit.logLikelihood + Math.log(users) * parameters;
}

/** tr(J / H): how many parameters' worth of noise the fit takes up. */
function effectiveParameters(
  curve: RetentionCurve,
  covariance: readonly (readonly number[])[],
  periods: number,
): number {
  const { slopes, weighted } = slopesAt(pointOf(curve), curve.model, periods);
  // At an end of its range a share cannot move the curve: no parameter of this fit.
  const moving = slopes.map((_, j) => j).filter((j) => slopes[j]!.some((x) => Math.abs(x) > 1e-6));
  const inverse = inverseOf(moving.map((i) => moving.map((j) => dot(slopes[i]!, weighted[j]!))));
  if (inverse === null) return moving.length;
  let trace = 0;
  for (const [a, i] of moving.entries()) {
    for (const [b, j] of moving.entries()) {
      const spread = covariance.map((row) => dot(row, weighted[j]!));
      trace += inverse[a]![b]! * dot(weighted[i]!, spread);
    }
  }
  return Number.isFinite(trace) ? trace : moving.length;
}

/** What the objective's curvature is like, if the curve is about right. */
function informationAt(point: readonly number[], model: CurveModel, periods: number): number[][] {
  const { slopes, weighted } = slopesAt(point, model, periods);
  return slopes.map((a) => weighted.map((b) => dot(a, b)));
}

/** How the curve moves with each number of a point, plain and over the binomials' variances. */
function slopesAt(
  point: readonly number[],
  model: CurveModel,
  periods: number,
): { readonly slopes: number[][]; readonly weighted: number[][] } {
  const shares = sharesOf(curveOf(point, model), periods);
  const weights = shares.map((p) => 1 / Math.max(SHARE_MIN, p * (1 - p)));
  const slopes = point.map((_, j) => {
    const moved = (by: number): number[] =>
      sharesOf(
        curveOf(
          point.map((x, i) => (i === j ? x + by : x)),
          model,
        ),
        periods,
      );
    const [up, down] = [moved(1e-5), moved(-1e-5)];
    return up.map((share, t) => (share - down[t]!) / 2e-5);
  });
  return { slopes, weighted: slopes.map((slope) => slope.map((x, t) => x * weights[t]!)) };
}

/** Minus the composite log-likelihood of one user; 0 is a curve through all shares. */
function objectiveOf(
  shares: readonly number[],
  model: CurveModel,
): (point: readonly number[]) => number {
  const best = logLikelihoodOf(shares, shares);
  return (point) => best - logLikelihoodOf(shares, sharesOf(curveOf(point, model), shares.length));
}

function logLikelihoodOf(shares: readonly number[], expected: readonly number[]): number {
  let sum = 0;
  for (let t = 0; t < shares.length; t++) {
    const seen = shares[t]!;
    const p = Math.min(1 - SHARE_MIN, Math.max(SHARE_MIN, expected[t]!));
    sum += seen * Math.log(p) + (1 - seen) * Math.log1p(-p);
  }
  return sum;
}

function judged({ point, slope }: Minimum, shares: readonly number[], model: CurveModel): CurveFit {
  const curve = curveOf(point, model);
  const fitted = sharesOf(curve, shares.length);
  // Asked first: shares that do not fall, but for rounding, are at a bound as well.
  if (fitted.at(-1)! > fitted[0]! * (1 - FALL_MIN)) {
    const message = "the share active does not fall, so nothing says when it will";
    return { ...none("does_not_fall", message), ...flat(shares, model) };
  }
  const bound = boundOf(curve);
  const logLikelihood = logLikelihoodOf(shares, fitted);
  const found: FittedCurve = { kind: "fitted", curve, logLikelihood };
  if (bound !== null) {
    const rest = "these periods do not say how the curve goes on";
    return { ...none("at_bound", `at a bound (${bound}): ${rest}`), limit: found };
  }
  if (!(slope <= SLOPE_ACCEPTED)) {
    const message = `the search stopped on a slope of ${slope.toExponential(1)}`;
    return { ...none("not_converged", message), limit: found };
  }
  return found;
}

/** Nobody leaves: of all curves of a model the likeliest, if shares do not fall. */
function flat(shares: readonly number[], model: CurveModel): { readonly limit: FittedCurve } {
  const scale = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const curve = { model, scale, leaving: 0, spread: 0.5, shape: 1 };
  const logLikelihood = logLikelihoodOf(shares, sharesOf(curve, shares.length));
  return { limit: { kind: "fitted", curve, logLikelihood } };
}

function none(reason: UnfittedCurve["reason"], message: string): UnfittedCurve {
  return { kind: "unidentified", reason, message };
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
