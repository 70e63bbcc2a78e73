// Users who were active in the same periods, counted, with what they cost: all that a retention
// curve and a payback need of the rows.
import { quoteName } from "../columns.ts";

/**
 * Columns: arm, mask, users, outlay and outlaySquares (whole numbers of 10^-scale, and its square).
 */
export function activityByArm(
  table: string,
  where: string,
  arm: string,
  outlay: string,
  scale: number,
): string {
  return `SELECT arm, mask, count(*) AS users,
  sum(spent)::VARCHAR AS outlay, sum(spent * spent)::VARCHAR AS "outlaySquares"
FROM (SELECT ${arm} AS arm, mask, CAST(round((${outlay}) * 1e${scale}) AS HUGEINT) AS spent
  FROM ${quoteName(table)} WHERE ${where})
GROUP BY 1, 2 ORDER BY 1, 2`;
}
