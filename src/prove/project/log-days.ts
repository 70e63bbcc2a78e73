// How a log's rows fall on days, held against how many users were to be watched on each: a log that
// ends early, or lacks days, makes those users absent whom it does not follow.
import { quoteName } from "../columns.ts";
import { countText } from "../repair.ts";
import { refuseCells } from "../source-file.ts";
import { epochMs, timeForm } from "../sql/dialect.ts";
import { EVENT_USERS } from "../sql/users-by-events.ts";
import type { Warehouse } from "../warehouse.ts";
import type { LoadedLog } from "./log-units.ts";
import { isPlausible } from "./time-cells.ts";

/** Local days begin on a quarter of an hour in every zone: so much is counted at once. */
const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;

/** Counts by quarter of an hour. */
export interface Quarters {
  /** Whether each row says when. */
  readonly isWhole: boolean;
  /** Null where there are no rows. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  readonly counts: readonly { readonly atMs: number; readonly count: number }[];
}

/** Throws `invalid_file` where a time is none. */
export async function logQuarters(
  warehouse: Warehouse,
  { source, log, times }: LoadedLog,
): Promise<Quarters> {
  const at = epochMs(quoteName(log.at), timeForm(source.types.get(log.at)!), log.zone);
  const quarters = await quartersOf(warehouse, at, quoteName(source.table));
  const { firstMs, lastMs, isWhole } = quarters;
  const ends = [firstMs, lastMs].filter((ms) => ms !== null);
  if (!isWhole || !ends.every(isPlausible)) await refuseCells(warehouse, source, times);
  return quarters;
}

/** When users were assigned, or first contacted. */
export function startQuarters(warehouse: Warehouse): Promise<Quarters> {
  return quartersOf(warehouse, '"startMs"', `${quoteName(EVENT_USERS)} WHERE arm IS NOT NULL`);
}

async function quartersOf(warehouse: Warehouse, at: string, from: string): Promise<Quarters> {
  const ends = `min(${at}) AS first, max(${at}) AS last`;
  const rows = await warehouse.rows(
    `SELECT ${at} // ${QUARTER_MS} AS quarter, count(*) AS n, ${ends}
FROM ${from} GROUP BY 1 ORDER BY 1`,
  );
  const known = rows.filter(({ quarter }) => quarter !== null);
  const [first, last] = [known[0], known.at(-1)];
  return {
    isWhole: known.length === rows.length,
    firstMs: first === undefined ? null : Number(first.first),
    lastMs: last === undefined ? null : Number(last.last),
    counts: known.map(({ quarter, n }) => ({
      ...{ atMs: Number(quarter) * QUARTER_MS, count: Number(n) },
    })),
  };
}

/** Counts by local day. @param dayStarts first instants of days that hold all quarters */
export function countsByDay({ counts }: Quarters, dayStarts: readonly number[]): number[] {
  const days = dayStarts.map(() => 0);
  let day = 0;
  for (const { atMs, count } of counts) {
    while (day + 1 < dayStarts.length && dayStarts[day + 1]! <= atMs) day += 1;
    days[day]! += count;
  }
  return days;
}

/** Consecutive days with next to no rows. */
export interface EmptyDays {
  /** Places in the list of days. */
  readonly first: number;
  readonly last: number;
  readonly rows: number;
}

/** A day has next to no rows where it has fewer than this part of what is expected of it. */
const NEXT_TO_NONE = 0.01;

/**
 * Days without rows are no news where few are expected. Even on days at a tenth of the usual, as
 * few as one in a hundred of so many rows are seen by chance once in two million logs.
 */
const ENOUGH_EXPECTED = 200;

/**
 * Days on which users were to be watched and next to nothing is there. Expected of a day are as
 * many rows as the median day has that is not empty, in proportion to the users who are watched on
 * it; a log may have a rhythm of more than a day. That is too few of a log of all users, and of one
 * of the campaign's users where most days watch few of them: both err towards silence.
 * @param rows of each day
 * @param starts users who start on each day
 * @param watched last day after a user's start, which is day 0
 */
export function emptyDays(
  rows: readonly number[],
  starts: readonly number[],
  watched: number,
): EmptyDays[] {
  const users = watchedUsers(starts, watched);
  const most = users.reduce((a, b) => Math.max(a, b), 0);
  const usual = medianOf(rows.filter((count, day) => count > 0 && users[day]! > 0));
  const dueOn = (day: number): number => (most === 0 ? 0 : (usual * users[day]!) / most);
  const isEmpty = (day: number): boolean => rows[day]! < NEXT_TO_NONE * dueOn(day);
  const shortest = shortestGap(
    rows.flatMap((count, day) => (count > 0 && users[day]! > 0 && !isEmpty(day) ? [day] : [])),
  );
  const found: EmptyDays[] = [];
  let first = 0;
  while (first < rows.length) {
    let [last, seen, expected] = [first - 1, 0, 0];
    for (let day = first; day < rows.length && isEmpty(day); day++) {
      [last, seen, expected] = [day, seen + rows[day]!, expected + dueOn(day)];
    }
    const days = last - first + 1;
    if (days >= shortest && expected >= ENOUGH_EXPECTED) found.push({ first, last, rows: seen });
    first = Math.max(first, last) + 1;
  }
  return found;
}

/**
 * Days without rows that are no rhythm: of a log with rows every day a single one, of one with rows
 * a week (a sum of each) two weeks.
 * @param full days with rows
 */
function shortestGap(full: readonly number[]): number {
  const steps = full.slice(1).map((day, i) => day - full[i]!);
  if (steps.length === 0) return Number.POSITIVE_INFINITY;
  const step = medianOf(steps);
  return step === 1 ? 1 : 2 * step;
}

/** How many users are watched on each day. */
function watchedUsers(starts: readonly number[], watched: number): number[] {
  let users = 0;
  return starts.map((count, day) => {
    users += count - (starts[day - watched - 1] ?? 0);
    return users;
  });
}

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

/**
 * Whether the last day of a log is there only in part: of so many rows a day some are of its second
 * half. @param lastMs the last row's
 */
export function endsWithin(
  lastMs: number,
  rows: readonly number[],
  dayStarts: readonly number[],
): boolean {
  const day = dayStarts.findLastIndex((start) => start <= lastMs);
  const [start, next] = [dayStarts[day]!, dayStarts[day + 1]];
  if (next === undefined || lastMs >= (start + next) / 2) return false;
  return medianOf(rows.filter((count) => count > 0)) >= ENOUGH_EXPECTED;
}

/** "24 days from 2026-03-01 (1 row)". */
export function emptyDaysText(
  { first, last, rows }: EmptyDays,
  dayStarts: readonly number[],
): string {
  const days = countText(last - first + 1, "day", "days");
  // Noon of a local day is on the same date of UTC in nearly every zone.
  const date = new Date(dayStarts[first]! + DAY_MS / 2).toISOString().slice(0, 10);
  return `${days} from ${date} (${countText(rows, "row", "rows")})`;
}
