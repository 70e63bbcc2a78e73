// How much of an output's spread each input explains: first-order Sobol indices, estimated from one
// sample of both by ranks (Gamboa, Gremaud, Klein and Lagnoux 2022, "Global sensitivity analysis: a
// novel generation of mighty estimators based on rank statistics", Bernoulli 28). No design of its
// own is needed, so that the draws of a plan do.
import { requireDomain } from "./domain.ts";

/**
 * Var(E(output | input)) / Var(output), cut to 0 .. 1; 0 where the output does not vary. Inputs
 * that depend on each other share what they explain together: several may add up to more than 1.
 * Its error is about 1 / sqrt(n).
 * @param input, output: n numbers each, finite, n >= 2; ties of the input count in their order
 */
export function firstOrderShare(input: Float64Array, output: Float64Array): number {
  const n = output.length;
  requireDomain(input.length === n && n >= 2, "share", "as many inputs as outputs, at least 2");
  if (output.every((y) => y === output[0])) return 0;
  let mean = 0;
  for (const y of output) mean += y / n;
  let variance = 0;
  for (const y of output) variance += (y - mean) ** 2 / n;
  requireDomain(Number.isFinite(variance), "share", "finite outputs");
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => input[a]! - input[b]! || a - b,
  );
  if (input[order[0]!] === input[order[n - 1]!]) return 0;
  let together = 0;
  for (let rank = 0; rank < n; rank++) {
    const here = output[order[rank]!]! - mean;
    const next = output[order[(rank + 1) % n]!]! - mean;
    together += (here * next) / n;
  }
  return Math.min(1, Math.max(0, together / variance));
}
