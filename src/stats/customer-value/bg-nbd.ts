// BG/NBD: customers buy at their own steady rate and may leave for good after each repeat purchase.
// Fader, Hardie and Lee (2005), "Counting your customers the easy way", Marketing Science 24(2).
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
import { historyColumns, sumBy } from "./history-columns.ts";
import { logBetaRatio, logGammaRatio, logistic, sumOfSoftplus } from "./log-gamma.ts";
import { type Discount, fitPurchases, type PurchaseModel } from "./purchase-model.ts";

/** Rates are gamma (shape r, rate alpha in units of time), chances of leaving beta (a, b). */
export type BgNbdName = "r" | "alpha" | "a" | "b";
export type BgNbdParameters = Parameters<BgNbdName>;

const NAMES = ["r", "alpha", "a", "b"] as const;

/**
 * Only the odds of having left need a term a row; what depends on one number of a history alone is
 * summed over the distinct ones.
 */
function logLikelihoodOf(table: HistoryTable): (parameters: BgNbdParameters) => number {
  const { customers, repeats, recency, age } = historyColumns(table);
  const purchases = customers.map((count, i) => count * repeats.values[repeats.at[i]!]!);
  const [withRepeats, ofAge] = [sumBy(repeats, customers), sumBy(age, customers)];
  const boughtByAge = sumBy(age, purchases);
  // Rows ascend by repeats, and customers without any have not left.
  const first = table.rows.filter((row) => row.repeats === 0).length;
  const odds = new Float64Array(customers.length);
  return ({ r, alpha, a, b }) => {
    // Of an age or recency t: ln((alpha + t) / alpha).
    const grown = (times: Float64Array): Float64Array => times.map((t) => Math.log1p(t / alpha));
    const [byAge, byRecency] = [grown(age.values), grown(recency.values)];
    const leaving = repeats.values.map((x) => Math.log(a / (b + x - 1)));
    let sum = 0;
    for (let i = 0; i < withRepeats.length; i++) {
      const x = repeats.values[i]!;
      const own = logGammaRatio(r, x) + logBetaRatio(a, b, 0, x) - x * Math.log(alpha);
      sum += withRepeats[i]! * own;
    }
    for (let i = 0; i < ofAge.length; i++) sum -= (r * ofAge[i]! + boughtByAge[i]!) * byAge[i]!;
    for (let i = first; i < odds.length; i++) {
      const x = repeats.at[i]!;
      const silent = byAge[age.at[i]!]! - byRecency[recency.at[i]!]!;
      odds[i] = leaving[x]! + (r + repeats.values[x]!) * silent;
    }
    return sum + sumOfSoftplus(customers, odds, first);
  };
}

/** ln of the odds that a customer with repeats left right after the last one. */
function logOddsGone({ r, alpha, a, b }: BgNbdParameters, history: PurchaseHistory): number {
  const { repeats: x, recency, age } = history;
  return Math.log(a / (b + x - 1)) + (r + x) * Math.log1p((age - recency) / (alpha + recency));
}

function chanceAlive(parameters: BgNbdParameters, history: PurchaseHistory): number {
  requireHistory(history);
  return history.repeats === 0 ? 1 : logistic(-logOddsGone(parameters, history));
}

/** The law of a customer with this history, given that he is still there. */
function living({ r, alpha, a, b }: BgNbdParameters, { repeats, age }: PurchaseHistory) {
  return { r: r + repeats, alpha: alpha + age, a, b: b + repeats };
}

/**
 * The BG/NBD model. Times in any one unit; `alpha` is in that unit.
 * @example r .243, alpha 4.414, a .793, b 2.426 (CDNOW, weeks): chance of no repeat in 39 weeks
 *   0.5737864 (BTYD manual)
 */
export const bgNbd: PurchaseModel<BgNbdName> = {
  id: "bg-nbd",
  title: "BG/NBD",
  names: NAMES,
  likelihood: (table: HistoryTable): Likelihood<BgNbdName> => ({
    model: "bg-nbd",
    names: NAMES,
    starts: [
      [1, 10, 1, 2],
      [0.3, 2, 0.3, 3],
    ],
    customers: table.customers,
    logLikelihood: logLikelihoodOf(table),
  }),
  fit: (table, near) => fitPurchases(bgNbd, table, ["alpha"], near),
  chanceAlive,
  chanceOfRepeats: ({ r, alpha, a, b }, time, repeats) => {
    requireTime(time);
    requireRepeats(repeats);
    if (time === 0) return repeats === 0 ? 1 : 0;
    const stayed = Math.exp(
      logBetaRatio(a, b, 0, repeats) + logPoissonGamma(r, alpha, time, repeats),
    );
    if (repeats === 0) return stayed;
    const left = Math.exp(logBetaRatio(a, b, 1, repeats - 1));
    return stayed + left * poissonGammaTail(r, alpha, time, repeats);
  },
  expectedRepeats: (parameters, time) => livingPurchases(parameters, time),
  expectedPurchases: (parameters, history, time) =>
    chanceAlive(parameters, history) * livingPurchases(living(parameters, history), time),
  discountedPurchases: (parameters, history, discount: Discount) =>
    chanceAlive(parameters, history) * livingDiscounted(living(parameters, history), discount),
};

/**
 * Fits BG/NBD by maximum likelihood.
 * @example CDNOW, 2,357 customers in weeks: .24259, 4.41353, .79289, 2.42575, ln L -9582.4256
 */
export function fitBgNbd(table: HistoryTable): Fit<BgNbdName> {
  return bgNbd.fit(table);
}
