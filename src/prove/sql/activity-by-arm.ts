// Users who were active in the same periods, counted, with what they cost: all that a retention
// curve and a payback need of the rows.
import { quoteName } from "../columns.ts";

/** Decimal places to which costs are summed exactly. */
export const OUTLAY_SCALE = 6;

/** Columns: arm, mask, users, outlay and outlaySquares (whole numbers of 1e-6 and 1e-12). */
export function activityByArm(table: string, where: string, arm: string, outlay: string): string {
  return `SELECT arm, mask, count(*) AS users,
  sum(spent)::VARCHAR AS outlay, sum(spent * spent)::VARCHAR AS "outlaySquares"
FROM (SELECT ${arm} AS arm, mask, CAST(round((${outlay}) * 1e${OUTLAY_SCALE}) AS HUGEINT) AS spent
  FROM ${quoteName(table)} WHERE ${where})
GROUP BY 1, 2 ORDER BY 1, 2`;
}
