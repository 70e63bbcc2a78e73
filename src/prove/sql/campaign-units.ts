// A row an assigned user: arm, money, and every number that the plan asks for.
import { quoteName, quoteText } from "../columns.ts";
import { EVENT_USERS } from "./users-by-events.ts";

/** A column of `units`: of which table, and set to which bounds. */
export interface UnitColumn {
  readonly name: string;
  readonly table: string;
  /** What a user gets who is not in that table. */
  readonly absent: number | string;
  /** Declared bounds, and the column that keeps the number as it was. */
  readonly clamp: { readonly bounds: readonly [number, number]; readonly kept: string } | null;
}

export interface UnitsQuestion {
  readonly target: string;
  /** Ids of the arms by their ordinal. */
  readonly arms: readonly string[];
  /** Minor units of one major unit. */
  readonly minorUnits: number;
  /** Beside the amounts, in major units. */
  readonly fees: { readonly grant: number; readonly redemption: number };
  /** Tables with a row a user, joined by his key. */
  readonly tables: readonly string[];
  readonly columns: readonly UnitColumn[];
  /** The table of outcomes, which says who is `present`; null: everybody is. */
  readonly outcomes: string | null;
  /** Columns that say whether the user is in a table. */
  readonly found?: readonly { readonly name: string; readonly table: string }[];
  /** Whether the user's key is kept, too. */
  readonly keepsUser?: boolean;
}

export function campaignUnits(question: UnitsQuestion): string {
  const { target, arms, minorUnits, fees, tables, columns, outcomes, found = [] } = question;
  const ids = arms.map((id, ordinal) => `WHEN ${ordinal} THEN ${quoteText(id)}`).join(" ");
  const cost =
    `CAST(a.redeemed - a.reversed AS DOUBLE) / ${minorUnits} + ` +
    `${fees.grant} * a.grants + ${fees.redemption} * a.redemptions`;
  const alias = (table: string): string => `t${tables.indexOf(table)}`;
  const joins = tables.map(
    (table) => `LEFT JOIN ${quoteName(table)} ${alias(table)} ON ${alias(table)}."user" = a."user"`,
  );
  const seen = outcomes === null ? "" : `${alias(outcomes)}.`;
  return `CREATE OR REPLACE TABLE ${quoteName(target)} AS
SELECT CASE a.arm ${ids} ELSE 'arm ' || a.arm END AS arm, a.several,
  coalesce(a.audience, '') AS audience,
  a.grants, a.redemptions, a.issued, a.redeemed, a.reversed, a.breakage, a.asked, a.forgone,
  a.exposures > 1 AS again,
  a.exposures > 0 OR a.asked > 0 AS came,
  a."exposedMs" IS NOT NULL AS exposed, a.probability, a.arm = 0 AND a.accepted > 0 AS reached,
  a.grants > 0 OR a.redemptions > 0 OR a.reversed > 0 OR a.breakage > 0 AS given,
  CASE WHEN a.grants > 0 THEN 1 ELSE 0 END AS claimed,
  ${cost} AS cost,
  ${outcomes === null ? "true" : `${seen}"user" IS NOT NULL`} AS present,
  ${outcomes === null ? "false" : `coalesce(${seen}"seenMs" < a."startMs", false)`} AS early,
  ${outcomes === null ? "false" : `coalesce(${seen}holed, false)`} AS holed
  ${found.map(({ name, table }) => `, ${foundSql(alias(table))} AS ${quoteName(name)}`).join("")}
  ${question.keepsUser === true ? ', a."user" AS "user"' : ""}
  ${columns.map((column) => `, ${columnSql(column, alias(column.table))}`).join("\n  ")}
FROM ${quoteName(EVENT_USERS)} a
${joins.join("\n")}
WHERE a.arm IS NOT NULL`;
}

function foundSql(alias: string): string {
  return `${alias}."user" IS NOT NULL`;
}

function columnSql({ name, absent, clamp }: UnitColumn, alias: string): string {
  const none = typeof absent === "number" ? String(absent) : quoteText(absent);
  const value = `coalesce(${alias}.${quoteName(name)}, ${none})`;
  return clampedSql(value, name, clamp);
}

/** The number within its bounds, and beside it the number as it was. */
export function clampedSql(value: string, name: string, clamp: UnitColumn["clamp"]): string {
  if (clamp === null) return `${value} AS ${quoteName(name)}`;
  const [lower, upper] = clamp.bounds;
  const kept = `greatest(${lower}, least(${upper}, ${value}))`;
  return `${kept} AS ${quoteName(name)}, ${value} AS ${quoteName(clamp.kept)}`;
}
