// The values at certain ranks of each arm: what a quantile and its interval are read from.
import { quoteName, quoteText } from "../columns.ts";

/** Columns: arm, rank (from 1), value. @param arm SQL of what the ranks are counted within */
export function rankedValues(
  table: string,
  where: string,
  arm: string,
  value: string,
  ranks: ReadonlyMap<string, readonly number[]>,
): string {
  const wanted = [...ranks].flatMap(([id, list]) =>
    [...new Set(list)].map((rank) => `(${quoteText(id)}, ${rank})`),
  );
  return `SELECT arm, rank, value FROM (
  SELECT ${arm} AS arm, ${value} AS value,
    row_number() OVER (PARTITION BY ${arm} ORDER BY ${value}) AS rank
  FROM ${quoteName(table)} WHERE ${where}
) SEMI JOIN (VALUES ${wanted.join(", ")}) AS wanted(arm, rank) USING (arm, rank)
ORDER BY 1, 2`;
}
