// What the journal says of each user, in one pass over its events: his arm, and what became of what
// he was granted, in minor units.
import { quoteName, quoteText } from "../columns.ts";
import { pseudonymKey } from "./dialect.ts";

export const EVENT_USERS = "users by events";

/**
 * Columns: user (null: of events that name none, which is an error), arm (0 is the holdout),
 * several (more than one arm is recorded), audience (null where the claim assigned), startMs (the
 * assignment, and for an audience not before contact), grants, redemptions, issued, redeemed,
 * reversed, breakage, asked (claims in vain), forgone (what those would have been granted) and
 * exposures (how often he was told of the campaign).
 */
export function usersByEvents(campaign: string, contactMs: number): string {
  const of = (...kinds: string[]): string =>
    `FILTER (WHERE kind IN (${kinds.map(quoteText).join(", ")}))`;
  const amount = 'CAST("amountMinor" AS BIGINT)';
  // Whole numbers of 64 bits: sums of 128 would make every later sum slow.
  const sumOf = (...kinds: string[]): string =>
    `CAST(coalesce(sum(${amount}) ${of(...kinds)}, 0) AS BIGINT)`;
  const assigned = of("assigned");
  const arm = "CAST(arm AS INTEGER)";
  const audience = `max(audience) ${assigned}`;
  const assignedMs = `min(CAST("atMs" AS BIGINT)) ${assigned}`;
  return `CREATE OR REPLACE TABLE ${quoteName(EVENT_USERS)} AS
SELECT ${pseudonymKey('"user"')} AS "user",
  min(${arm}) ${assigned} AS arm,
  min(${arm}) ${assigned} <> max(${arm}) ${assigned} AS several,
  ${audience} AS audience,
  CASE WHEN ${audience} IS NULL THEN ${assignedMs}
    ELSE greatest(${assignedMs}, ${contactMs}) END AS "startMs",
  count(*) ${of("granted")} AS grants,
  count(*) ${of("redeemed")} AS redemptions,
  ${sumOf("granted")} AS issued,
  ${sumOf("redeemed")} AS redeemed,
  ${sumOf("reversed")} AS reversed,
  ${sumOf("expired", "cancelled")} AS breakage,
  count(*) ${of("withheld")} AS asked,
  CAST(coalesce(sum(${amount})
    FILTER (WHERE kind = 'withheld' AND "wouldStatus" = 'granted'), 0) AS BIGINT) AS forgone,
  count(*) ${of("exposed")} AS exposures
FROM events
WHERE campaign = ${quoteText(campaign)} AND kind IN ('assigned', 'granted', 'withheld', 'redeemed',
  'reversed', 'expired', 'cancelled', 'exposed')
GROUP BY 1`;
}
