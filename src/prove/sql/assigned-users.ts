// Who was assigned to what: one row a user.
import { quoteName, quoteText } from "../columns.ts";
import { pseudonymKey } from "./dialect.ts";

export const ASSIGNED = "assigned users";

/**
 * Columns: user, arm (0 is the holdout), several (more than one arm is recorded), audience (null
 * where the claim assigned), startMs (the assignment, and for an audience not before contact).
 */
export function assignedUsers(campaign: string, contactMs: number): string {
  return `CREATE OR REPLACE TABLE ${quoteName(ASSIGNED)} AS
SELECT ${pseudonymKey('"user"')} AS "user",
  min(CAST(arm AS INTEGER)) AS arm,
  min(CAST(arm AS INTEGER)) <> max(CAST(arm AS INTEGER)) AS several,
  max(audience) AS audience,
  CASE WHEN max(audience) IS NULL THEN min(CAST("atMs" AS BIGINT))
    ELSE greatest(min(CAST("atMs" AS BIGINT)), ${contactMs}) END AS "startMs"
FROM events
WHERE kind = 'assigned' AND campaign = ${quoteText(campaign)}
GROUP BY 1`;
}
