// Calendar days of a time zone as a list of instants. Only the edges use it (contract, host): the
// result goes into the opening event, so that core needs no zones and a new zone database changes
// no replay.
import { assert } from "./assert.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Whether the platform knows the IANA zone. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: zone });
    return true;
  } catch {
    return false; // Intl has no other way of asking.
  }
}

/**
 * The first instant of every local day from the day of `fromMs` to the day of `toMs`, in ms UTC.
 * Days of 23 and 25 hours come out right; where midnight does not exist, the day starts after it.
 */
export function dayStarts(zone: string, fromMs: number, toMs: number): number[] {
  assert(fromMs <= toMs, `expected from <= to, got ${fromMs} > ${toMs}`);
  const dayOf = localDay(zone);
  const starts: number[] = [];
  let start = firstInstantOf(dayOf, fromMs);
  while (start <= toMs) {
    starts.push(start);
    // Nearly every day has 24 hours: two look-ups then, instead of the 27 of a bisection.
    const usual = start + DAY_MS;
    const isStart = dayOf(usual) !== dayOf(usual - 1);
    start = isStart ? usual : firstInstantOf(dayOf, start + 26 * HOUR_MS);
  }
  return starts;
}

/** Writes the local date of an instant, such as 2026-02-06. */
export function localDay(zone: string): (atMs: number) => string {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return (atMs) => format.format(atMs);
}

/** Bisects for the first millisecond that has the same local date as `atMs`. */
function firstInstantOf(dayOf: (atMs: number) => string, atMs: number): number {
  const day = dayOf(atMs);
  let before = atMs - DAY_MS - 2 * HOUR_MS;
  let inside = atMs;
  while (inside - before > 1) {
    const middle = Math.floor((before + inside) / 2);
    if (dayOf(middle) === day) inside = middle;
    else before = middle;
  }
  return inside;
}
