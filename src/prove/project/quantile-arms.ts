// Quantiles of each arm with their interval, from the values at a few ranks.

import { BOUNDS_LEVEL, normalQuantile, type QuantileSummary } from "../../stats/index.ts";
import { quoteName } from "../columns.ts";
import { rankedValues } from "../sql/ranked-values.ts";
import type { Warehouse } from "../warehouse.ts";
import { UNITS } from "./unit-columns.ts";

/**
 * By arm; an arm with too few users for bounds at this quantile is left out.
 * @param sizes users by arm
 */
export async function quantileArms(
  warehouse: Warehouse,
  where: string,
  column: string,
  q: number,
  sizes: ReadonlyMap<string, number>,
): Promise<Map<string, QuantileSummary>> {
  const ranks = new Map<string, Ranks>();
  for (const [arm, n] of sizes) {
    const found = ranksOf(n, q);
    if (found !== null) ranks.set(arm, found);
  }
  const wanted = new Map(
    [...ranks].map(([arm, { low, high, below, above }]) => [arm, [low, high, below, above]]),
  );
  const sql = rankedValues(UNITS, where, "arm", quoteName(column), wanted);
  const values = new Map<string, number>();
  for (const row of await warehouse.rows(sql))
    values.set(`${row.rank} ${row.arm}`, Number(row.value));
  const summaries = [...ranks].map(([arm, { low, high, below, above, part }]) => {
    const at = (rank: number): number => values.get(`${rank} ${arm}`)!;
    const quantile = at(below) + part * (at(above) - at(below));
    return [arm, { n: sizes.get(arm)!, quantile, lower: at(low), upper: at(high) }] as const;
  });
  return new Map(summaries);
}

interface Ranks {
  /** From 1. */
  readonly low: number;
  readonly high: number;
  readonly below: number;
  readonly above: number;
  readonly part: number;
}

/** As stats' quantileOf places them. */
function ranksOf(n: number, q: number): Ranks | null {
  const half = normalQuantile(1 - (1 - BOUNDS_LEVEL) / 2) * Math.sqrt((q * (1 - q)) / n);
  const [low, high] = [Math.floor(n * (q - half)), Math.ceil(n * (q + half)) - 1];
  if (low < 0 || high >= n) return null;
  const at = (n - 1) * q;
  const below = Math.floor(at);
  const above = Math.min(n - 1, below + 1);
  return { low: low + 1, high: high + 1, below: below + 1, above: above + 1, part: at - below };
}
