// Sums and products of uncertain numbers, draw by draw, in a fixed order.
import { assert } from "../base/assert.ts";
import type { Uncertain } from "../stats/draws.ts";

/** Σ weight × number; of no numbers it is 0. */
export function weightedSum(
  parts: readonly Uncertain[],
  weights: readonly number[],
  count: number,
): Uncertain {
  assert(parts.length <= weights.length, "expected a weight for every number");
  const draws = new Float64Array(count);
  let point = 0;
  for (const [m, part] of parts.entries()) {
    const weight = weights[m]!;
    if (weight === 0) continue;
    assert(part.draws.length === count, `expected ${count} draws, got ${part.draws.length}`);
    point += weight * part.point;
    for (let i = 0; i < count; i++) draws[i]! += weight * part.draws[i]!;
  }
  return { point, draws };
}

export function sumOf(parts: readonly Uncertain[], count: number): Uncertain {
  return weightedSum(
    parts,
    parts.map(() => 1),
    count,
  );
}

/** The running sums of the first 1, 2, … numbers. */
export function runningSums(parts: readonly Uncertain[]): Uncertain[] {
  const sums: Uncertain[] = [];
  for (const { point, draws } of parts) {
    const before = sums.at(-1);
    const own = Float64Array.from(draws);
    if (before !== undefined) for (let i = 0; i < own.length; i++) own[i]! += before.draws[i]!;
    sums.push({ point: point + (before?.point ?? 0), draws: own });
  }
  return sums;
}

export function scaled({ point, draws }: Uncertain, factor: number): Uncertain {
  return { point: point * factor, draws: draws.map((value) => value * factor) };
}
