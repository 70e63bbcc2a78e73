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

/**
 * The day on which month `m` after `start` begins: the 31st becomes a shorter month's last day.
 * @param monthDays of every month, where months are not those of the calendar
 */
export function monthStart(start: number, m: number, monthDays?: number): number {
  if (monthDays !== undefined) return start + m * monthDays;
  const date = new Date(start * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + m];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / DAY_MS;
}

/** How a campaign's months lie in time. */
export interface CampaignMonths {
  readonly start: number;
  readonly count: number;
  readonly monthDays?: number | undefined;
  /** What has happened by the end of day 1, 2, …, rising; absent: evenly in every month. */
  readonly byDay?: readonly number[] | undefined;
}

/**
 * Which part of each of a campaign's months lies in a period.
 * @example from 2026-02-06, to the end of March: 1, 26/31, 0 …
 */
export function monthShares(months: CampaignMonths, period: DayPeriod): number[] {
  assert(period.toDay >= period.fromDay, "expected a period that does not end before it begins");
  const { start, count, monthDays, byDay } = months;
  const happened = (day: number): number => happenedBy(byDay ?? [], day - start);
  return Array.from({ length: count }, (_, m) => {
    const [from, to] = [monthStart(start, m, monthDays), monthStart(start, m + 1, monthDays)];
    const [first, end] = [Math.max(from, period.fromDay), Math.min(to, period.toDay)];
    if (end <= first) return 0;
    const inMonth = happened(to) - happened(from);
    if (inMonth > 0) return (happened(end) - happened(first)) / inMonth;
    return (end - first) / (to - from);
  });
}

/** @param days since the start, perhaps in the middle of one */
function happenedBy(byDay: readonly number[], days: number): number {
  const at = (day: number): number => (day <= 0 ? 0 : (byDay[day - 1] ?? byDay.at(-1) ?? 0));
  const whole = Math.floor(days);
  return at(whole) + (days - whole) * (at(whole + 1) - at(whole));
}
