// Pareto/NBD: customers buy at their own steady rate and leave at their own steady risk, whether
// they buy or not. Schmittlein, Morrison and Colombo (1987), Management Science 33(1).
import type { Sloped } from "../objective.ts";
import { integrateOverLog, legendreNodes, type NodeCount } from "../quadrature.ts";
import { type Discount, requireHorizon } from "./discount.ts";
import type { Fit, Parameters } from "./fit.ts";
import type { HistoryTable, PurchaseHistory } from "./history.ts";
import { historyColumns, sumBy } from "./history-columns.ts";
import { logistic, softplus } from "./log-gamma.ts";
import { logPoissonGamma, purchaseTimes } from "./poisson-gamma.ts";
import { type PurchaseModel, purchaseModel } from "./purchase-model.ts";

/** Rates are gamma (r, alpha), risks of leaving gamma (s, beta); alpha, beta in units of time. */
export type ParetoNbdName = "r" | "alpha" | "s" | "beta";
export type ParetoNbdParameters = Parameters<ParetoNbdName>;

/** What has fallen to e^-45 adds nothing. */
const NEGLIGIBLE = 45;

function slopedLikelihood(table: HistoryTable): (parameters: ParetoNbdParameters) => Sloped {
  const columns = historyColumns(table);
  const { customers, age } = columns;
  const ofAge = sumBy(age, customers);
  const times = purchaseTimes(columns);
  const slopesGone = new Float64Array(4);
  return (parameters) => {
    const { r, alpha, s, beta } = parameters;
    const bought = times(r, alpha);
    let [value, byS, byBeta] = [bought.value, 0, 0];
    for (const [i, time] of age.values.entries()) {
      byS -= s * ofAge[i]! * Math.log1p(time / beta);
      byBeta += s * ofAge[i]! * (time / (beta + time));
    }
    value += byS;
    const slopes = [...bought.slopes, byS, byBeta];
    for (const row of table.rows) {
      const odds = logOddsGone(parameters, row, slopesGone);
      value += row.customers * softplus(odds);
      const gone = row.customers * logistic(odds);
      for (let j = 0; j < 4; j++) slopes[j]! += gone * slopesGone[j]!;
    }
    return { value, slopes };
  };
}

/**
 * ln of the odds that a customer left somewhere between the last purchase and now:
 *   s * integral of ((alpha + T) / (alpha + u))^(r + x) ((beta + T) / (beta + u))^s / (beta + u) du
 * The papers' difference of two 2F1 cancels when alpha is near beta; this integral has one sign.
 * `slopes` become its slopes along the logs of r, alpha, s and beta.
 */
function logOddsGone(
  { r, alpha, s, beta }: ParetoNbdParameters,
  { repeats, recency, age }: PurchaseHistory,
  slopes?: Float64Array,
): number {
  const power = r + repeats;
  const [alphaFrom, betaFrom] = [alpha + recency, beta + recency];
  // Over v = ln(near + u) the integrand falls evenly.
  const isAlphaNear = alpha < beta;
  const nearFrom = isAlphaNear ? alphaFrom : betaFrom;
  const farFrom = isAlphaNear ? betaFrom : alphaFrom;
  const span = Math.min(
    age - recency,
    alphaFrom * Math.expm1(NEGLIGIBLE / power),
    betaFrom * Math.expm1(NEGLIGIBLE / s),
  );
  const length = Math.log1p(span / nearFrom);
  if (length === 0) {
    slopes?.fill(0);
    return Number.NEGATIVE_INFINITY;
  }
  const nearPower = isAlphaNear ? power : s;
  const farPower = isAlphaNear ? s : power;
  const fall = nearPower * length + farPower * Math.log1p(span / farFrom);
  const { at, weights } = legendreNodes(nodesFor(length, fall));
  let [sum, nearLogs, farLogs, nearShares, farShares] = [0, 0, 0, 0, 0];
  for (let i = 0; i < at.length; i++) {
    const nearLog = ((at[i]! + 1) / 2) * length;
    const ahead = nearFrom * Math.expm1(nearLog);
    const farLog = Math.log(1 + ahead / farFrom);
    const drop = nearPower * nearLog + farPower * farLog;
    const stretch = isAlphaNear ? (nearFrom + ahead) / (farFrom + ahead) : 1;
    const part = weights[i]! * stretch * Math.exp(-drop);
    sum += part;
    nearLogs += part * nearLog;
    farLogs += part * farLog;
    nearShares += part / (nearFrom + ahead);
    farShares += part / (farFrom + ahead);
  }
  const alphaTop = Math.log1p((age - recency) / alphaFrom);
  const betaTop = Math.log1p((age - recency) / betaFrom);
  if (slopes !== undefined) {
    // Means over u, which is when they left.
    const [alphaLog, betaLog] = isAlphaNear ? [nearLogs, farLogs] : [farLogs, nearLogs];
    const [alphaShare, betaShare] = isAlphaNear ? [nearShares, farShares] : [farShares, nearShares];
    slopes[0] = r * (alphaTop - alphaLog / sum);
    slopes[1] = alpha * power * (1 / (alpha + age) - alphaShare / sum);
    slopes[2] = 1 + s * (betaTop - betaLog / sum);
    slopes[3] = beta * (s / (beta + age) - ((s + 1) * betaShare) / sum);
  }
  return Math.log(s) + power * alphaTop + s * betaTop + Math.log((length / 2) * sum);
}

/** Enough for 1e-11: the integrand falls by e^-fall over `length` log units. */
function nodesFor(length: number, fall: number): NodeCount {
  if (length < 1.6 && fall < 3) return 8;
  if (length < 2.5 && fall < 8) return 12;
  if (length < 5 && fall < 12) return 16;
  return length < 12 && fall < 40 ? 32 : 64;
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
  const left = (u: number): number => Math.exp(-rate * u - s * Math.log1p(u / beta));
  return integrateOverLog(left, until, Math.min(beta, 1 / rate), 16);
}

/**
 * The Pareto/NBD model. Times in any one unit; `alpha` and `beta` are in that unit.
 * @example r .55, alpha 10.56, s .61, beta 11.64 (CDNOW, weeks): 0.38909211 repeats of a new
 *   customer in 9 weeks (BTYD manual)
 */
export const paretoNbd: PurchaseModel<ParetoNbdName> = purchaseModel({
  id: "pareto-nbd",
  title: "Pareto/NBD",
  names: ["r", "alpha", "s", "beta"],
  timeNames: ["alpha", "beta"],
  starts: [
    [1, 10, 1, 10],
    [0.5, 3, 0.5, 3],
  ],
  sloped: slopedLikelihood,
  logOddsGone,
  chanceOfRepeats: ({ r, alpha, s, beta }, time, repeats) => {
    const chanceThen = (u: number): number =>
      Math.exp(logPoissonGamma(r, alpha, u, repeats) - s * Math.log1p(u / beta));
    const peaks = Math.ceil(Math.sqrt(repeats + r) / 4);
    const leaving = (u: number): number => (s * chanceThen(u)) / (beta + u);
    const gone = integrateOverLog(leaving, time, Math.min(alpha, beta), 32, peaks);
    return chanceThen(time) + gone;
  },
  expectedRepeats: ({ r, alpha, s, beta }, time) => (r / alpha) * meanStay(s, beta, time),
  livingPurchases: ({ r, alpha, s, beta }, { repeats, age }, discount) => {
    requireHorizon(discount);
    return ((r + repeats) / (alpha + age)) * discountedStay(s, beta + age, discount);
  },
});

/**
 * Fits Pareto/NBD by maximum likelihood.
 * @example CDNOW, 2,357 customers in weeks: .5533, 10.578, .6060, 11.656, ln L -9594.98
 */
export function fitParetoNbd(table: HistoryTable): Fit<ParetoNbdName> {
  return paretoNbd.fit(table);
}
