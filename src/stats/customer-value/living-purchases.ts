// Purchases to come of a customer who is still there, and who may leave after each of them with a
// chance of his own. Rates are gamma (shape r, rate alpha), chances of leaving beta (a, b).
import { integrateOverLog } from "../quadrature.ts";
import { type Discount, requireHorizon } from "./discount.ts";
import { logHypergeometric } from "./hypergeometric.ts";

/** A customer's own law once it is known that he has not left. */
export interface LivingCustomer {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/**
 * Discounted purchases of customers who are alive: the integral of their falling rate, undiscounted
 * (r / alpha) 2F1(r + 1, a; a + b; -u / alpha). The textbook's form (Fader, Hardie and Lee 2005,
 * eq. 9) divides by a - 1 and fails near a = 1; this one does not.
 */
export function livingPurchases(law: LivingCustomer, { rate, horizon }: Discount): number {
  requireHorizon({ rate, horizon });
  const { r, alpha, a, b } = law;
  const until = rate > 0 ? Math.min(horizon, 40 / rate) : horizon;
  if (until === 0) return 0;
  const perTime = (at: number): number =>
    (r / alpha) * Math.exp(logHypergeometric(r + 1, a, a + b, -at / alpha) - rate * at);
  const steepest = alpha / (1 + r);
  const scale = Math.min(steepest, rate > 0 ? 1 / rate : steepest);
  return integrateOverLog(perTime, until, scale, 16);
}
