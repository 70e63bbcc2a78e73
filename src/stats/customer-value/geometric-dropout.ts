// Purchases of customers who may leave after each of them with a chance of their own: what BG/NBD
// and MBG/NBD share. Rates are gamma (shape r, rate alpha), chances of leaving beta (a, b).
import betainc from "@stdlib/math-base-special-betainc";
import { requireDomain } from "../domain.ts";
import { integrate } from "../quadrature.ts";
import { logHypergeometric } from "./hypergeometric.ts";
import { logGammaRatio } from "./log-gamma.ts";
import type { Discount } from "./purchase-model.ts";

/** A customer's own law once it is known that he has not left. */
export interface LivingCustomer {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/**
 * Expected purchases in the next `time` of customers who are alive: the integral of their falling
 * rate, (r / alpha) 2F1(r + 1, a; a + b; -u / alpha). The textbook's form (Fader, Hardie and Lee
 * 2005, eq. 9) divides by a - 1 and fails near a = 1; this one does not.
 */
export function livingPurchases(law: LivingCustomer, time: number): number {
  requireTime(time);
  return livingDiscounted(law, { rate: 0, horizon: time });
}

/** Discounted purchases of customers who are alive: the integral of their falling rate. */
export function livingDiscounted(law: LivingCustomer, { rate, horizon }: Discount): number {
  requireHorizon({ rate, horizon });
  const { r, alpha, a, b } = law;
  const until = rate > 0 ? Math.min(horizon, 40 / rate) : horizon;
  if (until === 0) return 0;
  const perTime = (at: number): number =>
    (r / alpha) * Math.exp(logHypergeometric(r + 1, a, a + b, -at / alpha) - rate * at);
  // Over ln(1 + time / scale) the fall is even, in as many pieces as e-folds.
  const steepest = alpha / (1 + r);
  const scale = Math.min(steepest, rate > 0 ? 1 / rate : steepest);
  const length = Math.log1p(until / scale);
  const pieces = Math.max(1, Math.ceil(length / 2));
  let sum = 0;
  for (let i = 0; i < pieces; i++) {
    const [from, to] = [(i * length) / pieces, ((i + 1) * length) / pieces];
    const f = (u: number): number => perTime(scale * Math.expm1(u)) * scale * Math.exp(u);
    sum += integrate(f, from, to, 16);
  }
  return sum;
}

/** ln of the chance of exactly x purchases in `time` if nobody could leave: negative binomial. */
export function logPoissonGamma(r: number, alpha: number, time: number, x: number): number {
  const own = logGammaRatio(r, x) - logGammaRatio(1, x) - r * Math.log1p(time / alpha);
  return x === 0 ? own : own - x * Math.log1p(alpha / time);
}

/** Chance of at least x purchases in `time` if nobody could leave. */
export function poissonGammaTail(r: number, alpha: number, time: number, x: number): number {
  return x === 0 ? 1 : betainc(time / (alpha + time), x, r, true, false);
}

export function requireTime(time: number): void {
  requireDomain(time >= 0 && Number.isFinite(time), "purchases", `a time >= 0, got ${time}`);
}

export function requireRepeats(repeats: number): void {
  const whole = Number.isSafeInteger(repeats) && repeats >= 0;
  requireDomain(whole, "purchases", `a whole number of repeats >= 0, got ${repeats}`);
}

/** A discount that leaves a sum finite. */
export function requireHorizon({ rate, horizon }: Discount): void {
  requireDomain(rate >= 0 && rate < 1e6, "discount", `a rate >= 0 per unit, got ${rate}`);
  requireDomain(horizon >= 0, "discount", `a horizon >= 0, got ${horizon}`);
  const ends = rate > 0 || horizon < Number.POSITIVE_INFINITY;
  requireDomain(ends, "discount", "a rate above 0, or a horizon that ends");
}
