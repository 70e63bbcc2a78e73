// How far a source can be off, and how likely what it published is for a campaign. A source has one
// factor for all of its figures (a panel that counts double counts double every day), and each
// figure an error of its own; both are lognormal.
import { requireDomain } from "../../stats/domain.ts";
import { normalCdf } from "../../stats/normal.ts";

/** Published over true: 5 % lie below p5, 5 % above p95. */
export interface FactorRange {
  readonly p5: number;
  readonly p95: number;
}

export interface LogError {
  readonly mean: number;
  readonly sd: number;
}

/** Standard normal quantile of .95. */
const Z95 = 1.6448536269514722;

export function logError({ p5, p95 }: FactorRange): LogError {
  requireDomain(p5 > 0 && p95 >= p5, "error", `0 < p5 <= p95, got ${p5} and ${p95}`);
  const [low, high] = [Math.log(p5), Math.log(p95)];
  return { mean: (low + high) / 2, sd: (high - low) / (2 * Z95) };
}

export interface PublishedValue {
  readonly published: number;
  /** Of the figure itself. */
  readonly error: LogError;
}

/** What no logarithm has: a campaign without any orders is as far from some as can be told. */
const LEAST = 1e-300;

/**
 * ln density of what a source published, up to a constant, for a campaign with these numbers: the
 * common factor is integrated out (Sherman and Morrison's inverse of its covariance).
 * @param numbers the campaign's, in the order of `values`
 */
export function sourceLogLikelihood(
  factor: LogError,
  values: readonly PublishedValue[],
  numbers: (value: number) => number,
): number {
  let [squares, sum, precision] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const { published, error } = values[i]!;
    const off = Math.log(published / Math.max(LEAST, numbers(i))) - error.mean - factor.mean;
    const weight = 1 / error.sd ** 2;
    squares += weight * off * off;
    sum += weight * off;
    precision += weight;
  }
  const common = factor.sd > 0 ? sum ** 2 / (precision + 1 / factor.sd ** 2) : 0;
  return -(squares - common) / 2;
}

/** Chance that the source would have published at most this, for a campaign with this number. */
export function publishedAtMost(
  factor: LogError,
  { published, error }: PublishedValue,
  number: number,
): number {
  const sd = Math.hypot(factor.sd, error.sd);
  const off = Math.log(published / Math.max(LEAST, number)) - error.mean - factor.mean;
  return sd > 0 ? normalCdf(off / sd) : Number(off >= 0);
}
