// A log of what users did, reduced to a few numbers of each assigned user.
import { quoteName } from "../columns.ts";
import { exactSum, localDay } from "./dialect.ts";
import { EVENT_USERS } from "./users-by-events.ts";

/** One number: what falls on these days after the user's start, which is day 0. */
export interface LogNumber {
  readonly name: string;
  /** "any": 1 where there is a row. */
  readonly of: "any" | "rows" | { readonly column: string };
  readonly days: readonly [number, number];
}

export interface LogQuestion {
  /** Relation with the columns `user` (key), `atMs`, and those that numbers name. */
  readonly log: string;
  readonly target: string;
  readonly numbers: readonly LogNumber[];
  /** Column with bit t set where the user was active in period t. */
  readonly periods: { readonly name: string; readonly days: number; readonly count: number } | null;
  /** First instants of local days that cover the log and all starts. */
  readonly dayStarts: readonly number[];
}

/** Columns: user, the numbers, the bits. */
export function logByUser(question: LogQuestion): string {
  const { log, target, numbers, periods, dayStarts } = question;
  const columns = numbers.map((number) => `${numberSql(number)} AS ${quoteName(number.name)}`);
  if (periods !== null) {
    const last = periods.days * periods.count - 1;
    const bit = `CAST(1 AS BIGINT) << CAST(day // ${periods.days} AS INTEGER)`;
    columns.push(
      // Guarded by a case, not a filter: a shift by a day before the start would be an error.
      `bit_or(CASE WHEN day BETWEEN 0 AND ${last} THEN ${bit} ELSE 0 END) ` +
        `AS ${quoteName(periods.name)}`,
    );
  }
  return `CREATE OR REPLACE TABLE ${quoteName(target)} AS
SELECT "user", ${columns.join(",\n  ")}
FROM (
  SELECT l.*, ${localDay('l."atMs"', dayStarts)} - ${localDay('a."startMs"', dayStarts)} AS day
  FROM ${quoteName(log)} l JOIN ${quoteName(EVENT_USERS)} a ON a."user" = l."user"
)
GROUP BY "user"`;
}

function numberSql({ of, days }: LogNumber): string {
  const within = `day BETWEEN ${days[0]} AND ${days[1]}`;
  if (of === "any") return `CASE WHEN count(*) FILTER (WHERE ${within}) > 0 THEN 1.0 ELSE 0 END`;
  if (of === "rows") return `CAST(count(*) FILTER (WHERE ${within}) AS DOUBLE)`;
  return exactSum(quoteName(of.column), within);
}
