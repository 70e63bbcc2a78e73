// Gauss's hypergeometric function 2F1 for the range that customer models need: positive parameters,
// arguments below 1. On the log scale, because plain values overflow from parameters near 1,000 on.
import { requireDomain } from "../domain.ts";
import { logBetaMean } from "./beta-mean.ts";

/** Above this the series takes hundreds of terms, and Euler's integral is quicker. */
const SERIES_TO = 0.9;
const TERMS_MAX = 2_000_000;

/**
 * ln 2F1(a, b; c; z) for a, b >= 0, c > 0, z < 1. Negative z need c >= b or c >= a (Pfaff's
 * transformation); z near 1 with both a and b above c is a long series.
 * Abramowitz and Stegun (1964), 15.1.1, 15.3.1 and 15.3.4.
 * @example logHypergeometric(1, 1, 2, 0.5) // ln(2 ln 2) = 0.32663425997828094
 */
export function logHypergeometric(a: number, b: number, c: number, z: number): number {
  const valid = a >= 0 && b >= 0 && c > 0 && z < 1 && [a, b, c, z].every(Number.isFinite);
  requireDomain(
    valid,
    "hypergeometric function",
    `a, b >= 0, c > 0, z < 1, got ${a}, ${b}; ${c}; ${z}`,
  );
  if (a === 0 || b === 0 || z === 0) return 0;
  if (z < 0) {
    requireDomain(c >= b || c >= a, "hypergeometric function", `c >= a or c >= b for z < 0`);
    if (c < b) return logHypergeometric(b, a, c, z);
    return -a * Math.log1p(-z) + logHypergeometric(a, c - b, c, z / (z - 1));
  }
  if (z <= SERIES_TO || (c <= b && c <= a)) return logSeries(a, b, c, z);
  return c > b ? logEuler(a, b, c, z) : logEuler(b, a, c, z);
}

/** Terms are positive, so nothing cancels; the running sum is scaled down before it overflows. */
function logSeries(a: number, b: number, c: number, z: number): number {
  let [term, sum, scale] = [1, 1, 0];
  for (let k = 0; k < TERMS_MAX; k++) {
    const ratio = ((a + k) / (c + k)) * ((b + k) / (1 + k)) * z;
    term *= ratio;
    sum += term;
    if (sum > 1e250) {
      scale += Math.log(sum);
      term /= sum;
      sum = 1;
    }
    // What is left is at most a geometric series, once the ratios fall below 1.
    if (ratio < 1 && term * Math.max(1, ratio / (1 - ratio)) < 1e-17 * sum) break;
  }
  return scale + Math.log(sum);
}

/** The mean of (1 - z p)^-a over p ~ Beta(b, c - b), which is Euler's integral. */
function logEuler(a: number, b: number, c: number, z: number): number {
  const rest = 1 - z;
  const f = (p: number, q: number): number => -a * Math.log(p < 0.5 ? 1 - z * p : rest + z * q);
  return logBetaMean(b, c - b, f, { bend: a / 4, reach: -Math.log(rest) });
}
