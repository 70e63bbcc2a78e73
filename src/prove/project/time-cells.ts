// Cells that say when: ms since 1970, or a time that names its zone, unless a zone is stated.
import { isTimeZone } from "../../base/time.ts";
import { quoteName } from "../columns.ts";
import { type CellCheck, fileProblem, type SourceTable } from "../source-file.ts";
import { epochMs, timeForm } from "../sql/dialect.ts";

/** Instants outside are seconds or microseconds taken for ms. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);

/** Whether cells of that time pass `timeChecks`. */
export function isPlausible(atMs: number): boolean {
  return atMs >= EARLIEST_MS && atMs <= LATEST_MS;
}

/** What cells of times must be. Throws `invalid_file` where the zone is none. */
export function timeChecks(source: SourceTable, column: string, zone: string | null): CellCheck[] {
  if (zone !== null && !isTimeZone(zone)) {
    throw fileProblem(source.file, `column "${column}"`, `no time zone "${zone}"`, { column });
  }
  const type = source.types.get(column)!;
  const form = timeForm(type);
  if (form === "none") {
    const message = `expected times or ms since 1970, found a column of ${type}`;
    throw fileProblem(source.file, `column "${column}"`, message, { column });
  }
  const at = epochMs(quoteName(column), form, zone);
  const needsZone = form === "local" || form === "text";
  const expected = needsZone
    ? "a time with its zone, such as 2026-02-06T08:00:00+08:00 (or state the zone in prove.yaml)"
    : "ms since 1970";
  const outside = `${at} NOT BETWEEN ${EARLIEST_MS} AND ${LATEST_MS}`;
  return [
    { column, wrong: `${at} IS NULL`, expected },
    { column, wrong: outside, expected: "an instant of 2000 to 2099, in ms" },
  ];
}
