// Customers who buy at their own steady rate and may leave for good right after a purchase, each
// with a chance of his own: BG/NBD, where the first purchase keeps everybody, and MBG/NBD, where it
// does not. Rates are gamma (shape r, rate alpha in units of time), chances of leaving beta (a, b).
import type { Sloped } from "../objective.ts";
import type { Parameters } from "./fit.ts";
import type { HistoryTable, PurchaseHistory } from "./history.ts";
import { type HistoryColumns, historyColumns, sumBy } from "./history-columns.ts";
import { type LivingCustomer, livingPurchases } from "./living-purchases.ts";
import { digammaStep, logBetaRatio, sumOfSoftplus } from "./log-gamma.ts";
import { logPoissonGamma, poissonGammaTail, purchaseTimes } from "./poisson-gamma.ts";
import { type PurchaseModel, purchaseModel } from "./purchase-model.ts";

export type GeometricDropoutName = "r" | "alpha" | "a" | "b";
export type GeometricDropoutParameters = Parameters<GeometricDropoutName>;

export interface GeometricDropout {
  readonly id: string;
  readonly title: string;
  /** Chances to leave before the first repeat: 1 if the first purchase is followed by one. */
  readonly earlyChances: 0 | 1;
}

export function geometricDropoutModel({
  id,
  title,
  earlyChances,
}: GeometricDropout): PurchaseModel<GeometricDropoutName> {
  return purchaseModel<GeometricDropoutName>({
    id,
    title,
    names: ["r", "alpha", "a", "b"],
    timeNames: ["alpha"],
    starts: [
      [1, 10, 1, 2],
      [0.3, 2, 0.3, 3],
    ],
    sloped: (table) => slopedLikelihood(table, earlyChances),
    logOddsGone: (parameters, history) => logOddsGone(parameters, history, earlyChances),
    chanceOfRepeats: ({ r, alpha, a, b }, time, repeats) => {
      const chances = repeats + earlyChances;
      const exactly = logPoissonGamma(r, alpha, time, repeats);
      const stayed = Math.exp(logBetaRatio(a, b, 0, chances) + exactly);
      if (chances === 0) return stayed;
      const left = Math.exp(logBetaRatio(a, b, 1, chances - 1));
      return stayed + left * poissonGammaTail(r, alpha, time, repeats);
    },
    expectedRepeats: (parameters, time) => {
      const { a, b } = parameters;
      const staysFirst = earlyChances === 1 ? b / (a + b) : 1;
      const law = { ...parameters, b: b + earlyChances };
      return staysFirst * livingPurchases(law, { rate: 0, horizon: time });
    },
    livingPurchases: (parameters, history, discount) =>
      livingPurchases(living(parameters, history, earlyChances), discount),
  });
}

/** The law of a customer with this history, given that he is still there. */
function living(
  { r, alpha, a, b }: GeometricDropoutParameters,
  { repeats, age }: PurchaseHistory,
  earlyChances: 0 | 1,
): LivingCustomer {
  return { r: r + repeats, alpha: alpha + age, a, b: b + repeats + earlyChances };
}

/** ln of the odds that a customer left right after the last purchase. */
function logOddsGone(
  { r, alpha, a, b }: GeometricDropoutParameters,
  { repeats, recency, age }: PurchaseHistory,
  earlyChances: 0 | 1,
): number {
  const chances = repeats + earlyChances;
  if (chances === 0) return Number.NEGATIVE_INFINITY;
  const silent = Math.log1p((age - recency) / (alpha + recency));
  return Math.log(a / (b + chances - 1)) + (r + repeats) * silent;
}

/**
 * Only the odds of having left need a term a row; what depends on one number of a history alone is
 * summed over the distinct ones.
 */
function slopedLikelihood(
  table: HistoryTable,
  earlyChances: 0 | 1,
): (parameters: GeometricDropoutParameters) => Sloped {
  const columns = historyColumns(table);
  const { customers, repeats, recency, age } = columns;
  const times = purchaseTimes(columns);
  const stays = chancesTaken(columns, earlyChances);
  // Rows ascend by repeats, and those without a chance to leave come first.
  const first = earlyChances === 1 ? 0 : repeats.at.filter((at) => repeats.values[at] === 0).length;
  const [gone, silent] = [new Float64Array(customers.length), new Float64Array(customers.length)];
  return ({ r, alpha, a, b }) => {
    const grown = (of: Float64Array): Float64Array => of.map((t) => Math.log1p(t / alpha));
    const share = (of: Float64Array): Float64Array => of.map((t) => t / (alpha + t));
    const [grownAge, grownRecency] = [grown(age.values), grown(recency.values)];
    const [shareAge, shareRecency] = [share(age.values), share(recency.values)];
    const leaving = repeats.values.map((x) => Math.log(a / (b + x + earlyChances - 1)));
    const power = repeats.values.map((x) => r + x);
    for (let i = first; i < gone.length; i++) {
      const x = repeats.at[i]!;
      silent[i] = grownAge[age.at[i]!]! - grownRecency[recency.at[i]!]!;
      gone[i] = leaving[x]! + power[x]! * silent[i]!;
    }
    const sum = sumOfSoftplus(customers, gone, first); // Now `gone` holds how many may have left.
    const goneWith = new Float64Array(repeats.values.length);
    let silence = 0;
    let fading = 0;
    for (let i = first; i < gone.length; i++) {
      const x = repeats.at[i]!;
      const left = gone[i]!;
      silence += left * silent[i]!;
      fading += left * power[x]! * (shareAge[age.at[i]!]! - shareRecency[recency.at[i]!]!);
      goneWith[x]! += left;
    }
    const [bought, stayed] = [times(r, alpha), stays(a, b, goneWith)];
    const [byR, byAlpha] = bought.slopes;
    return {
      value: bought.value + stayed.value + sum,
      slopes: [byR! + r * silence, byAlpha! - fading, ...stayed.slopes],
    };
  };
}

/**
 * ln of the chance that all stayed whenever they could leave, and the slopes along ln a and ln b of
 * it and of the odds of those who may have left, of whom there are `goneWith` by repeats.
 */
function chancesTaken(
  { customers, repeats }: HistoryColumns,
  earlyChances: 0 | 1,
): (a: number, b: number, goneWith: Float64Array) => Sloped {
  const withRepeats = sumBy(repeats, customers);
  return (a, b, goneWith) => {
    let [value, byA, byB] = [0, 0, 0];
    for (const [i, x] of repeats.values.entries()) {
      const [count, chances] = [withRepeats[i]!, x + earlyChances];
      if (chances === 0) continue;
      const both = digammaStep(a + b, chances);
      value += count * logBetaRatio(a, b, 0, chances);
      byA += goneWith[i]! - a * count * both;
      byB += b * (count * (digammaStep(b, chances) - both) - goneWith[i]! / (b + chances - 1));
    }
    return { value, slopes: [byA, byB] };
  };
}
