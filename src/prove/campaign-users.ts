// From a campaign's events and the app's outcomes to one row a user: arm, audience, what was
// issued, redeemed, lost and reversed, and the outcomes, joined by pseudonym.
import { type Column, quoteName, quoteText } from "./columns.ts";
import { EVENT_COLUMNS } from "./event-columns.ts";
import {
  fileProblem,
  loadSource,
  refuseRows,
  requireColumns,
  requireNumbers,
  requireUnique,
  type SourceTable,
} from "./source-file.ts";
import type { Warehouse } from "./warehouse.ts";

export interface OutcomeSource {
  /** CSV or Parquet, one row a user. */
  readonly file: string;
  readonly userColumn: string;
  /** Outcome columns, each a finite number; `share` ones 0 or 1. */
  readonly columns: readonly { readonly name: string; readonly share: boolean }[];
  /** The campaign's pseudonym of a user id; absent when the file holds pseudonyms already. */
  readonly pseudonym?: (user: string) => string;
  /** Assigned users without a row: refused, or counted as zero (they never came back). */
  readonly missing: "refuse" | "zero";
}

export interface CampaignUsers {
  readonly table: string;
  readonly users: number;
  /** Users for whom the events hold more than one arm. */
  readonly severalArms: number;
  readonly withoutOutcome: number;
}

export const USERS_TABLE = "campaign users";
const PAGE_ROWS = 16_384;

/** Builds the table; `events` is the journal's export, a Parquet or CSV file. */
export async function buildCampaignUsers(
  warehouse: Warehouse,
  campaign: string,
  events: string,
  outcomes: OutcomeSource,
): Promise<CampaignUsers> {
  const journal = await loadSource(warehouse, events, "events");
  requireColumns(
    journal,
    EVENT_COLUMNS.map((column) => column.name),
  );
  const source = await loadOutcomes(warehouse, outcomes);
  await warehouse.run(movesSql(campaign));
  await warehouse.run(usersSql(campaign, outcomes));
  const row = await warehouse.row(
    `SELECT count(*) AS users, count(*) FILTER (arms > 1) AS several,
            count(*) FILTER (NOT present) AS absent FROM ${quoteName(USERS_TABLE)}`,
  );
  const users = Number(row.users);
  if (users === 0) throw fileProblem(events, "", `no user was assigned in campaign "${campaign}"`);
  const withoutOutcome = Number(row.absent);
  if (withoutOutcome > 0 && outcomes.missing === "refuse") {
    const message = `${withoutOutcome} of ${users} assigned users have no row`;
    throw fileProblem(source.file, `column "${outcomes.userColumn}"`, message);
  }
  return { table: USERS_TABLE, users, severalArms: Number(row.several), withoutOutcome };
}

async function loadOutcomes(warehouse: Warehouse, outcomes: OutcomeSource): Promise<SourceTable> {
  const source = await loadSource(warehouse, outcomes.file, "outcomes");
  const user = outcomes.userColumn;
  requireColumns(source, [user, ...outcomes.columns.map((column) => column.name)]);
  await refuseRows(warehouse, source, user, `${quoteName(user)} IS NULL`, "a user id");
  await requireUnique(warehouse, source, user);
  for (const { name, share } of outcomes.columns) {
    await requireNumbers(warehouse, source, name);
    const other = `CAST(${quoteName(name)} AS DOUBLE) NOT IN (0, 1)`;
    if (share) await refuseRows(warehouse, source, name, other, "0 or 1");
  }
  await nameUsers(warehouse, source, outcomes);
  return source;
}

/** Table "outcome users": position of the row and pseudonym of its user. */
async function nameUsers(
  warehouse: Warehouse,
  source: SourceTable,
  outcomes: OutcomeSource,
): Promise<void> {
  const [place, user] = [quoteName(source.position), quoteName(outcomes.userColumn)];
  const { pseudonym } = outcomes;
  if (pseudonym === undefined) {
    await warehouse.run(
      `CREATE TABLE "outcome users" AS
       SELECT ${place} AS place, ${user}::VARCHAR AS "user" FROM outcomes`,
    );
    return;
  }
  const columns: Column[] = [
    { name: "place", type: "int64" },
    { name: "user", type: "text" },
  ];
  const pages = async function* (): AsyncGenerator<(string | number)[]> {
    for (let from = 0; from < source.rows; from += PAGE_ROWS) {
      const page = await warehouse.rows(
        `SELECT ${place} AS place, ${user}::VARCHAR AS "user" FROM outcomes
         WHERE ${place} > ${from} AND ${place} <= ${from + PAGE_ROWS} ORDER BY ${place}`,
      );
      for (const row of page) yield [Number(row.place), pseudonym(String(row.user))];
    }
  };
  await warehouse.append("outcome users", columns, pages());
}

/** What happened to each grant's money. */
function movesSql(campaign: string): string {
  return `CREATE TABLE moves AS
    SELECT CAST("grant" AS BIGINT) AS "grant",
      max("user") FILTER (kind = 'granted') AS "user",
      coalesce(sum(CAST("amountMinor" AS BIGINT)) FILTER (kind = 'granted'), 0) AS issued,
      coalesce(sum(CAST("amountMinor" AS BIGINT)) FILTER (kind = 'redeemed'), 0) AS redeemed,
      coalesce(sum(CAST("amountMinor" AS BIGINT)) FILTER (kind = 'reversed'), 0) AS reversed,
      coalesce(sum(CAST("amountMinor" AS BIGINT))
        FILTER (kind IN ('expired', 'cancelled')), 0) AS breakage
    FROM events
    WHERE campaign = ${quoteText(campaign)}
      AND kind IN ('granted', 'redeemed', 'reversed', 'expired', 'cancelled')
    GROUP BY 1`;
}

function usersSql(campaign: string, outcomes: OutcomeSource): string {
  const values = outcomes.columns.map(
    ({ name }) => `coalesce(CAST(o.${quoteName(name)} AS DOUBLE), 0) AS ${quoteName(`o ${name}`)}`,
  );
  return `CREATE TABLE ${quoteName(USERS_TABLE)} AS
    WITH assigned AS (
      SELECT "user", min(CAST(arm AS INTEGER)) AS arm, count(DISTINCT arm) AS arms,
        max(audience) AS audience
      FROM events WHERE kind = 'assigned' AND campaign = ${quoteText(campaign)} GROUP BY "user"
    ), money AS (
      SELECT "user", count(*) AS grants, sum(issued) AS issued, sum(redeemed) AS redeemed,
        sum(breakage) AS breakage, sum(reversed) AS reversed
      FROM moves GROUP BY "user"
    )
    SELECT a."user", a.arm, a.arms, a.audience, k."user" IS NOT NULL AS present,
      coalesce(m.grants, 0) AS grants, coalesce(m.issued, 0) AS issued,
      coalesce(m.redeemed, 0) AS redeemed, coalesce(m.breakage, 0) AS breakage,
      coalesce(m.reversed, 0) AS reversed, ${values.join(", ")}
    FROM assigned a
    LEFT JOIN money m ON m."user" = a."user"
    LEFT JOIN "outcome users" k ON k."user" = a."user"
    LEFT JOIN outcomes o ON o."hongbao position" = k.place`;
}
