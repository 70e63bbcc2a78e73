// sBG: customers under contract leave at each renewal with a chance of their own. Retention rises
// with age because those who leave easily are gone first, not because anyone becomes more loyal.
// Fader and Hardie (2007), "How to project customer retention", J. of Interactive Marketing 21(1).
import { requireDomain } from "../domain.ts";
import { requireHorizon } from "./discount.ts";
import type { Fit, Likelihood, Parameters } from "./fit.ts";
import { logHypergeometric } from "./hypergeometric.ts";
import { logGammaRatio } from "./log-gamma.ts";
import { fitSurvival, type SurvivalTable, survivalLikelihood } from "./survival-table.ts";

/** Chances to leave at a renewal are beta (alpha, beta). */
export type SbgName = "alpha" | "beta";
export type SbgParameters = Parameters<SbgName>;

function logStay({ alpha, beta }: SbgParameters, from: number, to: number): number {
  return logGammaRatio(beta + from, to - from) - logGammaRatio(alpha + beta + from, to - from);
}

export function sbgLikelihood(table: SurvivalTable): Likelihood<SbgName> {
  const starts = [
    [1, 1],
    [0.5, 5],
  ];
  return survivalLikelihood("sbg", ["alpha", "beta"], starts, table, logStay);
}

/**
 * Fits sBG by maximum likelihood.
 * @example the paper's high-end cohort, years 0 to 7, 1,000 customers: alpha .66809, beta 3.80610,
 *   ln L -1611.158
 */
export function fitSbg(table: SurvivalTable): Fit<SbgName> {
  return fitSurvival(sbgLikelihood(table), table);
}

/**
 * Share of a cohort that is left after `period` renewals.
 * @example sbgSurvival({ alpha: 0.668, beta: 3.806 }, 1) // 0.8507
 */
export function sbgSurvival(parameters: SbgParameters, period: number): number {
  requirePeriod(period);
  return Math.exp(logStay(parameters, 0, period));
}

/**
 * Share of those left before renewal `period` who renew: (beta + t - 1) / (alpha + beta + t - 1).
 * @example sbgRetention({ alpha: 0.668, beta: 3.806 }, 2) // 0.878
 */
export function sbgRetention({ alpha, beta }: SbgParameters, period: number): number {
  requireDomain(period >= 1 && Number.isFinite(period), "sBG", `a renewal >= 1, got ${period}`);
  return (beta + period - 1) / (alpha + beta + period - 1);
}

/** Share of a cohort that leaves at renewal `period` itself. */
export function sbgChurn({ alpha, beta }: SbgParameters, period: number): number {
  requireDomain(period >= 1 && Number.isFinite(period), "sBG", `a renewal >= 1, got ${period}`);
  const before = Math.exp(logStay({ alpha, beta }, 0, period - 1));
  return (before * alpha) / (alpha + beta + period - 1);
}

/**
 * Discounted payments to come of a customer who has renewed `renewals` times, the next one due at
 * once: sum over k >= 0 of the chance to renew k + 1 times more, times (1 + rate)^-k. Fader and
 * Hardie (2010, Marketing Science 29(1)) call it DERL; a horizon counts that many payments.
 * @param discount rate per period; without a horizon it must be above 0
 * @example alpha .668, beta 3.806, 0 renewals, 10 %: 5.4149
 */
export function sbgResidual(
  { alpha, beta }: SbgParameters,
  renewals: number,
  discount: { readonly rate: number; readonly horizon: number },
): number {
  requirePeriod(renewals);
  requireHorizon(discount);
  const { rate, horizon } = discount;
  if (horizon !== Number.POSITIVE_INFINITY) {
    let sum = 0;
    for (let k = 0; k < horizon; k++) {
      const stay = logStay({ alpha, beta }, renewals, renewals + k + 1);
      sum += Math.exp(stay - k * Math.log1p(rate));
    }
    return sum;
  }
  const next = (beta + renewals) / (alpha + beta + renewals);
  const tail = logHypergeometric(
    1,
    beta + renewals + 1,
    alpha + beta + renewals + 1,
    1 / (1 + rate),
  );
  return next * Math.exp(tail);
}

/**
 * Discounted payments of a new customer, the first at once and certain: sum over t >= 0 of S(t)
 * (1 + rate)^-t.
 */
export function sbgLifetime(
  parameters: SbgParameters,
  { rate, horizon }: { readonly rate: number; readonly horizon: number },
): number {
  requireHorizon({ rate, horizon });
  if (horizon === 0) return 0;
  const rest = sbgResidual(parameters, 0, { rate, horizon: horizon - 1 });
  return 1 + rest / (1 + rate);
}

function requirePeriod(period: number): void {
  const valid = period >= 0 && Number.isFinite(period);
  requireDomain(valid, "sBG", `a finite period >= 0, got ${period}`);
}
