// What held-out users asked for and would have got: one row a user who asked.
import { quoteName, quoteText } from "../columns.ts";
import { pseudonymKey } from "./dialect.ts";

export const FORGONE = "forgone by user";

/** Columns: user, asked (claims), forgone (minor units that would have been granted). */
export function forgoneByUser(campaign: string): string {
  return `CREATE OR REPLACE TABLE ${quoteName(FORGONE)} AS
SELECT ${pseudonymKey('"user"')} AS "user", count(*) AS asked,
  CAST(coalesce(sum(CAST("amountMinor" AS BIGINT))
    FILTER (WHERE "wouldStatus" = 'granted'), 0) AS BIGINT) AS forgone
FROM events
WHERE kind = 'withheld' AND campaign = ${quoteText(campaign)}
GROUP BY 1`;
}
