// Whether a log covers what is asked of it: users whom it does not follow to the end would count as
// gone, and a log of other users would say that nobody ever came.
import { formatNumber } from "../../report/format.ts";
import type { Repair } from "../repair.ts";
import { fileProblem } from "../source-file.ts";
import { countsByDay, emptyDays, emptyDaysText, endsWithin, type Quarters } from "./log-days.ts";
import type { LoadedLog } from "./log-units.ts";
import type { MeasurementPlan } from "./measurement-plan.ts";

/** The last day after a user's start that the plan reads from a log. */
function lastDayOf({ numbers, name }: LoadedLog, plan: MeasurementPlan): number {
  const days = numbers.map((number) => number.days[1]);
  const { retention } = plan;
  if (retention?.log === name) days.push(retention.periodDays * retention.periods - 1);
  return Math.max(...days);
}

/** Rows of a log, and starts of users, as they fall on local days. */
export interface LogCoverage {
  readonly rows: Quarters;
  readonly starts: Quarters;
  /** First instants of the days that hold both. */
  readonly dayStarts: readonly number[];
}

/**
 * Refuses a log that ends before the last user was watched to the end, or that lacks days; says
 * which days it lacks where they are kept as they are.
 */
export function requireWatched(
  loaded: LoadedLog,
  plan: MeasurementPlan,
  { rows, starts, dayStarts }: LogCoverage,
): Repair[] {
  const { log, name } = loaded;
  const wanted = lastDayOf(loaded, plan);
  const byDay = countsByDay(rows, dayStarts);
  const lastMs = rows.lastMs!;
  const lastStartMs = starts.lastMs ?? lastMs;
  const isPart = log.until === null && endsWithin(lastMs, byDay, dayStarts);
  requireEnd(loaded, wanted, dayStarts, { lastStartMs, lastMs, isPart });
  const empty = emptyDays(byDay, countsByDay(starts, dayStarts), wanted);
  if (empty.length === 0) return [];
  const found = empty.map((days) => emptyDaysText(days, dayStarts)).join(", ");
  const count = empty.reduce((sum, each) => sum + each.rows, 0);
  if (log.gaps === "keep") {
    const what = `log ${name}: next to no rows on ${found}, taken for days without any activity`;
    return [{ option: `gaps: keep`, what, rows: count, users: null, leftOut: null }];
  }
  const message =
    `expected rows on every day on which users are watched, found next to none on ${found}: ` +
    "users would count as absent. Take a log that is whole or, if that is what happened on those " +
    `days, say gaps: keep (logs.${name}.gaps)`;
  throw fileProblem(log.file, "", message, { log: name });
}

function requireEnd(
  loaded: LoadedLog,
  wanted: number,
  dayStarts: readonly number[],
  ends: { readonly lastStartMs: number; readonly lastMs: number; readonly isPart: boolean },
): void {
  const dayOf = (atMs: number): number => dayStarts.findLastIndex((start) => start <= atMs);
  const end = Math.max(ends.lastMs, loaded.log.until ?? ends.lastMs);
  const watched = dayOf(end) - dayOf(ends.lastStartMs) - (ends.isPart ? 1 : 0);
  if (watched >= wanted) return;
  const day = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);
  const found =
    watched < 0
      ? `before the last user started (${day(ends.lastStartMs)})`
      : `on day ${watched} of the last user's, who started ${day(ends.lastStartMs)}`;
  const part = ends.isPart ? " (the day of its last row is there only in part)" : "";
  const message =
    `expected a log of ${wanted} days after every user's start, found one that ends ${found}` +
    `${part}: users who were not watched to the end would count as gone. Take a later log, ask ` +
    `for fewer days, or say until: where the log is complete (logs.${loaded.name}.until)`;
  throw fileProblem(loaded.log.file, "", message, { log: loaded.name });
}

/** Refuses a log, or outcomes, in which no assigned user is; says how many are, otherwise. */
export function requireMatches(
  file: string,
  what: string,
  { found, users }: { readonly found: number; readonly users: number },
): string {
  if (found === 0 && users > 0) {
    const message =
      `none of the ${formatNumber(users)} assigned users is in it: expected the ids that claims ` +
      "were made with (or users: pseudonyms)";
    throw fileProblem(file, "", message);
  }
  return `${what}: ${formatNumber(found)} of ${formatNumber(users)} assigned users are in it`;
}
