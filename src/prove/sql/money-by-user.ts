// What became of each user's grants, in minor units: one row a user who got one.
import { quoteName, quoteText } from "../columns.ts";
import { pseudonymKey } from "./dialect.ts";

export const MONEY = "money by user";

/** Columns: user, grants, redemptions, issued, redeemed, reversed, breakage. */
export function moneyByUser(campaign: string): string {
  const own = `campaign = ${quoteText(campaign)}`;
  const amount = 'CAST("amountMinor" AS BIGINT)';
  // Whole numbers of 64 bits: sums of 128 would make every later sum slow.
  const sumOf = (kinds: string): string =>
    `CAST(coalesce(sum(amount) FILTER (WHERE kind IN (${kinds})), 0) AS BIGINT)`;
  return `CREATE OR REPLACE TABLE ${quoteName(MONEY)} AS
WITH granted AS (
  SELECT CAST("grant" AS BIGINT) AS "grant", ${pseudonymKey('"user"')} AS "user", kind,
    ${amount} AS amount
  FROM events WHERE kind = 'granted' AND ${own}
), moves AS (
  SELECT CAST("grant" AS BIGINT) AS "grant", kind, ${amount} AS amount
  FROM events
  WHERE kind IN ('redeemed', 'reversed', 'expired', 'cancelled') AND ${own}
)
SELECT "user",
  count(*) FILTER (WHERE kind = 'granted') AS grants,
  count(*) FILTER (WHERE kind = 'redeemed') AS redemptions,
  ${sumOf("'granted'")} AS issued,
  ${sumOf("'redeemed'")} AS redeemed,
  ${sumOf("'reversed'")} AS reversed,
  ${sumOf("'expired', 'cancelled'")} AS breakage
FROM (
  SELECT "user", kind, amount FROM granted
  UNION ALL
  SELECT g."user", m.kind, m.amount FROM moves m JOIN granted g ON g."grant" = m."grant"
)
GROUP BY 1`;
}
