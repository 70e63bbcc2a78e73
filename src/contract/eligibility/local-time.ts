// The time of a claim as conditions ask for it: in the campaign's zone, from the days that its
// opening resolved, so that no look-up of a zone stands in the way of a decision.
import { localDay } from "../../base/time.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import type { CelFacts } from "./facts.ts";

const HOUR_MS = 3_600_000;

export class LocalTime {
  private readonly startsMs: readonly number[];
  private readonly dates: readonly string[];

  constructor({ dayStartsMs, timeZone }: Pick<CampaignDefinition, "dayStartsMs" | "timeZone">) {
    this.startsMs = dayStartsMs;
    this.dates = dayStartsMs.map(localDay(timeZone));
  }

  /** now, hour (since local midnight), weekday (1 Monday … 7 Sunday), date (2026-02-06). */
  factsAt(atMs: number): CelFacts {
    const day = this.dayAt(atMs);
    const date = this.dates[day]!;
    const sunday0 = new Date(`${date}T00:00:00Z`).getUTCDay();
    return {
      now: new Date(atMs),
      hour: BigInt(Math.floor(Math.max(0, atMs - this.startsMs[day]!) / HOUR_MS)),
      weekday: BigInt(sunday0 === 0 ? 7 : sunday0),
      date,
    };
  }

  /** The last day that began by then; before the first, the first. */
  private dayAt(atMs: number): number {
    let [low, high] = [0, this.startsMs.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.startsMs[middle]! <= atMs) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
