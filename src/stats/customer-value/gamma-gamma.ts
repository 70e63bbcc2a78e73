// Gamma-Gamma: what customers spend a purchase, each about a mean of his own. Needed because the
// mean of two purchases says little about a customer and that of twenty a lot.
// Fader and Hardie (2013), "The Gamma-Gamma model of monetary value" (note 025).
import { requireDomain } from "../domain.ts";
import { type Fit, fitScaled, type Likelihood, type Parameters, unidentified } from "./fit.ts";
import { logGamma, logGammaRatio } from "./log-gamma.ts";
import { REPEATERS_MIN } from "./purchase-model.ts";

/** Purchases are gamma (shape p, rate nu), nu itself gamma (shape q, rate v in units of money). */
export type GammaGammaName = "p" | "q" | "v";
export type GammaGammaParameters = Parameters<GammaGammaName>;

/** Customers who bought `purchases` times for `meanValue` a time. */
export interface SpendHistory {
  /** Whole, > 0. Of repeat purchases, as in the papers, or of all. */
  readonly purchases: number;
  /** In any one currency, > 0. */
  readonly meanValue: number;
  readonly customers: number;
}

const NAMES = ["p", "q", "v"] as const;

function logDensity({ p, q, v }: GammaGammaParameters, row: SpendHistory): number {
  const { purchases: x, meanValue: m } = row;
  const shape = p * x;
  // gamma(px + q) / (gamma(px) gamma(q)) v^q m^(px - 1) x^px / (v + x m)^(px + q)
  return (
    logGammaRatio(shape, q) -
    logGamma(q) -
    q * Math.log1p((x * m) / v) -
    shape * Math.log1p(v / (x * m)) -
    Math.log(m)
  );
}

/** The likelihood of spend histories, over parameters in their own currency. */
export function gammaGammaLikelihood(rows: readonly SpendHistory[]): Likelihood<GammaGammaName> {
  const customers = rows.reduce((sum, row) => sum + row.customers, 0);
  return {
    model: "gamma-gamma",
    names: NAMES,
    starts: [
      [1, 3, 3],
      [5, 4, 0.5],
    ],
    customers,
    logLikelihood: (parameters) =>
      rows.reduce((sum, row) => sum + row.customers * logDensity(parameters, row), 0),
  };
}

/**
 * Fits Gamma-Gamma by maximum likelihood; values are scaled to a mean of 1 for the search, which
 * begins at `near` where that is given.
 * @example CDNOW, 946 customers with repeats: 6.2488, 3.7446, 15.4477
 */
export function fitGammaGamma(
  rows: readonly SpendHistory[],
  near?: GammaGammaParameters,
): Fit<GammaGammaName> {
  let [customers, total] = [0, 0];
  for (const row of rows) {
    requireSpend(row);
    customers += row.customers;
    total += row.customers * row.meanValue;
  }
  if (customers < REPEATERS_MIN) {
    const message = `${customers} customers with values; it takes at least ${REPEATERS_MIN}`;
    return unidentified("gamma-gamma", "too_few_data", message);
  }
  const factor = customers / total;
  const scaled = rows.map((row) => ({ ...row, meanValue: row.meanValue * factor }));
  const likelihood = gammaGammaLikelihood(scaled);
  return fitScaled({ likelihood, factor, unitNames: ["v"], densities: customers }, near);
}

/**
 * Mean value a purchase over all customers, p v / (q - 1); null for q <= 1, which has no mean.
 * @example gammaGammaMean({ p: 6.25, q: 3.74, v: 15.44 }) // 35.22
 */
export function gammaGammaMean({ p, q, v }: GammaGammaParameters): number | null {
  return q > 1 ? (p * v) / (q - 1) : null;
}

/**
 * Expected value a purchase of a customer, between his own mean and everybody's:
 * p (v + x m) / (p x + q - 1). With 0 purchases the mean of all; null where that has no mean.
 * @example gammaGammaExpected({ p: 6.25, q: 3.74, v: 15.44 }, 2, 22.35) // 24.66
 */
export function gammaGammaExpected(
  { p, q, v }: GammaGammaParameters,
  purchases: number,
  meanValue: number,
): number | null {
  const valid = Number.isSafeInteger(purchases) && purchases >= 0;
  requireDomain(valid, "Gamma-Gamma", `a whole number of purchases >= 0, got ${purchases}`);
  if (purchases === 0) return gammaGammaMean({ p, q, v });
  requireSpend({ purchases, meanValue, customers: 1 });
  const degrees = p * purchases + q - 1;
  return degrees > 0 ? (p * (v + purchases * meanValue)) / degrees : null;
}

/**
 * How the number of purchases and their mean value go together (Pearson): the model assumes 0.
 * NaN never: null where all numbers or all values are equal.
 */
export function spendCorrelation(rows: readonly SpendHistory[]): number | null {
  let [n, x, m] = [0, 0, 0];
  for (const row of rows) {
    n += row.customers;
    x += row.customers * row.purchases;
    m += row.customers * row.meanValue;
  }
  let [xx, mm, xm] = [0, 0, 0];
  for (const row of rows) {
    const [dx, dm] = [row.purchases - x / n, row.meanValue - m / n];
    xx += row.customers * dx * dx;
    mm += row.customers * dm * dm;
    xm += row.customers * dx * dm;
  }
  return xx > 0 && mm > 0 ? xm / Math.sqrt(xx * mm) : null;
}

function requireSpend({ purchases, meanValue, customers }: SpendHistory): void {
  const name = "Gamma-Gamma";
  const whole = Number.isSafeInteger(purchases) && purchases > 0;
  requireDomain(whole, name, `a whole number of purchases > 0, got ${purchases}`);
  const positive = meanValue > 0 && Number.isFinite(meanValue);
  requireDomain(positive, name, `a finite mean value > 0, got ${meanValue}`);
  requireDomain(customers > 0, name, `a positive number of customers, got ${customers}`);
}
