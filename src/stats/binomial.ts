// Exact binomial tails, for a handful of trials as for a whole market: relative error below 1e-11
// up to 300 million (tables: test against mpmath). A tail is its largest term times an integral
// without cancellation; the continued fractions of the libraries in use are cut off before they
// converge at that size (stdlib's incomplete beta is off by 3e-4 there).
import { binomialTerm, hitsAboveMean, log1pRest, type Trials } from "./binomial-term.ts";
import { domainError } from "./domain.ts";
import { legendreNodes } from "./quadrature.ts";

/** What has fallen to e^-40 of its top adds nothing. */
const FALLEN = 40;
/** 1 - s as far down as its logarithm is of use. */
const BEFORE_ONE = 1 - 1e-6;

/**
 * Probability of at most `successes` of `n` trials with chance `chance`.
 * Whole numbers 0 <= successes <= n, 0 < chance < 1.
 * @example binomialCdf(2, 10, 0.5) // 0.0546875
 */
export function binomialCdf(successes: number, n: number, chance: number): number {
  requireTrials(successes, n, chance);
  if (successes === n) return 1;
  if (successes <= n * chance) return lowerTail(successes, n, chance);
  return 1 - upperTail(successes + 1, n, chance);
}

/**
 * Probability of at least `successes` of `n` trials.
 * @example binomialUpperTail(8, 10, 0.5) // 0.0546875
 */
export function binomialUpperTail(successes: number, n: number, chance: number): number {
  requireTrials(successes, n, chance);
  if (successes === 0) return 1;
  if (successes >= n * chance) return upperTail(successes, n, chance);
  return 1 - lowerTail(successes - 1, n, chance);
}

/**
 * Exact two-sided p value that `successes` of `n` came from `chance`: twice the smaller tail, at
 * most 1 (the "central" test that belongs to Clopper-Pearson's interval; Fay 2010, R Journal 2/1).
 * @example binomialTwoSidedP(2, 10, 0.5) // 0.109375
 */
export function binomialTwoSidedP(successes: number, n: number, chance: number): number {
  const isLow = successes <= n * chance;
  const [near, far] = isLow ? [binomialCdf, binomialUpperTail] : [binomialUpperTail, binomialCdf];
  const tail = near(successes, n, chance);
  // The tails share the term in the middle, so they add up to more than 1: below half is smaller.
  return tail <= 0.5 ? 2 * tail : Math.min(1, 2 * far(successes, n, chance));
}

/** At most `successes` is at least so many of the others, whose chance is what is left of 1. */
function lowerTail(successes: number, n: number, chance: number): number {
  return tailFrom({ hits: n - successes, misses: successes, p: 1 - chance, q: chance });
}

function upperTail(successes: number, n: number, chance: number): number {
  return tailFrom({ hits: successes, misses: n - successes, p: chance, q: 1 - chance });
}

/**
 * Chance of so many hits or more, where hits >= (hits + misses) p. The incomplete beta integral
 * over [0, p] (Abramowitz and Stegun 26.5.24), with p (1 - s) for its variable, is hits times the
 * chance of exactly so many times
 *   integral over s in [0, 1] of (1 - s)^(hits - 1) (1 + s p / q)^misses.
 * Its logarithm is concave and falls all but from s = 0 on, so that Gauss and Legendre's rule over
 * the part that counts is exact to rounding.
 */
function tailFrom(trials: Trials): number {
  const { hits, misses, p, q } = trials;
  if (misses === 0) return Math.exp(hits * (p < q ? Math.log(p) : Math.log1p(-q)));
  const odds = p / q;
  const slope = (q - hitsAboveMean(trials)) / q;
  const log = (s: number): number =>
    slope * s - (hits - 1) * log1pRest(-s) - misses * log1pRest(s * odds);
  const slopeAt = (s: number): number => (misses * odds) / (1 + s * odds) - (hits - 1) / (1 - s);
  // The first two terms alone, with s^2 / 2 for the rest of the logarithm, have fallen so far here.
  const last = (2 * FALLEN) / (Math.sqrt(slope ** 2 + 2 * FALLEN * (hits - 1)) - slope);
  const end = narrowed(Math.min(last, 1), log, slopeAt);
  const { at, weights } = legendreNodes(32);
  let sum = 0;
  for (let i = 0; i < at.length; i++) {
    sum += weights[i]! * Math.exp(log(((at[i]! + 1) / 2) * end));
  }
  return hits * binomialTerm(trials) * (end / 2) * sum;
}

/** Where a concave logarithm has fallen by about FALLEN: Newton's steps from beyond stay beyond. */
function narrowed(end: number, log: (s: number) => number, slopeAt: (s: number) => number): number {
  let s = Math.min(end, BEFORE_ONE);
  for (let step = 0; step < 30 && log(s) < -1.5 * FALLEN; step++)
    s -= (log(s) + FALLEN) / slopeAt(s);
  return s === BEFORE_ONE ? end : s;
}

function requireTrials(successes: number, n: number, chance: number): void {
  const whole = Number.isSafeInteger(successes) && Number.isSafeInteger(n);
  if (!(whole && successes >= 0 && successes <= n && n > 0)) {
    const got = `got ${successes} of ${n}`;
    throw domainError("binomial", `whole numbers 0 <= successes <= n, n > 0, ${got}`);
  }
  if (chance > 0 && chance < 1) return;
  throw domainError("binomial", `a chance in (0, 1), got ${chance}`);
}
