// What the journal says of each user, in one pass over its events: his arm, and what became of what
// he was granted, in minor units.
import { quoteName, quoteText } from "../columns.ts";
import { pseudonymKey } from "./dialect.ts";

export const EVENT_USERS = "users by events";

export interface EventsReading {
  /** Exports of before exposure had its columns do not: then it is told from the kinds. */
  readonly areExposuresStated: boolean;
  /** Whether a user's days are counted from his first exposure. */
  readonly startsExposed: boolean;
}

/**
 * Columns: user (null: of events that name none, which is an error), arm (0 is the holdout),
 * several (more than one arm is recorded), audience (null where the claim assigned), startMs (the
 * assignment, and for an audience not before contact), grants, redemptions, issued, redeemed,
 * reversed, breakage, asked (claims in vain), forgone (what those would have been granted),
 * exposures (how often he was told of the campaign), exposedMs (the first thing that his arm can
 * have changed, or null), probability (of his arm; null: not known) and accepted (invites).
 */
export function usersByEvents(campaign: string, contactMs: number, how: EventsReading): string {
  const of = (...kinds: string[]): string =>
    `FILTER (WHERE kind IN (${kinds.map(quoteText).join(", ")}))`;
  const amount = 'CAST("amountMinor" AS BIGINT)';
  // Whole numbers of 64 bits: sums of 128 would make every later sum slow.
  const sumOf = (...kinds: string[]): string =>
    `CAST(coalesce(sum(${amount}) ${of(...kinds)}, 0) AS BIGINT)`;
  const assigned = of("assigned");
  const arm = "CAST(arm AS INTEGER)";
  const audience = `max(audience) ${assigned}`;
  const exposedMs = exposedSql(how.areExposuresStated);
  const assignedMs = `min(CAST("atMs" AS BIGINT)) ${assigned}`;
  const startSql =
    `CASE WHEN ${audience} IS NULL THEN ${assignedMs} ` +
    `ELSE greatest(${assignedMs}, ${contactMs}) END`;
  const chance = how.areExposuresStated ? `max(CAST(probability AS DOUBLE)) ${assigned}` : "NULL";
  return `CREATE OR REPLACE TABLE ${quoteName(EVENT_USERS)} AS
SELECT ${pseudonymKey('"user"')} AS "user",
  min(${arm}) ${assigned} AS arm,
  min(${arm}) ${assigned} <> max(${arm}) ${assigned} AS several,
  ${audience} AS audience,
  ${how.startsExposed ? `coalesce(${exposedMs}, ${assignedMs})` : startSql} AS "startMs",
  count(*) ${of("granted")} AS grants,
  count(*) ${of("redeemed")} AS redemptions,
  ${sumOf("granted")} AS issued,
  ${sumOf("redeemed")} AS redeemed,
  ${sumOf("reversed")} AS reversed,
  ${sumOf("expired", "cancelled", "clawed_back")} AS breakage,
  count(*) ${of("withheld")} AS asked,
  CAST(coalesce(sum(${amount})
    FILTER (WHERE kind = 'withheld' AND "wouldStatus" = 'granted'), 0) AS BIGINT) AS forgone,
  count(*) ${of("exposed")} AS exposures,
  ${exposedMs} AS "exposedMs",
  CAST(${chance} AS DOUBLE) AS probability,
  count(*) ${of("accepted")} AS accepted
FROM events
WHERE campaign = ${quoteText(campaign)} AND kind IN ('assigned', 'granted', 'withheld', 'redeemed',
  'reversed', 'expired', 'cancelled', 'clawed_back', 'exposed', 'accepted', 'exposure_imported')
GROUP BY 1`;
}

/**
 * What was granted, or would have been, exposes in any case: in old journals a user who had been
 * refused before counts as exposed, and no later event says so.
 */
function exposedSql(areStated: boolean): string {
  const outcome = `kind = 'granted' OR (kind = 'withheld' AND "wouldStatus" = 'granted')`;
  const atMs = 'CAST("atMs" AS BIGINT)';
  if (!areStated) {
    const met = `kind = 'exposed' OR (kind = 'assigned' AND "assignedBy" = 'offers')`;
    return `min(${atMs}) FILTER (WHERE ${outcome} OR ${met})`;
  }
  return `min(coalesce(CAST("exposedAtMs" AS BIGINT), ${atMs}))
    FILTER (WHERE ${outcome} OR exposure IS NOT NULL)`;
}
