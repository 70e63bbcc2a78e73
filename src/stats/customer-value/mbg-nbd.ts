// Modified BG/NBD: as BG/NBD, but customers may leave right after their first purchase too, so that
// those who never came back are not all taken for alive.
// Batislam, Denizel and Filiztekin (2007), International Journal of Research in Marketing 24(3).
import type { Fit, Likelihood, Parameters } from "./fit.ts";
import {
  livingDiscounted,
  livingPurchases,
  logPoissonGamma,
  poissonGammaTail,
  requireRepeats,
  requireTime,
} from "./geometric-dropout.ts";
import { type HistoryTable, type PurchaseHistory, requireHistory } from "./history.ts";
import { logBetaRatio, logGammaRatio, logistic, softplus } from "./log-gamma.ts";
import { type Discount, fitPurchases, type PurchaseModel } from "./purchase-model.ts";

/** Rates are gamma (shape r, rate alpha in units of time), chances of leaving beta (a, b). */
export type MbgNbdName = "r" | "alpha" | "a" | "b";
export type MbgNbdParameters = Parameters<MbgNbdName>;

const NAMES = ["r", "alpha", "a", "b"] as const;

function logLikelihood(table: HistoryTable, parameters: MbgNbdParameters): number {
  const { r, alpha, a, b } = parameters;
  const byRepeats = table.repeats.map((x) => logGammaRatio(r, x) + logBetaRatio(a, b, 0, x + 1));
  let sum = 0;
  for (const [i, row] of table.rows.entries()) {
    const { repeats: x, age } = row;
    const own = byRepeats[table.at[i]!]! - r * Math.log1p(age / alpha) - x * Math.log(alpha + age);
    sum += row.customers * (own + softplus(logOddsGone(parameters, row)));
  }
  return sum;
}

/** ln of the odds that a customer left right after the last purchase, be it the first. */
function logOddsGone({ r, alpha, a, b }: MbgNbdParameters, history: PurchaseHistory): number {
  const { repeats: x, recency, age } = history;
  return Math.log(a / (b + x)) + (r + x) * Math.log1p((age - recency) / (alpha + recency));
}

function chanceAlive(parameters: MbgNbdParameters, history: PurchaseHistory): number {
  requireHistory(history);
  return logistic(-logOddsGone(parameters, history));
}

/** The law of a customer with this history, given that he is still there. */
function living({ r, alpha, a, b }: MbgNbdParameters, { repeats, age }: PurchaseHistory) {
  return { r: r + repeats, alpha: alpha + age, a, b: b + repeats + 1 };
}

/**
 * The MBG/NBD model. Times in any one unit; `alpha` is in that unit.
 * @example a customer without repeats may be gone: with .525, 6.183, .891, 1.614 (CDNOW, weeks) one
 *   who has been silent for 38.86 weeks is alive with chance 0.3897
 */
export const mbgNbd: PurchaseModel<MbgNbdName> = {
  id: "mbg-nbd",
  title: "MBG/NBD",
  names: NAMES,
  likelihood: (table: HistoryTable): Likelihood<MbgNbdName> => ({
    model: "mbg-nbd",
    names: NAMES,
    starts: [
      [1, 10, 1, 2],
      [0.3, 2, 0.3, 3],
    ],
    customers: table.customers,
    logLikelihood: (parameters) => logLikelihood(table, parameters),
  }),
  fit: (table, near) => fitPurchases(mbgNbd, table, ["alpha"], near),
  chanceAlive,
  chanceOfRepeats: ({ r, alpha, a, b }, time, repeats) => {
    requireTime(time);
    requireRepeats(repeats);
    const left = Math.exp(logBetaRatio(a, b, 1, repeats));
    if (time === 0) return repeats === 0 ? 1 : 0;
    const stayed = Math.exp(
      logBetaRatio(a, b, 0, repeats + 1) + logPoissonGamma(r, alpha, time, repeats),
    );
    return stayed + left * poissonGammaTail(r, alpha, time, repeats);
  },
  expectedRepeats: ({ r, alpha, a, b }, time) =>
    (b / (a + b)) * livingPurchases({ r, alpha, a, b: b + 1 }, time),
  expectedPurchases: (parameters, history, time) =>
    chanceAlive(parameters, history) * livingPurchases(living(parameters, history), time),
  discountedPurchases: (parameters, history, discount: Discount) =>
    chanceAlive(parameters, history) * livingDiscounted(living(parameters, history), discount),
};

/**
 * Fits MBG/NBD by maximum likelihood.
 * @example CDNOW, 2,357 customers in weeks: .525, 6.183, .891, 1.614 (BTYDplus)
 */
export function fitMbgNbd(table: HistoryTable): Fit<MbgNbdName> {
  return mbgNbd.fit(table);
}
