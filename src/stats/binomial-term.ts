// The chance of exactly so many hits, without the cancellation of log-gammas: Loader (2000), "Fast
// and accurate computation of binomial probabilities".
import { logGamma, STIRLING_FROM, stirlingRest } from "./customer-value/log-gamma.ts";

/** So many hits and misses, at chances p and q that add up to 1. */
export interface Trials {
  readonly hits: number;
  readonly misses: number;
  readonly p: number;
  readonly q: number;
}

/**
 * Chance of exactly these hits and misses, at least one of each.
 * @example binomialTerm({ hits: 1, misses: 1, p: 0.5, q: 0.5 }) // 0.5
 */
export function binomialTerm(trials: Trials): number {
  const { hits, misses, p } = trials;
  const n = hits + misses;
  const above = hitsAboveMean(trials);
  // How unlikely the shares are: hits ln(hits / (n p)) + misses ln(misses / (n q)).
  const ofHits =
    Math.abs(above) < hits / 2
      ? hits * log1pRest(-above / hits)
      : hits * Math.log(hits / (n * p)) - above;
  const distance = ofHits + misses * log1pRest(above / misses);
  const rests = gammaRest(n) - gammaRest(hits) - gammaRest(misses);
  return Math.exp(rests - distance) * Math.sqrt(n / (2 * Math.PI * hits * misses));
}

/** By the smaller of the chances: it has more digits, and the mean that it gives too. */
export function hitsAboveMean({ hits, misses, p, q }: Trials): number {
  const n = hits + misses;
  return p < q ? hits - n * p : n * q - misses;
}

/**
 * x - ln(1 + x) for x > -1; no digits are lost near 0.
 * @example log1pRest(1e-9) // 5e-19
 */
export function log1pRest(x: number): number {
  if (!(Math.abs(x) < 0.1)) return x - Math.log1p(x);
  // ln(1 + x) = 2 artanh r = 2 (r + r^3/3 + r^5/5 + ...), and x - 2 r = r x.
  const r = x / (2 + x);
  const y = r * r;
  const series =
    1 / 3 + y * (1 / 5 + y * (1 / 7 + y * (1 / 9 + y * (1 / 11 + y * (1 / 13 + y / 15)))));
  return r * (x - 2 * y * series);
}

/** What Stirling's formula without its series misses of ln of the gamma function. */
function gammaRest(x: number): number {
  if (x >= STIRLING_FROM) return stirlingRest(x);
  return logGamma(x) - (x - 0.5) * Math.log(x) + x - Math.log(2 * Math.PI) / 2;
}
