// The windows of time-limited caps, worked out anew from the days of the opening event: day d, hour
// 32 d + h, minute 2048 d + m, hours and minutes counted from local midnight.
import type { CapDefinition } from "../../core/definition.ts";

const HOUR_MS = 3_600_000;

export class VerifyCalendar {
  private readonly dayStartsMs: readonly number[];
  private lastAtMs = Number.NaN;
  private lastDay = 0;

  /** @param dayStartsMs local midnights, ascending, at least one */
  constructor(dayStartsMs: readonly number[]) {
    this.dayStartsMs = dayStartsMs;
  }

  windowOf(per: CapDefinition["per"], atMs: number): number {
    if (per === "total") return 0;
    const day = this.dayOf(atMs);
    if (per === "day") return day;
    const ms = Math.max(0, atMs - this.dayStartsMs[day]!);
    if (per === "hour") return 32 * day + Math.min(31, Math.floor(ms / HOUR_MS));
    return 2048 * day + Math.min(2047, Math.floor(ms / 60_000));
  }

  /** When the hour that holds an instant is over. */
  hourEndMs(atMs: number): number {
    const day = this.dayOf(atMs);
    const startMs = this.dayStartsMs[day]!;
    const endMs = startMs + (Math.floor((atMs - startMs) / HOUR_MS) + 1) * HOUR_MS;
    return Math.min(endMs, this.dayStartsMs[day + 1] ?? endMs);
  }

  /** The last day that began at or before an instant; instants before the first belong to it. */
  private dayOf(atMs: number): number {
    if (atMs === this.lastAtMs) return this.lastDay;
    let low = 0;
    let high = this.dayStartsMs.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.dayStartsMs[middle]! <= atMs) low = middle;
      else high = middle - 1;
    }
    this.lastAtMs = atMs;
    this.lastDay = low;
    return low;
  }
}
