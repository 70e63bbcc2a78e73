// What calibration asks of a journal's events: counts by hour and by age, so that a campaign of any
// size comes back as some thousand rows.
import { quoteText } from "../../prove/columns.ts";

export interface JournalWindow {
  readonly file: string;
  readonly campaign: string;
  readonly startsAtMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** In the order of the campaign. */
  readonly waves: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly offers: readonly { readonly id: string; readonly wave: number }[];
}

const HOUR_MS = 3_600_000;

/** Statements that make the tables `e`, `seen`, `claims` and `grants`. */
export function journalTables(window: JournalWindow): string[] {
  const { file, campaign, toMs } = window;
  return [
    `CREATE TEMP VIEW e AS SELECT * FROM read_parquet(${quoteText(file)})
WHERE campaign = ${quoteText(campaign)} AND "atMs" < ${toMs}`,
    // Members of an audience are assigned before they come: that is no visit.
    `CREATE TEMP TABLE seen AS SELECT "user",
  min("atMs") FILTER (WHERE kind <> 'assigned' OR "assignedBy" <> 'audience') AS ms,
  min("atMs") FILTER (WHERE kind = 'exposed' OR "assignedBy" = 'offers') AS looked_ms,
  bool_or(kind = 'assigned' AND "assignedBy" = 'audience') AS known
FROM e WHERE kind IN ('assigned', 'exposed', 'granted', 'withheld') AND "user" IS NOT NULL
GROUP BY 1`,
    `CREATE TEMP TABLE claims AS SELECT "user", offer, min("atMs") AS ms
FROM e WHERE kind = 'granted' OR (kind = 'withheld' AND "wouldStatus" = 'granted') GROUP BY 1, 2`,
    `CREATE TEMP TABLE grants AS SELECT "grant" AS id,
  any_value("user") FILTER (WHERE kind = 'granted') AS "user",
  any_value(offer) FILTER (WHERE kind = 'granted') AS offer,
  min("atMs") FILTER (WHERE kind = 'granted') AS ms,
  min("atMs") FILTER (WHERE kind = 'redeemed') AS spent_ms,
  coalesce(sum("amountMinor") FILTER (WHERE kind = 'granted'), 0)::DOUBLE AS amount,
  coalesce(sum("amountMinor") FILTER (WHERE kind = 'redeemed'), 0)::DOUBLE
    - coalesce(sum("amountMinor") FILTER (WHERE kind = 'reversed'), 0)::DOUBLE AS spent,
  coalesce(sum("amountMinor") FILTER (WHERE kind = 'cancelled'), 0)::DOUBLE AS returned,
  min("atMs") FILTER (WHERE kind = 'cancelled') AS returned_ms
FROM e WHERE kind IN ('granted', 'redeemed', 'reversed', 'cancelled') GROUP BY 1`,
  ];
}

/** Columns: known, hour, count. */
export function firstSeen({ startsAtMs }: JournalWindow): string {
  return `SELECT known, ${hourOf("ms", startsAtMs)} AS hour, count(*) AS count
FROM seen WHERE ms IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** Columns: offer, hour (first seen), age (of the claim; null: none), count. */
export function takeUp({ startsAtMs, waves, offers }: JournalWindow, untilMs: number[]): string {
  const parts = offers.map(({ id, wave }) => {
    const to = Math.min(waves[wave]!.toMs, untilMs[wave]!);
    const who = wave === 0 ? "TRUE" : "NOT seen.known";
    return `SELECT ${quoteText(id)} AS offer, ${hourOf("seen.ms", startsAtMs)} AS hour,
  ${ageOf("seen.ms", "claims.ms")} AS age
FROM seen LEFT JOIN claims ON claims."user" = seen."user"
  AND claims.offer = ${quoteText(id)} AND claims.ms < ${to}
WHERE seen.ms >= ${waves[wave]!.fromMs} AND seen.ms < ${to} AND ${who}`;
  });
  return `SELECT offer, hour, age, count(*) AS count FROM (${parts.join(" UNION ALL ")})
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
}

/** Columns: offer, hour (of the claim), count: first claims of people of earlier waves. */
export function returning({ startsAtMs, waves, offers }: JournalWindow, untilMs: number[]): string {
  const parts = offers.map(({ id, wave }) => {
    const { fromMs, toMs } = waves[wave]!;
    return `SELECT ${quoteText(id)} AS offer, ${hourOf("claims.ms", startsAtMs)} AS hour
FROM claims JOIN seen USING ("user") WHERE claims.offer = ${quoteText(id)} AND NOT seen.known
  AND seen.ms < ${fromMs} AND claims.ms < ${Math.min(toMs, untilMs[wave]!)}`;
  });
  return `SELECT offer, hour, count(*) AS count FROM (${parts.join(" UNION ALL ")})
GROUP BY 1, 2 ORDER BY 1, 2`;
}

const RANKED = `SELECT "user", offer, ms,
  row_number() OVER (PARTITION BY "user", offer ORDER BY ms, id) AS rank,
  min(ms) OVER (PARTITION BY "user", offer) AS first_ms FROM grants WHERE ms IS NOT NULL`;

/** Columns: offer, hour (of the user's first grant), age (null: the first itself), count. */
export function furtherGrants({ startsAtMs }: JournalWindow): string {
  const age = `CASE WHEN rank > 1 THEN ${ageOf("first_ms", "ms")} END`;
  return `SELECT offer, ${hourOf("first_ms", startsAtMs)} AS hour, ${age} AS age, count(*) AS count
FROM (${RANKED}) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
}

/** Columns: offer, squares: the sum over users of their further grants squared. */
export function furtherSquares(): string {
  return `SELECT offer, sum((grants - 1) * (grants - 1))::DOUBLE AS squares
FROM (SELECT "user", offer, count(*) AS grants FROM grants WHERE ms IS NOT NULL GROUP BY 1, 2)
GROUP BY 1 ORDER BY 1`;
}

/** Columns: offer, hour (of the grant), age (when first spent; null: not, or given back), count. */
export function redemptions({ startsAtMs }: JournalWindow): string {
  const age = `CASE WHEN spent > 0 THEN ${ageOf("ms", "spent_ms")} END`;
  return `SELECT offer, ${hourOf("ms", startsAtMs)} AS hour, ${age} AS age, count(*) AS count
FROM grants WHERE ms IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
}

/** Columns: offer, hour (of the grant), age (when given back; null: not), count. */
export function cancellations({ startsAtMs }: JournalWindow): string {
  const age = `CASE WHEN returned > 0 THEN ${ageOf("ms", "returned_ms")} END`;
  return `SELECT offer, ${hourOf("ms", startsAtMs)} AS hour, ${age} AS age, count(*) AS count
FROM grants WHERE ms IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
}

/** Columns: offer, grants, sum, squares (of the used share of those spent), mean (minor units). */
export function usedShares(): string {
  const used = "least(1.0, spent / amount)";
  return `SELECT offer, count(*) FILTER (WHERE spent > 0) AS grants,
  coalesce(sum(${used}) FILTER (WHERE spent > 0), 0) AS sum,
  coalesce(sum(${used} * ${used}) FILTER (WHERE spent > 0), 0) AS squares,
  avg(amount) AS mean, max(amount) AS most
FROM grants WHERE ms IS NOT NULL GROUP BY 1 ORDER BY 1`;
}

/** Columns: offer, hour, money (granted less given back in it), minor units. */
export function moneyByHour({ startsAtMs }: JournalWindow): string {
  return `SELECT offer, hour, sum(money) AS money FROM (
  SELECT offer, ${hourOf("ms", startsAtMs)} AS hour, amount AS money
    FROM grants WHERE ms IS NOT NULL
  UNION ALL SELECT offer, ${hourOf("returned_ms", startsAtMs)}, -returned
    FROM grants WHERE returned_ms IS NOT NULL AND ms IS NOT NULL
) GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** Columns: second, count, of the hour with the most events of these kinds. */
export function busiestHour({ startsAtMs }: JournalWindow, kinds: readonly string[]): string {
  const these = `kind IN (${kinds.map(quoteText).join(", ")})`;
  const hour = hourOf('"atMs"', startsAtMs);
  const beginsMs = `${startsAtMs} - busiest.hour * ${HOUR_MS}`;
  return `WITH busiest AS (SELECT ${hour} AS hour FROM e WHERE ${these}
  GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)
SELECT CAST(floor(("atMs" - ${beginsMs}) / 1000) AS INTEGER) AS second,
  count(*) AS count
FROM e, busiest WHERE ${these} AND ${hour} = busiest.hour GROUP BY 1 ORDER BY 1`;
}

/** Columns: events, seen and looked (of those seen), rewarded, orders. */
export const TOTALS = `SELECT (SELECT count(*) FROM e) AS events,
  (SELECT count(*) FROM seen WHERE ms IS NOT NULL) AS seen,
  (SELECT count(*) FROM seen WHERE looked_ms <= ms) AS looked,
  (SELECT count(DISTINCT "user") FROM grants WHERE ms IS NOT NULL) AS rewarded,
  (SELECT count(*) FROM grants WHERE spent > 0) AS orders`;

/** What is before the start counts to its first hour. */
function hourOf(ms: string, startsAtMs: number): string {
  return `CAST(greatest(0, floor((${ms} - ${startsAtMs}) / ${HOUR_MS})) AS INTEGER)`;
}

/** Null where it did not happen: the greatest of 0 and nothing would be 0. */
function ageOf(fromMs: string, ms: string): string {
  const hours = `CAST(greatest(0, floor((${ms} - ${fromMs}) / ${HOUR_MS})) AS INTEGER)`;
  return `CASE WHEN ${ms} IS NOT NULL THEN ${hours} END`;
}
