// The journal's money of each arm, in minor units.
import { quoteName } from "../columns.ts";

/**
 * Columns: arm, users, grants, issued, redeemed, breakage, reversed, asked, forgone, rewarded,
 * askers, several, again, came, given, reached, early.
 */
export function moneyByArm(table: string, where: string, arm: string): string {
  const sums = [
    ...["grants", "redemptions", "issued", "redeemed", "breakage", "reversed"],
    ...["asked", "forgone"],
  ];
  const list = sums.map((name) => `sum(${name}) AS ${name}`).join(", ");
  return `SELECT ${arm} AS arm, count(*) AS users, ${list},
  count(*) FILTER (WHERE grants > 0) AS rewarded,
  count(*) FILTER (WHERE asked > 0) AS askers,
  count(*) FILTER (WHERE several) AS several,
  count(*) FILTER (WHERE again) AS again,
  count(*) FILTER (WHERE came) AS came,
  count(*) FILTER (WHERE given) AS given,
  count(*) FILTER (WHERE reached) AS reached,
  count(*) FILTER (WHERE early) AS early
FROM ${quoteName(table)} WHERE ${where}
GROUP BY 1 ORDER BY 1`;
}
