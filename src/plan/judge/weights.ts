// Draws that count for more or less: how far each fits what was published, how many plain draws
// they are worth together (Kong 1992: 1 over the sum of the squared weights), and quantiles.
import { requireDomain } from "../../stats/domain.ts";

export interface Weighed {
  /** One a draw; they add up to 1. */
  readonly weights: Float64Array;
  /** Plain draws that they are worth. */
  readonly effective: number;
  readonly largest: number;
}

/** @param into where the weights go. Null when no draw has any. */
export function weigh(
  logWeights: Float64Array,
  into: Float64Array = new Float64Array(logWeights.length),
): Weighed | null {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logWeights.length; i++) {
    if (logWeights[i]! > most) most = logWeights[i]!;
  }
  if (most === Number.NEGATIVE_INFINITY) return null;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < into.length; i++) {
    const off = logWeights[i]! - most;
    const weight = off < NOTHING ? 0 : Math.exp(off);
    into[i] = weight;
    sum += weight;
    squares += weight * weight;
  }
  for (let i = 0; i < into.length; i++) into[i] = into[i]! / sum;
  return { weights: into, effective: sum ** 2 / squares, largest: 1 / sum };
}

/** ln of a part of the largest weight that counts as none: a billion of them are not seen. */
const NOTHING = -40;

/**
 * The power, at most 1, to which a likelihood may be raised so that the draws are still worth
 * `effective` plain ones; with less of it they are worth more. Null when with none of it they are.
 * @param base ln of the weights before it
 */
export function powerFor(
  effective: number,
  base: Float64Array,
  logLikelihood: Float64Array,
): { readonly power: number; readonly weighed: Weighed } | null {
  const logs = new Float64Array(base.length);
  const weights = new Float64Array(base.length);
  const at = (power: number): Weighed | null => {
    for (let i = 0; i < logs.length; i++) logs[i] = base[i]! + power * logLikelihood[i]!;
    return weigh(logs, weights);
  };
  const isEnough = (power: number): boolean => (at(power)?.effective ?? 0) >= effective;
  if (isEnough(1)) return { power: 1, weighed: at(1)! };
  let [low, high] = [0, 1];
  for (let step = 0; step < HALVINGS; step++) {
    const power = (low + high) / 2;
    if (isEnough(power)) low = power;
    else high = power;
  }
  return low === 0 ? null : { power: low, weighed: at(low)! };
}

const HALVINGS = 14;

/**
 * Quantiles of values that have weights. Values are sorted alone, which is much faster than with
 * their places, and each question adds up weights once a halving.
 */
export class WeightedDraws {
  private readonly values: Float64Array;
  private readonly weights: Float64Array;
  private readonly sorted: Float64Array;
  private readonly whole: number;

  constructor(values: Float64Array, weights: Float64Array) {
    const isThere = values.length === weights.length && values.length > 0;
    requireDomain(isThere, "weighted draws", "as many values as weights, at least one");
    this.values = values;
    this.weights = weights;
    this.sorted = values.filter((_, i) => weights[i]! > 0).sort();
    this.whole = this.weightUpTo(Number.POSITIVE_INFINITY);
  }

  /** The least value up to which a share q of all weight lies. */
  quantile(q: number): number {
    requireDomain(q >= 0 && q <= 1, "quantile", `a share of 0 to 1, got ${q}`);
    const wanted = q * this.whole;
    let [low, high] = [0, this.sorted.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.weightUpTo(this.sorted[middle]!) >= wanted) high = middle;
      else low = middle + 1;
    }
    return this.sorted[low]!;
  }

  /** Part of all weight that lies at or below a value. */
  shareUpTo(value: number): number {
    return this.weightUpTo(value) / this.whole;
  }

  private weightUpTo(value: number): number {
    const { values, weights } = this;
    let sum = 0;
    for (let i = 0; i < values.length; i++) if (values[i]! <= value) sum += weights[i]!;
    return sum;
  }
}

/** The middle and the central interval of weighted values. */
export interface WeightedRange {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
}

export function rangeOf(draws: WeightedDraws, level: number): WeightedRange {
  return {
    median: draws.quantile(0.5),
    lower: draws.quantile((1 - level) / 2),
    upper: draws.quantile((1 + level) / 2),
  };
}

export interface WeightedShare {
  readonly share: number;
  /** Standard error of the estimate by draws. */
  readonly error: number;
}

/**
 * Mean of each draw's chance of something, 0 or 1 where it either happens or not, with the error of
 * a ratio of sums.
 */
export function weightedShare(
  weights: Float64Array,
  chance: (draw: number) => number,
): WeightedShare {
  let share = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] !== 0) share += weights[i]! * chance(i);
  }
  share = Math.min(1, share);
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] !== 0) squares += (weights[i]! * (chance(i) - share)) ** 2;
  }
  return { share, error: Math.sqrt(squares) };
}
