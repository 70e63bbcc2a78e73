// Purchases at a steady rate of the customer's own, rates being gamma (shape r, rate alpha in units
// of time), as long as nobody leaves: what all models of purchases in continuous time begin with.
import betainc from "@stdlib/math-base-special-betainc";
import type { Sloped } from "../objective.ts";
import { type HistoryColumns, sumBy } from "./history-columns.ts";
import { digammaStep, logGammaRatio } from "./log-gamma.ts";

/** ln of the chance of exactly x purchases in `time` if nobody could leave: negative binomial. */
export function logPoissonGamma(r: number, alpha: number, time: number, x: number): number {
  const own = logGammaRatio(r, x) - logGammaRatio(1, x) - r * Math.log1p(time / alpha);
  return x === 0 ? own : own - x * Math.log1p(alpha / time);
}

/** Chance of at least x purchases in `time` if nobody could leave. */
export function poissonGammaTail(r: number, alpha: number, time: number, x: number): number {
  return x === 0 ? 1 : betainc(time / (alpha + time), x, r, true, false);
}

/**
 * ln of the density of all times of purchase if nobody could leave, the sum over customers of
 * ln(gamma(r + x) / gamma(r)) + r ln(alpha) - (r + x) ln(alpha + T), and its slopes along ln r and
 * ln alpha. Summed over distinct numbers of repeats and distinct ages.
 */
export function purchaseTimes({
  customers,
  repeats,
  age,
}: HistoryColumns): (r: number, alpha: number) => Sloped {
  const [withRepeats, ofAge] = [sumBy(repeats, customers), sumBy(age, customers)];
  const bought = customers.map((count, i) => count * repeats.values[repeats.at[i]!]!);
  const boughtByAge = sumBy(age, bought);
  return (r, alpha) => {
    let [value, byR, byAlpha] = [0, 0, 0];
    for (const [i, x] of repeats.values.entries()) {
      value += withRepeats[i]! * (logGammaRatio(r, x) - x * Math.log(alpha));
      byR += withRepeats[i]! * digammaStep(r, x);
      byAlpha -= withRepeats[i]! * x;
    }
    for (const [i, time] of age.values.entries()) {
      const [grown, shape] = [Math.log1p(time / alpha), r * ofAge[i]! + boughtByAge[i]!];
      value -= shape * grown;
      byR -= ofAge[i]! * grown;
      byAlpha += shape * (time / (alpha + time));
    }
    return { value, slopes: [r * byR, byAlpha] };
  };
}
