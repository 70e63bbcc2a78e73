// How far from the mean the most extreme user lies, number by number.
import { quoteName } from "../columns.ts";

/** Columns: d0, d1 … in the order given. @param deviations SQL of each number less its mean */
export function largestDeviations(table: string, deviations: readonly string[]): string {
  const list = deviations.map((sql, i) => `max(abs(${sql})) AS d${i}`);
  return `SELECT ${list.join(", ")} FROM ${quoteName(table)}`;
}
