// BG/BB: purchases that can happen at most once in each of a row of periods (events attended,
// yearly donations), by customers who may leave for good between periods.
// Fader, Hardie and Shang (2010), "Customer-base analysis in a discrete-time noncontractual
// setting", Marketing Science 29(6).
import { requireDomain } from "../domain.ts";
import { requireHorizon } from "./discount.ts";
import { type Fit, fitLikelihood, type Likelihood, type Parameters, unidentified } from "./fit.ts";
import { type HistoryTable, type PurchaseHistory, requireHistory } from "./history.ts";
import { logHypergeometric } from "./hypergeometric.ts";
import { logAdd, logBetaRatio, logGammaRatio } from "./log-gamma.ts";
import { REPEATERS_MIN } from "./purchase-model.ts";

/** Chances to buy in a period are beta (alpha, beta), to leave after it beta (gamma, delta). */
export type BgBbName = "alpha" | "beta" | "gamma" | "delta";
export type BgBbParameters = Parameters<BgBbName>;

const NAMES = ["alpha", "beta", "gamma", "delta"] as const;

/** ln of the chance to have this history and still be there. */
function logAlive({ alpha, beta, gamma, delta }: BgBbParameters, history: PurchaseHistory): number {
  const { repeats: x, age: n } = history;
  return logBetaRatio(alpha, beta, x, n - x) + logBetaRatio(gamma, delta, 0, n);
}

/** ln of the chance to have this history and have left in some period since the last purchase. */
function logGone({ alpha, beta, gamma, delta }: BgBbParameters, history: PurchaseHistory): number {
  const { repeats: x, recency, age: n } = history;
  if (recency === n) return Number.NEGATIVE_INFINITY;
  const first = logBetaRatio(alpha, beta, x, recency - x) + logBetaRatio(gamma, delta, 1, recency);
  let [term, sum] = [1, 1];
  for (let at = recency; at < n - 1; at++) {
    const silent = (beta + at - x) / (alpha + beta + at);
    term *= silent * ((delta + at) / (gamma + delta + at + 1));
    sum += term;
  }
  return first + Math.log(sum);
}

function logChanceOf(parameters: BgBbParameters, history: PurchaseHistory): number {
  return logAdd(logAlive(parameters, history), logGone(parameters, history));
}

/** The likelihood of a table whose times are numbers of periods. */
export function bgBbLikelihood(table: HistoryTable): Likelihood<BgBbName> {
  return {
    model: "bg-bb",
    names: NAMES,
    starts: [
      [1, 1, 1, 3],
      [0.5, 1, 0.5, 5],
    ],
    customers: table.customers,
    logLikelihood: (parameters) =>
      table.rows.reduce((sum, row) => sum + row.customers * logChanceOf(parameters, row), 0),
  };
}

/**
 * Fits BG/BB by maximum likelihood; recency and age are whole numbers of periods.
 * @example 11,104 donors over six years: 1.204, .750, .657, 2.783 (the paper's table)
 */
export function fitBgBb(table: HistoryTable): Fit<BgBbName> {
  for (const row of table.rows) requirePeriods(row);
  if (table.repeaters < REPEATERS_MIN) {
    const have = `${table.repeaters} of ${table.customers} customers bought`;
    return unidentified("bg-bb", "too_few_data", `${have}; it takes at least ${REPEATERS_MIN}`);
  }
  return fitLikelihood(bgBbLikelihood(table));
}

/**
 * Chance that a customer with this history is still there `ahead` periods after the last one
 * watched, 0 for that one itself.
 * @example the paper's parameters, 2 purchases, the last in period 4 of 6: 0.59 one period ahead
 */
export function bgBbChanceAlive(
  parameters: BgBbParameters,
  history: PurchaseHistory,
  ahead = 0,
): number {
  requirePeriods(history);
  requireWhole(ahead, "periods ahead");
  const { gamma, delta } = parameters;
  const stays = logBetaRatio(gamma, delta + history.age, 0, ahead);
  return Math.exp(logAlive(parameters, history) + stays - logChanceOf(parameters, history));
}

/**
 * Chance of exactly `purchases` in the first `periods` of a new customer.
 * @example the paper's parameters, none in 6 periods: .3112, or 3,456 of 11,104 donors
 */
export function bgBbChanceOf(
  { alpha, beta, gamma, delta }: BgBbParameters,
  periods: number,
  purchases: number,
): number {
  requireWhole(periods, "periods");
  requireWhole(purchases, "purchases");
  if (purchases > periods) return 0;
  const choose = (n: number): number =>
    logGammaRatio(n - purchases + 1, purchases) - logGammaRatio(1, purchases);
  const bought = (n: number): number =>
    choose(n) + logBetaRatio(alpha, beta, purchases, n - purchases);
  let chance = Math.exp(bought(periods) + logBetaRatio(gamma, delta, 0, periods));
  for (let n = purchases; n < periods; n++) {
    chance += Math.exp(bought(n) + logBetaRatio(gamma, delta, 1, n));
  }
  return chance;
}

/** Expected purchases of a new customer in the first `periods`. */
export function bgBbExpected(parameters: BgBbParameters, periods: number): number {
  requireWhole(periods, "periods");
  const { alpha, beta, gamma, delta } = parameters;
  return (alpha / (alpha + beta)) * staysWithin(gamma, delta, periods);
}

/** Expected purchases of a customer with this history in the `periods` after those watched. */
export function bgBbExpectedPurchases(
  parameters: BgBbParameters,
  history: PurchaseHistory,
  periods: number,
): number {
  requireWhole(periods, "periods");
  const { alpha, beta, gamma, delta } = parameters;
  const { repeats, age } = history;
  const chance = (alpha + repeats) / (alpha + beta + age);
  const stays = staysWithin(gamma, delta + age, periods);
  return bgBbChanceAlive(parameters, history) * chance * stays;
}

/**
 * The same, a purchase k periods ahead counted (1 + rate)^-k times. `rate` per period; over all
 * periods to come if `horizon` is Infinity (the paper's discounted expected residual transactions).
 */
export function bgBbDiscounted(
  parameters: BgBbParameters,
  history: PurchaseHistory,
  { rate, horizon }: { readonly rate: number; readonly horizon: number },
): number {
  requireHorizon({ rate, horizon });
  const { alpha, beta, gamma, delta } = parameters;
  const { repeats, age } = history;
  const chance = (alpha + repeats) / (alpha + beta + age);
  const alive = bgBbChanceAlive(parameters, history);
  const next = (delta + age) / (gamma + delta + age);
  if (horizon !== Number.POSITIVE_INFINITY) {
    requireWhole(horizon, "periods");
    return alive * chance * staysWithin(gamma, delta + age, horizon, 1 / (1 + rate));
  }
  const rest = logHypergeometric(1, delta + age + 1, gamma + delta + age + 1, 1 / (1 + rate));
  return (alive * chance * next * Math.exp(rest)) / (1 + rate);
}

/** Sum over k = 1..periods of the chance to stay k periods, times weight^k. */
function staysWithin(gamma: number, delta: number, periods: number, weight = 1): number {
  let [term, sum] = [1, 0];
  for (let k = 0; k < periods; k++) {
    term *= ((delta + k) / (gamma + delta + k)) * weight;
    sum += term;
  }
  return sum;
}

function requirePeriods(history: PurchaseHistory): void {
  requireHistory(history);
  requireWhole(history.recency, "recency");
  requireWhole(history.age, "age");
  const { repeats, recency } = history;
  const possible = repeats <= recency;
  requireDomain(possible, "BG/BB", `at most one purchase a period, got ${repeats} in ${recency}`);
}

function requireWhole(value: number, what: string): void {
  const whole = Number.isSafeInteger(value) && value >= 0 && value <= 1e6;
  requireDomain(whole, "BG/BB", `a whole number of ${what} from 0 to 1,000,000, got ${value}`);
}
