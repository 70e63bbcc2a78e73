// Single values of a definition as a campaign file spells them: the reverse of scalars.ts.
import { formatMinor } from "../../../base/money.ts";
import { isTimeZone } from "../../../base/time.ts";
import type { CampaignDefinition } from "../../../core/definition.ts";
import { readShare } from "../scalars.ts";
import { Digits } from "./file-text.ts";

const MINUTE_MS = 60_000;

/** Amounts of a campaign's currency and times of its zone. */
export class FileWords {
  private readonly decimals: number;
  private readonly clock: Intl.DateTimeFormat;

  constructor({ decimals, timeZone }: CampaignDefinition) {
    this.decimals = decimals;
    this.clock = new Intl.DateTimeFormat("en-US", {
      timeZone: isTimeZone(timeZone) ? timeZone : "UTC",
      hourCycle: "h23",
      ...({ year: "numeric", month: "numeric", day: "numeric" } as const),
      ...({ hour: "numeric", minute: "numeric", second: "numeric" } as const),
    });
  }

  /** 2500 as 25.00 */
  amount(minor: number): Digits {
    return new Digits(formatMinor(minor, this.decimals));
  }

  /** As 2026-02-06T00:00:00+08:00 */
  instant(atMs: number): string {
    const part: Record<string, number> = {};
    for (const { type, value } of this.clock.formatToParts(atMs)) part[type] = Number(value);
    const { year, month, day, hour, minute, second } = part;
    const localMs = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
    const awayMs = localMs - Math.floor(atMs / 1000) * 1000;
    // Zones of long ago differ by seconds, which no file can say.
    const offsetMs = awayMs % MINUTE_MS === 0 ? awayMs : 0;
    const local = new Date(atMs + offsetMs).toISOString();
    return local.slice(0, atMs % 1000 === 0 ? -5 : -1) + offsetText(offsetMs / MINUTE_MS);
  }
}

function offsetText(minutes: number): string {
  if (minutes === 0) return "Z";
  const two = (part: number): string => String(part).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const UNITS_MS = { d: 86_400_000, h: 3_600_000, m: MINUTE_MS, s: 1000 } as const;

/** In the largest unit of which it is so many: 90 minutes as 90m, 72 hours as 3d. */
export function durationText(ms: number): string {
  if (ms === 0) return "0h";
  const [unit, size] = Object.entries(UNITS_MS).find(([, size]) => ms % size === 0) ?? ["s", 1000];
  return `${Math.ceil(ms / size)}${unit}`;
}

/** In per cent where that is the same number. */
export function shareText(share: number): string | number {
  const text = `${Number((share * 100).toFixed(6))} %`;
  return readShare(text) === share ? text : share;
}

/** A value that is left out where the file's default is the same. */
export function unless<T>(usual: T, value: T): T | undefined {
  return value === usual ? undefined : value;
}
