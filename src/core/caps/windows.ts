// Windows of time-limited caps. Days are those of the definition's list; hours and minutes count
// from local midnight, so that days of 23 and 25 hours come out right. A window is a number that
// only grows: day d, hour d * 32 + h, minute d * 2048 + m.
import type { CapDefinition } from "../definition.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** More than the hours, and the minutes, of the longest day. */
const HOURS_A_DAY = 32;
const MINUTES_A_DAY = 2048;

/** Kinds of windows as numbers, for the hot path. */
export const PER = { total: 0, day: 1, hour: 2, minute: 3 } as const;

export type Per = (typeof PER)[CapDefinition["per"]];

export class Calendar {
  private readonly starts: readonly number[];
  private day = 0;
  /** The windows of the instant asked for last, by kind: decisions of a slice share one. */
  private readonly windows: [number, number, number, number] = [0, 0, 0, 0];
  private cachedAtMs = Number.NaN;

  /** @param dayStartsMs local midnights, ascending, at least one */
  constructor(dayStartsMs: readonly number[]) {
    this.starts = dayStartsMs;
  }

  /** The window of a kind at an instant. Instants before the first day belong to it. */
  windowAt(per: Per, atMs: number): number {
    if (per === PER.total) return 0;
    if (atMs !== this.cachedAtMs) this.computeWindows(atMs);
    return this.windows[per];
  }

  /** The first instant after the window of a kind that holds `atMs`, or 0 for `total`. */
  windowEnd(per: Per, atMs: number): number {
    if (per === PER.total) return 0;
    const day = this.dayAt(atMs);
    const nextDay = this.starts[day + 1] ?? 0;
    if (per === PER.day) return nextDay;
    const size = per === PER.hour ? HOUR_MS : MINUTE_MS;
    const sinceMidnight = Math.max(0, atMs - this.starts[day]!);
    const end = this.starts[day]! + (Math.floor(sinceMidnight / size) + 1) * size;
    return nextDay === 0 ? end : Math.min(end, nextDay);
  }

  private computeWindows(atMs: number): void {
    const day = this.dayAt(atMs);
    const sinceMidnight = Math.max(0, atMs - this.starts[day]!);
    this.windows[PER.day] = day;
    this.windows[PER.hour] = day * HOURS_A_DAY + clip(sinceMidnight / HOUR_MS, HOURS_A_DAY);
    this.windows[PER.minute] = day * MINUTES_A_DAY + clip(sinceMidnight / MINUTE_MS, MINUTES_A_DAY);
    this.cachedAtMs = atMs;
  }

  /** The ordinal of the day that holds an instant; time moves on, so the last answer is near. */
  private dayAt(atMs: number): number {
    let day = this.day;
    while (day > 0 && atMs < this.starts[day]!) day -= 1;
    while (day + 1 < this.starts.length && atMs >= this.starts[day + 1]!) day += 1;
    this.day = day;
    return day;
  }
}

function clip(value: number, size: number): number {
  return Math.min(Math.floor(value), size - 1);
}
