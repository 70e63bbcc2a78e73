// An event study of one share: market model on an estimation window, abnormal returns with the
// error of forecasting, their sum with its t test (MacKinlay 1997, Journal of Economic Literature
// 35, 13-39; exact variances of its section 5).
import { requireDomain } from "../stats/domain.ts";
import { studentQuantile, studentTwoSidedP } from "../stats/student-t.ts";

export interface ReturnPair {
  readonly security: number;
  readonly market: number;
}

export interface MarketModel {
  readonly alpha: number;
  readonly beta: number;
  readonly days: number;
  /** Of the residuals, by days - 2. */
  readonly variance: number;
  /** The same by days, as some print it. */
  readonly varianceOfSample: number;
  readonly marketMean: number;
  /** Σ (market - mean)². */
  readonly marketSquares: number;
  readonly rSquared: number;
}

export interface AbnormalReturn {
  readonly actual: number;
  readonly expected: number;
  readonly abnormal: number;
  readonly standardError: number;
}

export interface CumulatedReturn {
  readonly cumulated: number;
  readonly standardError: number;
  readonly t: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Least squares of the security on the market; at least 3 days on which the market moved.
 * @example marketModel(days).beta // 1.527149 (Apple on SPY, the 300 days to 15 November 2006)
 */
export function marketModel(days: readonly ReturnPair[]): MarketModel {
  const n = days.length;
  requireDomain(n >= 3, "market model", `at least 3 days, got ${n}`);
  const marketMean = days.reduce((sum, day) => sum + day.market, 0) / n;
  const mean = days.reduce((sum, day) => sum + day.security, 0) / n;
  let [squares, products, total] = [0, 0, 0];
  for (const { market, security } of days) {
    squares += (market - marketMean) ** 2;
    products += (market - marketMean) * (security - mean);
    total += (security - mean) ** 2;
  }
  requireDomain(squares > 0, "market model", "a market that moved");
  const beta = products / squares;
  const alpha = mean - beta * marketMean;
  let rest = 0;
  for (const { market, security } of days) rest += (security - alpha - beta * market) ** 2;
  return {
    ...{ alpha, beta, days: n, marketMean, marketSquares: squares },
    variance: rest / (n - 2),
    varianceOfSample: rest / n,
    rSquared: total > 0 ? 1 - rest / total : 0,
  };
}

/** What a day's return differs from the model's, with s²(1 + 1/n + (Rm - mean)² / Sxx). */
export function abnormalReturn(model: MarketModel, day: ReturnPair): AbnormalReturn {
  const expected = model.alpha + model.beta * day.market;
  return {
    actual: day.security,
    expected,
    abnormal: day.security - expected,
    standardError: Math.sqrt(forecastVariance(model, 1, day.market - model.marketMean)),
  };
}

/** The sum over days in a row; they share one estimate of the model, so errors go together. */
export function cumulatedReturn(
  model: MarketModel,
  days: readonly ReturnPair[],
  level = 0.95,
): CumulatedReturn {
  requireDomain(days.length > 0, "cumulated return", "at least one day");
  let [cumulated, away] = [0, 0];
  for (const day of days) {
    cumulated += abnormalReturn(model, day).abnormal;
    away += day.market - model.marketMean;
  }
  const standardError = Math.sqrt(forecastVariance(model, days.length, away));
  const degreesOfFreedom = model.days - 2;
  const t = standardError > 0 ? cumulated / standardError : 0;
  const width = studentQuantile((1 + level) / 2, degreesOfFreedom) * standardError;
  return {
    ...{ cumulated, standardError, t, degreesOfFreedom },
    p: standardError > 0 ? studentTwoSidedP(t, degreesOfFreedom) : 1,
    lower: cumulated - width,
    upper: cumulated + width,
  };
}

/** @param away sum of (market - mean) over the days */
function forecastVariance(model: MarketModel, days: number, away: number): number {
  const { variance, days: n, marketSquares } = model;
  return variance * (days + (days * days) / n + (away * away) / marketSquares);
}
