// Beta-discrete-Weibull: sBG whose customers also change with age. shape > 1: each one's own risk
// of leaving grows with every renewal; shape < 1: it falls; shape 1 is sBG.
// Fader, Hardie, Liu, Davin and Steenburgh (2018), Journal of Interactive Marketing 43.
import { requireDomain } from "../domain.ts";
import { requireHorizon } from "./discount.ts";
import type { Fit, Likelihood, Parameters } from "./fit.ts";
import { logGammaRatio } from "./log-gamma.ts";
import { fitSurvival, type SurvivalTable, survivalLikelihood } from "./survival-table.ts";

export type BdwName = "alpha" | "beta" | "shape";
export type BdwParameters = Parameters<BdwName>;

/** A sum without horizon stops where a payment is worth less than this. */
const NEGLIGIBLE = 1e-12;
const PERIODS_MAX = 1_000_000;

function logStay({ alpha, beta, shape }: BdwParameters, from: number, to: number): number {
  const [low, high] = [from ** shape, to ** shape];
  // Beyond this a sum with alpha or beta has lost them, and ages are all alike.
  if (!(high < 1e300)) return Number.NaN;
  return logGammaRatio(beta + low, high - low) - logGammaRatio(alpha + beta + low, high - low);
}

export function bdwLikelihood(table: SurvivalTable): Likelihood<BdwName> {
  const starts = [
    [1, 1, 1],
    [0.5, 5, 1.5],
    [1, 3, 0.7],
  ];
  return survivalLikelihood("bdw", ["alpha", "beta", "shape"], starts, table, logStay);
}

/**
 * Fits the beta-discrete-Weibull by maximum likelihood.
 * @example the sBG paper's high-end cohort, years 0 to 7: alpha .2143, beta 1.4266, shape 1.7236,
 *   ln L -1605.314
 */
export function fitBdw(table: SurvivalTable): Fit<BdwName> {
  return fitSurvival(bdwLikelihood(table), table);
}

/** Share of a cohort that is left after `period` renewals: B(alpha, beta + t^shape) / B. */
export function bdwSurvival(parameters: BdwParameters, period: number): number {
  const valid = period >= 0 && Number.isFinite(period);
  requireDomain(valid, "beta-discrete-Weibull", `a finite period >= 0, got ${period}`);
  return Math.exp(logStay(parameters, 0, period));
}

/** Share of those left before renewal `period` >= 1 who renew. */
export function bdwRetention(parameters: BdwParameters, period: number): number {
  const valid = period >= 1 && Number.isFinite(period);
  requireDomain(valid, "beta-discrete-Weibull", `a renewal >= 1, got ${period}`);
  return Math.exp(logStay(parameters, period - 1, period));
}

/**
 * Discounted payments to come of a customer who has renewed `renewals` times, the next due at once,
 * as `sbgResidual`. Sums term by term; without horizon up to a million periods.
 */
export function bdwResidual(
  parameters: BdwParameters,
  renewals: number,
  discount: { readonly rate: number; readonly horizon: number },
): number {
  requireHorizon(discount);
  const { rate, horizon } = discount;
  const endless = horizon === Number.POSITIVE_INFINITY;
  requireDomain(
    !endless || rate >= 5e-5,
    "beta-discrete-Weibull",
    `a horizon, or a rate of at least 0.00005 a period, got ${rate}`,
  );
  let sum = 0;
  for (let k = 0; k < Math.min(horizon, PERIODS_MAX); k++) {
    const stay = logStay(parameters, renewals, renewals + k + 1);
    const worth = Math.exp(stay - k * Math.log1p(rate));
    sum += worth;
    if (worth < NEGLIGIBLE) break;
  }
  return sum;
}
