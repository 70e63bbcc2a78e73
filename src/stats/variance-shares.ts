// How much of an output's spread each input explains: first-order Sobol indices, estimated from one
// sample of both (Plischke, Borgonovo and Smith 2013, "Global sensitivity measures from given
// data", European Journal of Operational Research 226). No design of its own is needed, so that the
// draws of a plan do.
import { requireDomain } from "./domain.ts";

/** Groups into which the draws are cut by their input. */
const GROUPS = 32;

/** Fewer draws a group say nothing of its mean. */
const GROUP_LEAST = 8;

/**
 * Var(E(output | input)) / Var(output), 0 .. 1: the variance of group means, less what groups of
 * that size have by chance. 0 where the input or the output does not vary. Inputs that depend on
 * each other share what they explain together: several may add up to more than 1. The error is
 * about 8 / n for an input that explains nothing, and grows with the tails: see `ranksOf`.
 * @param input, output: n finite numbers each, n >= 256; ties of the input count in their order
 */
export function firstOrderShare(input: Float64Array, output: Float64Array): number {
  const n = output.length;
  const least = GROUPS * GROUP_LEAST;
  requireDomain(input.length === n && n >= least, "share", `${least} inputs and outputs or more`);
  const [mean, variance] = meanAndVariance(output);
  requireDomain(Number.isFinite(variance), "share", "finite outputs");
  const order = ascending(input);
  const isFlat = input[order[0]!] === input[order[n - 1]!];
  if (isFlat || output.every((y) => y === output[0])) return 0;
  let between = 0;
  for (let group = 0; group < GROUPS; group++) {
    const from = Math.floor((group * n) / GROUPS);
    const to = Math.floor(((group + 1) * n) / GROUPS);
    let sum = 0;
    for (let i = from; i < to; i++) sum += output[order[i]!]! - mean;
    between += sum ** 2 / (to - from) / n;
  }
  // Of variance that no group explains, each group's mean still has its part.
  const share = between / variance;
  const byChance = (GROUPS - 1) / (n - 1);
  return Math.min(1, Math.max(0, (share - byChance) / (1 - byChance)));
}

/** The ranks of numbers, 1 for the least; ties in their order. Tames what has long tails. */
export function ranksOf(numbers: Float64Array): Float64Array {
  const ranks = new Float64Array(numbers.length);
  ascending(numbers).forEach((place, rank) => {
    ranks[place] = rank + 1;
  });
  return ranks;
}

function ascending(numbers: Float64Array): Uint32Array {
  const order = Uint32Array.from(numbers, (_, i) => i);
  return order.sort((a, b) =>
    numbers[a]! < numbers[b]! ? -1 : numbers[a]! > numbers[b]! ? 1 : a - b,
  );
}

function meanAndVariance(numbers: Float64Array): [mean: number, variance: number] {
  const n = numbers.length;
  let mean = 0;
  for (const y of numbers) mean += y / n;
  let variance = 0;
  for (const y of numbers) variance += (y - mean) ** 2 / n;
  return [mean, variance];
}
