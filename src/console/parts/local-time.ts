// The instant that a clock of some zone shows, as a field for date and time gives it.
import { TZDate } from "@date-fns/tz";
import { zoneOffsetMs } from "./zone-offset.ts";

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?/;

/** Such as 2026-02-06T08:00; null: no time. */
export function instantOf(local: string, timeZone: string): TZDate | null {
  const parts = LOCAL.exec(local)
    ?.slice(1)
    .map((part = "0") => Number(part));
  if (parts === undefined) return null;
  const [year, month, day, hour, minute, second] = parts as [
    ...[number, number, number],
    ...[number, number, number],
  ];
  const at = new TZDate(year, month - 1, day, hour, minute, second, timeZone);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** An instant as such a field shows it; seconds are left out. */
export function localText(atMs: number, timeZone: string): string {
  return new Date(atMs + zoneOffsetMs(timeZone, atMs)).toISOString().slice(0, 16);
}
