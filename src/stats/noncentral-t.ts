// The noncentral t distribution: what Student's t does when there is an effect, which is the power
// of a t test. No library of the ones in use has it. Computed as the mean of a normal tail over the
// chi distribution of the estimated spread; tables: test against scipy.stats.nct and R's pt.
import { domainError } from "./domain.ts";
import { normalCdf } from "./normal.ts";

/** Steps in a width of the density and in the width over which a tail rises, and the longest. */
const WIDTH_STEPS = 2.5;
const TAIL_STEPS = 2;
const STEP_MAX = 0.1;

/**
 * Probability that T = (Z + delta) / sqrt(chi2(df) / df) exceeds `t`. df >= 1, any real t, delta.
 * Error below 1e-13.
 * @example noncentralTUpperTail(2.0106, 48, 0.3464) // .0502 (power of d .1 at 20 and 30 users)
 */
export function noncentralTUpperTail(t: number, df: number, delta: number): number {
  requireFinite(t, df, delta);
  return meanOverSpread(df, delta, (spread) => normalCdf(delta - t * spread));
}

/**
 * Probability that T exceeds `t` or stays below -t, t >= 0, in one go.
 * @example noncentralTBothTails(2.0106, 48, 0.3464) // .0633 (power of d .1 at 20 and 30 users)
 */
export function noncentralTBothTails(t: number, df: number, delta: number): number {
  requireFinite(t, df, delta);
  return meanOverSpread(df, delta, (spread) => {
    return normalCdf(delta - t * spread) + normalCdf(-delta - t * spread);
  });
}

/** The mean of a number over the law of the spread, sqrt(chi2(df) / df). */
function meanOverSpread(df: number, delta: number, of: (spread: number) => number): number {
  if (df === Number.POSITIVE_INFINITY) return of(1);
  // On u = ln(spread) the density is analytic and falls off exponentially at least: the trapezoidal
  // rule converges to rounding error once its step is small against every width of the integrand.
  const width = 1 / Math.sqrt(2 * df);
  const step = Math.min(STEP_MAX, width / WIDTH_STEPS, 1 / (TAIL_STEPS * (1 + Math.abs(delta))));
  const first = -Math.ceil((9 * width + 40 / df) / step);
  const last = Math.ceil((9 * width + 2 * width ** 2) / step);
  let [sum, weights] = [0, 0];
  for (let i = first; i <= last; i++) {
    const u = i * step;
    // Density of ln sqrt(chi2 / df), relative to the one at u = 0, its mode.
    const weight = Math.exp(df * (u - Math.expm1(2 * u) / 2));
    sum += weight * of(Math.exp(u));
    weights += weight;
  }
  return sum / weights;
}

function requireFinite(t: number, df: number, delta: number): void {
  if (df >= 1 && Number.isFinite(t) && Number.isFinite(delta)) return;
  const got = `got t ${t}, df ${df}, delta ${delta}`;
  throw domainError("noncentral t", `finite t, delta and df >= 1, ${got}`);
}
