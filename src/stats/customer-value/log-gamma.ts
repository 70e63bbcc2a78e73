// Ratios of gamma functions on the log scale. The difference of two log-gammas of large numbers has
// no digits left (at 1e8 six of sixteen); likelihoods need it exactly there, where people differ
// little.
import gammaln from "@stdlib/math-base-special-gammaln";

/** Where Stirling's series, to its fifth term, is exact to rounding. */
export const STIRLING_FROM = 16;

/** ln of the gamma function, x > 0. */
export function logGamma(x: number): number {
  return gammaln(x);
}

/**
 * ln(gamma(a + d) / gamma(a)) for a > 0, a + d > 0; no digits are lost for large a.
 * @example logGammaRatio(1e8, 3) // 55.26204226407187, where the plain difference has 55.262042284
 */
export function logGammaRatio(a: number, d: number): number {
  if (d === 0) return 0;
  if (Number.isInteger(d) && d > 0 && d <= 12) {
    let product = 1;
    let sum = 0;
    for (let i = 0; i < d; i++) {
      product *= a + i;
      if (product > 1e150 || product < 1e-150) {
        sum += Math.log(product);
        product = 1;
      }
    }
    return sum + Math.log(product);
  }
  if (a < STIRLING_FROM || a + d < STIRLING_FROM) return gammaln(a + d) - gammaln(a);
  const correction = stirlingRest(a + d) - stirlingRest(a);
  return (a + d - 0.5) * Math.log1p(d / a) + d * Math.log(a) - d + correction;
}

/**
 * ln(B(a + da, b + db) / B(a, b)) of the beta function, all its arguments > 0.
 * @example logBetaRatio(1, 1, 1, 0) // ln(1/2)
 */
export function logBetaRatio(a: number, b: number, da: number, db: number): number {
  return logGammaRatio(a, da) + logGammaRatio(b, db) - logGammaRatio(a + b, da + db);
}

/**
 * The slope of `logGammaRatio` along a: psi(a + d) - psi(a) of the digamma function, for a > 0,
 * a + d > 0. Its recurrence, then Stirling's series (Abramowitz and Stegun 6.3.5 and 6.3.18): terms
 * of one sign, so no digits are lost.
 * @example digammaStep(2, 2) // 1/2 + 1/3
 */
export function digammaStep(a: number, d: number): number {
  if (d === 0) return 0;
  let [from, sum] = [a, 0];
  while (Math.min(from, from + d) < STIRLING_FROM) {
    sum += d / (from * (from + d));
    from += 1;
  }
  const to = from + d;
  return sum + Math.log1p(d / from) + d / (2 * from * to) + digammaRest(from) - digammaRest(to);
}

/**
 * ln(1 + e^x) without overflow.
 * @example softplus(1000) // 1000
 */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

/**
 * Sum of weights[i] ln(1 + e^x[i]) over i >= first, whose x[i] become its slopes along them,
 * weights[i] / (1 + e^-x[i]). Factors of weight 1 are multiplied up and share one logarithm, since
 * it is what most of a likelihood's time would go to.
 */
export function sumOfSoftplus(weights: Float64Array, x: Float64Array, first: number): number {
  let [sum, product] = [0, 1];
  for (let i = first; i < x.length; i++) {
    const weight = weights[i]!;
    const at = x[i]!;
    const small = Math.exp(-Math.abs(at)); // At most 1.
    x[i] = (weight * (at > 0 ? 1 : small)) / (1 + small);
    if (weight !== 1) {
      sum += weight * (Math.max(0, at) + Math.log1p(small));
      continue;
    }
    sum += Math.max(0, at);
    product *= 1 + small;
    if (product < 1e300) continue;
    sum += Math.log(product);
    product = 1;
  }
  return sum + Math.log(product);
}

/** 1 / (1 + e^-x) without overflow. */
export function logistic(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/** ln(e^a + e^b) without overflow; -Infinity is ln 0. */
export function logAdd(a: number, b: number): number {
  const [high, low] = a > b ? [a, b] : [b, a];
  return high === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(low - high));
}

/** What ln gamma(x) adds to (x - 1/2) ln x - x + ln(2 pi) / 2, for x from STIRLING_FROM on. */
export function stirlingRest(x: number): number {
  const y = 1 / (x * x);
  return (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y / 1188)))) / x;
}

/** What ln x - 1 / (2 x) exceeds psi(x) by, for x from STIRLING_FROM on. */
function digammaRest(x: number): number {
  const y = 1 / (x * x);
  return y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y / 132))));
}
