// The mean of a positive function of a beta-distributed share, on the log scale. Works where closed
// forms lose their digits or have none: tiny and huge parameters, functions that peak at an end.
import { assert } from "../../base/assert.ts";
import { requireDomain } from "../domain.ts";

/** ln of the function at a share p; q = 1 - p is given apart, since near 1 it cannot be had. */
export type LogFunction = (p: number, q: number) => number;

export interface BetaMeanOptions {
  /** How strongly ln of the function bends over the log odds of p, at most; default 0. */
  readonly bend?: number;
  /** Beyond log odds of +-this, and 40 more, the function is flat; default 0. */
  readonly reach?: number;
}

/** What is e^-44 of the peak is nothing beside it. */
const NEGLIGIBLE = 44;
const POINTS_MAX = 4_000_000;

/**
 * ln of the mean of exp(f(p)) for p ~ Beta(a, b), a, b > 0. Trapezoid rule over the log odds of p,
 * which converges exponentially; normalised by its own sum, so no beta function is needed. Ends
 * where the function is flat are added as geometric tails.
 * @example Math.exp(logBetaMean(1, 3, (p) => Math.log(p))) // 0.25
 */
export function logBetaMean(
  a: number,
  b: number,
  f: LogFunction,
  options: BetaMeanOptions = {},
): number {
  const positive = a > 0 && b > 0 && Number.isFinite(a) && Number.isFinite(b);
  requireDomain(positive, "beta mean", `positive finite parameters, got ${a} and ${b}`);
  const { bend = 0, reach = 0 } = options;
  const centre = Math.log(a) - Math.log(b);
  const step = Math.min(0.25, 0.4 / Math.sqrt((a / (a + b)) * b + bend));
  const sums = { weight: newSum(), mean: newSum() };
  const top = a * logShare(centre) + b * logShare(-centre);
  const add = (y: number, tail = 0): boolean => {
    const [logP, logQ] = [logShare(y), logShare(-y)];
    const weight = a * logP + b * logQ - top + tail;
    const value = weight + f(Math.exp(logP), Math.exp(logQ));
    addTo(sums.weight, weight);
    addTo(sums.mean, value);
    return weight < sums.weight.top - NEGLIGIBLE && value < sums.mean.top - NEGLIGIBLE;
  };
  const end = Math.abs(centre) + reach + 40;
  assert((2 * end) / step < POINTS_MAX, "a beta mean needs too many points");
  add(centre);
  for (const [direction, slope] of [
    [-1, a],
    [1, b],
  ] as const) {
    let k = 1;
    while (k * step < end && !add(centre + direction * k * step)) k += 1;
    // All further points, at the ratio e^(-slope * step) each.
    if (k * step >= end) add(centre + direction * k * step, -logOneMinusExp(-slope * step));
  }
  return logOf(sums.mean) - logOf(sums.weight);
}

/** A sum of e^x, kept beside its largest term. */
interface LogSum {
  top: number;
  rest: number;
}

function newSum(): LogSum {
  return { top: Number.NEGATIVE_INFINITY, rest: 0 };
}

function addTo(sum: LogSum, x: number): void {
  if (x <= sum.top) {
    if (x > Number.NEGATIVE_INFINITY) sum.rest += Math.exp(x - sum.top);
    return;
  }
  sum.rest = sum.rest * Math.exp(sum.top - x) + 1;
  sum.top = x;
}

function logOf(sum: LogSum): number {
  return sum.top === Number.NEGATIVE_INFINITY ? sum.top : sum.top + Math.log(sum.rest);
}

/** ln of the share at log odds y. */
function logShare(y: number): number {
  return y < 0 ? y - Math.log1p(Math.exp(y)) : -Math.log1p(Math.exp(-y));
}

/** ln(1 - e^x), x < 0. */
function logOneMinusExp(x: number): number {
  return Math.log(-Math.expm1(x));
}
