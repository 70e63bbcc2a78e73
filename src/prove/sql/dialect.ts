// What is said differently in other warehouses; all other SQL of prove is plain.
import { quoteName, quoteText } from "../columns.ts";

/** A pseudonym of 32 hex digits as a 128-bit key: 16 bytes to group and join by, instead of 32. */
export function pseudonymKey(sql: string): string {
  return `CAST(${sql} AS UUID)`;
}

/** Null where the text is no pseudonym. */
export function tryPseudonymKey(sql: string): string {
  return `TRY_CAST(${sql} AS UUID)`;
}

/**
 * One of `buckets` numbers from 0, the same for the same text in every release; it has nothing to
 * do with the hash that assigns arms.
 */
export function hashBucket(sql: string, buckets: number): string {
  return `CAST(md5_number_lower('hongbao/bucket/1 ' || ${sql}) % ${buckets} AS INTEGER)`;
}

/**
 * Null where the cell is no number; infinities are numbers here, and true and false are 1 and 0 in
 * text as they are in columns of their own type.
 */
export function tryNumber(column: string): string {
  return tryNumberOf(quoteName(column));
}

/** @param cell SQL of a cell */
export function tryNumberOf(cell: string): string {
  const word = `lower(trim(CAST(${cell} AS VARCHAR)))`;
  const truth = `CASE ${word} WHEN 'true' THEN 1.0 WHEN 'false' THEN 0.0 END`;
  return `coalesce(TRY_CAST(${cell} AS DOUBLE), ${truth})`;
}

/** True where text casts to a number though nobody would have written one: 1_000 is 1000 here. */
export function isOddNumber(column: string): string {
  return `contains(${quoteName(column)}::VARCHAR, '_')`;
}

/** Decimal places to which sums of a log are exact, whatever order its rows are added in. */
const LOG_DECIMALS = 6;

/** Larger numbers, times 10^LOG_DECIMALS and summed over a log, might leave 128 bits. */
export const LARGEST_SUMMED = 1e15;

/** The sum of numbers, the same whatever order threads finish in. */
export function exactSum(sql: string, where: string): string {
  const scaled = `CAST(round((${sql}) * 1e${LOG_DECIMALS}) AS HUGEINT)`;
  return `coalesce(sum(${scaled}) FILTER (WHERE ${where}), 0)::DOUBLE / 1e${LOG_DECIMALS}`;
}

/** How a cell says when: as a number of ms, as an instant, or as local time of a stated zone. */
export type TimeForm = "ms" | "instant" | "local" | "text" | "none";

export function timeForm(type: string): TimeForm {
  if (/^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|U\w+INT|DOUBLE|FLOAT|DECIMAL)/.test(type)) {
    return "ms";
  }
  if (type === "TIMESTAMP WITH TIME ZONE") return "instant";
  if (type === "VARCHAR") return "text";
  return /^(DATE$|TIMESTAMP)/.test(type) ? "local" : "none";
}

/** A time of day that ends in Z or an offset names an instant by itself; a date alone does not. */
const HAS_ZONE = "':\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d(:?\\d\\d)?)$'";
const IS_MS = "'^-?\\d{10,14}$'";

/**
 * Ms since 1970 of a cell, or null where it is no time.
 * @param name SQL of the cell
 */
export function epochMs(name: string, form: TimeForm, zone: string | null): string {
  if (form === "none") return "CAST(NULL AS BIGINT)";
  if (form === "ms") return `TRY_CAST(${name} AS BIGINT)`;
  if (form === "instant") return `epoch_ms(${name})`;
  const local = (sql: string): string =>
    zone === null ? "NULL" : `epoch_ms(timezone(${quoteText(zone)}, ${sql}))`;
  if (form === "local") return local(`CAST(${name} AS TIMESTAMP)`);
  return `CASE WHEN regexp_matches(${name}, ${IS_MS}) THEN TRY_CAST(${name} AS BIGINT)
    WHEN regexp_matches(${name}, ${HAS_ZONE}) THEN epoch_ms(TRY_CAST(${name} AS TIMESTAMPTZ))
    ELSE ${local(`TRY_CAST(${name} AS TIMESTAMP)`)} END`;
}

/**
 * Number of the local day in which an instant lies, counted from the first of `starts`; arithmetic,
 * since looking up a zone for each row would cost more than everything else.
 * @param at SQL of ms since 1970, not before `starts[0]`
 * @param starts first instants of local days, ascending, as base/time's dayStarts gives them
 */
export function localDay(at: string, starts: readonly number[]): string {
  const DAY_MS = 86_400_000;
  const from = (i: number): string => `${i} + (${at} - ${starts[i]!}) // ${DAY_MS}`;
  const cases: string[] = [];
  let begin = 0;
  for (let i = 0; i + 1 < starts.length; i++) {
    if (starts[i + 1]! - starts[i]! === DAY_MS) continue;
    // A day of 23 or 25 hours stands alone, so that its last hour is not another day's.
    if (i > begin) cases.push(`WHEN ${at} < ${starts[i]!} THEN ${from(begin)}`);
    cases.push(`WHEN ${at} < ${starts[i + 1]!} THEN ${i}`);
    begin = i + 1;
  }
  return cases.length === 0
    ? `(${from(begin)})`
    : `(CASE ${cases.join(" ")} ELSE ${from(begin)} END)`;
}
