// Pareto/NBD: customers buy at their own steady rate and leave at their own steady risk, whether
// they buy or not. Schmittlein, Morrison and Colombo (1987), Management Science 33(1).

import { integrate, legendreNodes, type NodeCount } from "../quadrature.ts";
import type { Fit, Likelihood, Parameters } from "./fit.ts";
import {
  logPoissonGamma,
  requireHorizon,
  requireRepeats,
  requireTime,
} from "./geometric-dropout.ts";
import { type HistoryTable, type PurchaseHistory, requireHistory } from "./history.ts";
import { logGammaRatio, logistic, softplus } from "./log-gamma.ts";
import { type Discount, fitPurchases, type PurchaseModel } from "./purchase-model.ts";

/** Rates are gamma (r, alpha), risks of leaving gamma (s, beta); alpha, beta in units of time. */
export type ParetoNbdName = "r" | "alpha" | "s" | "beta";
export type ParetoNbdParameters = Parameters<ParetoNbdName>;

const NAMES = ["r", "alpha", "s", "beta"] as const;
/** What has fallen to e^-45 adds nothing. */
const NEGLIGIBLE = 45;

function logLikelihood(table: HistoryTable, parameters: ParetoNbdParameters): number {
  const { r, alpha, s, beta } = parameters;
  const byRepeats = table.repeats.map((x) => logGammaRatio(r, x));
  let sum = 0;
  for (const [i, row] of table.rows.entries()) {
    const { repeats: x, age } = row;
    const own =
      byRepeats[table.at[i]!]! -
      r * Math.log1p(age / alpha) -
      x * Math.log(alpha + age) -
      s * Math.log1p(age / beta);
    sum += row.customers * (own + softplus(logOddsGone(parameters, row)));
  }
  return sum;
}

/**
 * ln of the odds that a customer left somewhere between the last purchase and now:
 *   s * integral of ((alpha + T) / (alpha + u))^(r + x) ((beta + T) / (beta + u))^s / (beta + u) du
 * The papers' difference of two 2F1 cancels when alpha is near beta; this integral has one sign.
 */
function logOddsGone(parameters: ParetoNbdParameters, history: PurchaseHistory): number {
  const { r, alpha, s, beta } = parameters;
  const { repeats, recency, age } = history;
  const power = r + repeats;
  // Over v = ln(near + u) the integrand falls evenly.
  const near = Math.min(alpha, beta);
  const until = Math.min(
    age,
    (alpha + recency) * Math.exp(NEGLIGIBLE / power) - alpha,
    (beta + recency) * Math.exp(NEGLIGIBLE / s) - beta,
  );
  const length = Math.log1p((until - recency) / (near + recency));
  if (length === 0) return Number.NEGATIVE_INFINITY;
  const top =
    power * Math.log1p((age - recency) / (alpha + recency)) +
    s * Math.log1p((age - recency) / (beta + recency));
  const fall =
    power * Math.log1p((until - recency) / (alpha + recency)) +
    s * Math.log1p((until - recency) / (beta + recency));
  const { at, weights } = legendreNodes(nodesFor(length, fall));
  let sum = 0;
  for (let i = 0; i < at.length; i++) {
    const ahead = (near + recency) * Math.expm1(((at[i]! + 1) / 2) * length);
    const drop =
      power * Math.log(1 + ahead / (alpha + recency)) + s * Math.log(1 + ahead / (beta + recency));
    const stretch = (near + recency + ahead) / (beta + recency + ahead);
    sum += weights[i]! * stretch * Math.exp(-drop);
  }
  return Math.log(s) + top + Math.log((length / 2) * sum);
}

/** Enough for 1e-11: the integrand falls by e^-fall over `length` log units. */
function nodesFor(length: number, fall: number): NodeCount {
  if (length < 1.6 && fall < 3) return 8;
  if (length < 2.5 && fall < 8) return 12;
  if (length < 5 && fall < 12) return 16;
  return length < 12 && fall < 40 ? 32 : 64;
}

function chanceAlive(parameters: ParetoNbdParameters, history: PurchaseHistory): number {
  requireHistory(history);
  return logistic(-logOddsGone(parameters, history));
}

/** Mean stay of a living customer within `time`: beta ((1 + t/beta)^(1 - s) - 1) / (1 - s). */
function meanStay(s: number, beta: number, time: number): number {
  const fold = Math.log1p(time / beta);
  return s === 1 ? beta * fold : (-beta * Math.expm1((1 - s) * fold)) / (s - 1);
}

/** The same, discounted: the integral of e^(-rate u) (beta / (beta + u))^s. */
function discountedStay(s: number, beta: number, { rate, horizon }: Discount): number {
  const until = rate > 0 ? Math.min(horizon, 40 / rate) : horizon;
  if (rate === 0) return meanStay(s, beta, until);
  const scale = Math.min(beta, 1 / rate);
  const length = Math.log1p(until / scale);
  const pieces = Math.max(1, Math.ceil(length / 2));
  let sum = 0;
  for (let i = 0; i < pieces; i++) {
    const f = (v: number): number => {
      const u = scale * Math.expm1(v);
      return scale * Math.exp(v - rate * u - s * Math.log1p(u / beta));
    };
    sum += integrate(f, (i * length) / pieces, ((i + 1) * length) / pieces, 16);
  }
  return sum;
}

/**
 * The Pareto/NBD model. Times in any one unit; `alpha` and `beta` are in that unit.
 * @example r .55, alpha 10.56, s .61, beta 11.64 (CDNOW, weeks): 0.38909211 repeats of a new
 *   customer in 9 weeks (BTYD manual)
 */
export const paretoNbd: PurchaseModel<ParetoNbdName> = {
  id: "pareto-nbd",
  title: "Pareto/NBD",
  names: NAMES,
  likelihood: (table: HistoryTable): Likelihood<ParetoNbdName> => ({
    model: "pareto-nbd",
    names: NAMES,
    starts: [
      [1, 10, 1, 10],
      [0.5, 3, 0.5, 3],
    ],
    customers: table.customers,
    logLikelihood: (parameters) => logLikelihood(table, parameters),
  }),
  fit: (table, near) => fitPurchases(paretoNbd, table, ["alpha", "beta"], near),
  chanceAlive,
  chanceOfRepeats: ({ r, alpha, s, beta }, time, repeats) => {
    requireTime(time);
    requireRepeats(repeats);
    if (time === 0) return repeats === 0 ? 1 : 0;
    const alive = Math.exp(logPoissonGamma(r, alpha, time, repeats) - s * Math.log1p(time / beta));
    const near = Math.min(alpha, beta);
    const length = Math.log1p(time / near);
    const pieces = Math.ceil(length / 2) + Math.ceil(Math.sqrt(repeats + r) / 4);
    let gone = 0;
    for (let i = 0; i < pieces; i++) {
      const f = (v: number): number => {
        const u = near * Math.expm1(v);
        const log = logPoissonGamma(r, alpha, u, repeats) - s * Math.log1p(u / beta);
        return (s * Math.exp(log) * (near + u)) / (beta + u);
      };
      gone += integrate(f, (i * length) / pieces, ((i + 1) * length) / pieces, 32);
    }
    return alive + gone;
  },
  expectedRepeats: ({ r, alpha, s, beta }, time) => {
    requireTime(time);
    return (r / alpha) * meanStay(s, beta, time);
  },
  expectedPurchases: (parameters, history, time) => {
    requireTime(time);
    const { r, alpha, s, beta } = parameters;
    const rate = (r + history.repeats) / (alpha + history.age);
    return chanceAlive(parameters, history) * rate * meanStay(s, beta + history.age, time);
  },
  discountedPurchases: (parameters, history, discount) => {
    requireHorizon(discount);
    const { r, alpha, s, beta } = parameters;
    const rate = (r + history.repeats) / (alpha + history.age);
    const stay = discountedStay(s, beta + history.age, discount);
    return chanceAlive(parameters, history) * rate * stay;
  },
};

/**
 * Fits Pareto/NBD by maximum likelihood.
 * @example CDNOW, 2,357 customers in weeks: .5533, 10.578, .6060, 11.656, ln L -9594.98
 */
export function fitParetoNbd(table: HistoryTable): Fit<ParetoNbdName> {
  return paretoNbd.fit(table);
}
