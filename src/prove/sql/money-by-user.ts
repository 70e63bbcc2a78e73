// What became of each user's grants, in minor units: one row a user who got one.
import { quoteName, quoteText } from "../columns.ts";
import { pseudonymKey } from "./dialect.ts";

export const MONEY = "money by user";

/** Columns: user, grants, redemptions, issued, redeemed, reversed, breakage. */
export function moneyByUser(campaign: string): string {
  const own = `campaign = ${quoteText(campaign)}`;
  const amount = 'CAST("amountMinor" AS BIGINT)';
  const sumOf = (kinds: string): string =>
    `coalesce(sum(${amount}) FILTER (WHERE kind IN (${kinds})), 0)`;
  return `CREATE OR REPLACE TABLE ${quoteName(MONEY)} AS
WITH granted AS (
  SELECT CAST("grant" AS BIGINT) AS "grant", ${pseudonymKey('"user"')} AS "user", ${amount} AS issued
  FROM events WHERE kind = 'granted' AND ${own}
), moves AS (
  SELECT CAST("grant" AS BIGINT) AS "grant",
    count(*) FILTER (WHERE kind = 'redeemed') AS redemptions,
    ${sumOf("'redeemed'")} AS redeemed,
    ${sumOf("'reversed'")} AS reversed,
    ${sumOf("'expired', 'cancelled'")} AS breakage
  FROM events
  WHERE kind IN ('redeemed', 'reversed', 'expired', 'cancelled') AND ${own}
  GROUP BY 1
)
SELECT g."user", count(*) AS grants, sum(g.issued) AS issued,
  sum(coalesce(m.redemptions, 0)) AS redemptions,
  sum(coalesce(m.redeemed, 0)) AS redeemed,
  sum(coalesce(m.reversed, 0)) AS reversed,
  sum(coalesce(m.breakage, 0)) AS breakage
FROM granted g LEFT JOIN moves m ON m."grant" = g."grant"
GROUP BY 1`;
}
