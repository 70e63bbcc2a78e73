// Quantiles of each arm with their interval, from the values at a few ranks.

import { BOUNDS_LEVEL, normalQuantile, type QuantileSummary } from "../../stats/index.ts";
import { quoteName } from "../columns.ts";
import { rankedValues } from "../sql/ranked-values.ts";
import type { UnboundedQuantile } from "../study.ts";
import type { Warehouse } from "../warehouse.ts";
import { UNITS } from "./unit-columns.ts";

export interface ArmQuantiles {
  readonly bounded: ReadonlyMap<string, QuantileSummary>;
  /** Of arms with too few users for bounds at this quantile. */
  readonly unbounded: ReadonlyMap<string, UnboundedQuantile>;
}

/**
 * By arm, or by what else `group` (SQL) says.
 * @param sizes users by arm, each at least 1
 */
export async function quantileArms(
  warehouse: Warehouse,
  { where, group = "arm" }: { readonly where: string; readonly group?: string },
  column: string,
  q: number,
  sizes: ReadonlyMap<string, number>,
): Promise<ArmQuantiles> {
  const bounded = new Map<string, QuantileSummary>();
  const unbounded = new Map<string, UnboundedQuantile>();
  if (sizes.size === 0) return { bounded, unbounded };
  const ranks = new Map([...sizes].map(([arm, n]) => [arm, ranksOf(n, q)] as const));
  const wanted = new Map(
    [...ranks].map(([arm, { bounds, below, above }]) => [arm, [...(bounds ?? []), below, above]]),
  );
  const sql = rankedValues(UNITS, where, group, quoteName(column), wanted);
  const values = new Map<string, number>();
  for (const row of await warehouse.rows(sql))
    values.set(`${row.rank} ${row.arm}`, Number(row.value));
  for (const [arm, { bounds, below, above, part }] of ranks) {
    const at = (rank: number): number => values.get(`${rank} ${arm}`)!;
    const quantile = at(below) + part * (at(above) - at(below));
    const n = sizes.get(arm)!;
    if (bounds === null) unbounded.set(arm, { n, at: q, quantile });
    else bounded.set(arm, { n, quantile, lower: at(bounds[0]), upper: at(bounds[1]) });
  }
  return { bounded, unbounded };
}

interface Ranks {
  /** From 1; null where one of them would be of a user beyond the first or last. */
  readonly bounds: readonly [number, number] | null;
  readonly below: number;
  readonly above: number;
  readonly part: number;
}

/** As stats' quantileOf places them. */
function ranksOf(n: number, q: number): Ranks {
  const half = normalQuantile(1 - (1 - BOUNDS_LEVEL) / 2) * Math.sqrt((q * (1 - q)) / n);
  const [low, high] = [Math.floor(n * (q - half)), Math.ceil(n * (q + half)) - 1];
  const bounds = low < 0 || high >= n ? null : ([low + 1, high + 1] as const);
  const at = (n - 1) * q;
  const below = Math.floor(at);
  const above = Math.min(n - 1, below + 1);
  return { bounds, below: below + 1, above: above + 1, part: at - below };
}
