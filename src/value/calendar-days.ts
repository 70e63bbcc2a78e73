// Days as whole numbers since 1970, and how a campaign's months lie in a company's quarters: by
// days, since a campaign seldom starts with a quarter.
import { assert } from "../base/assert.ts";

const DAY_MS = 86_400_000;

/** From the first day to the day after the last one. */
export interface DayPeriod {
  readonly fromDay: number;
  readonly toDay: number;
}

/** 2026-02-06 -> 20490; null where there is no such day. */
export function dayNumber(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (!Number.isFinite(ms) || !new Date(ms).toISOString().startsWith(text)) return null;
  return ms / DAY_MS;
}

export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Monday is 1, Sunday 7. */
export function weekday(day: number): number {
  return new Date(day * DAY_MS).getUTCDay() || 7;
}

/** The day on which month `m` after `start` begins: the 31st becomes a shorter month's last day. */
export function monthStart(start: number, m: number): number {
  const date = new Date(start * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + m];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / DAY_MS;
}

/**
 * Which part of each of a campaign's months lies in a period.
 * @example from 2026-02-06, to the end of March: 1, 26/31, 0 …
 */
export function monthShares(start: number, months: number, period: DayPeriod): number[] {
  assert(period.toDay >= period.fromDay, "expected a period that does not end before it begins");
  return Array.from({ length: months }, (_, m) => {
    const [from, to] = [monthStart(start, m), monthStart(start, m + 1)];
    const shared = Math.min(to, period.toDay) - Math.max(from, period.fromDay);
    return Math.max(0, shared) / (to - from);
  });
}
