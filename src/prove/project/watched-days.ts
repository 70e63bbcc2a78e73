// Whether a log covers what is asked of it: users whom it does not follow to the end would count as
// gone, and a log of other users would say that nobody ever came.
import { formatNumber } from "../../report/format.ts";
import { fileProblem } from "../source-file.ts";
import type { LoadedLog } from "./log-units.ts";
import type { MeasurementPlan } from "./measurement-plan.ts";

/** The last day after a user's start that the plan reads from a log. */
export function lastDayOf({ numbers, name }: LoadedLog, plan: MeasurementPlan): number {
  const days = numbers.map((number) => number.days[1]);
  const { retention } = plan;
  if (retention?.log === name) days.push(retention.periodDays * retention.periods - 1);
  return Math.max(...days);
}

/**
 * Refuses a log that ends before the last user was watched to the end.
 * @param dayStarts first instants of local days
 */
export function requireWatched(
  loaded: LoadedLog,
  plan: MeasurementPlan,
  dayStarts: readonly number[],
  ends: { readonly lastStartMs: number; readonly lastRowMs: number },
): void {
  const dayOf = (atMs: number): number => dayStarts.findLastIndex((start) => start <= atMs);
  const wanted = lastDayOf(loaded, plan);
  const watched = dayOf(ends.lastRowMs) - dayOf(ends.lastStartMs);
  if (watched >= wanted) return;
  const day = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);
  const found =
    watched < 0
      ? `before the last user started (${day(ends.lastStartMs)})`
      : `on day ${watched} of the last user's, who started ${day(ends.lastStartMs)}`;
  const message =
    `expected a log of ${wanted} days after every user's start, found one that ends ${found}: ` +
    "users who were not watched to the end would count as gone. Take a later log, ask for fewer " +
    `days, or say until: where the log is complete (logs.${loaded.name}.until)`;
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
