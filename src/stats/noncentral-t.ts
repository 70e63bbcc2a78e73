// The noncentral t distribution: what Student's t does when there is an effect, which is the power
// of a t test. No library of the ones in use has it. Computed as the mean of a normal tail over the
// chi distribution of the estimated spread; tables: test against scipy.stats.nct and R's pt.
import { requireDomain } from "./domain.ts";
import { normalCdf } from "./normal.ts";

/**
 * Probability that T = (Z + delta) / sqrt(chi2(df) / df) exceeds `t`. df >= 1, any real t, delta.
 * Error below 1e-11.
 * @example noncentralTUpperTail(2.0106, 48, 0.3464) // .0502 (power of d .1 at 20 and 30 users)
 */
export function noncentralTUpperTail(t: number, df: number, delta: number): number {
  const finite = Number.isFinite(t) && Number.isFinite(delta);
  requireDomain(df >= 1 && finite, "noncentral t", `finite t, delta and df >= 1, got df ${df}`);
  if (df === Number.POSITIVE_INFINITY) return normalCdf(delta - t);
  // On u = ln(spread) the density is analytic and falls off exponentially at least: the trapezoidal
  // rule converges to rounding error once its step is small against every width of the integrand.
  const width = 1 / Math.sqrt(2 * df);
  const step = Math.min(width / 4, 1 / (8 * (1 + Math.abs(delta))));
  const first = -Math.ceil((9 * width + 40 / df) / step);
  const last = Math.ceil((9 * width + 2 * width ** 2) / step);
  let [sum, weights] = [0, 0];
  for (let i = first; i <= last; i++) {
    const u = i * step;
    // Density of ln sqrt(chi2 / df), relative to the one at u = 0, its mode.
    const weight = Math.exp(df * (u - Math.expm1(2 * u) / 2));
    sum += weight * normalCdf(delta - t * Math.exp(u));
    weights += weight;
  }
  return sum / weights;
}
