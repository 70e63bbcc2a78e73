// How a reader's charts write instants of a campaign.
import { useMemo } from "react";
import { type IntlShape, useIntl } from "react-intl";
import { zoneOffset } from "../../parts/zone-offset.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Ticks so far apart are of more than one year, or may be. */
const YEAR_STEP_MS = 91 * DAY_MS;

export interface TimeTexts {
  offsetAtMs: (atMs: number) => number;
  tickText: (atMs: number, stepMs: number) => string;
  timeText: (atMs: number) => string;
}

export function useTimeTexts(timeZone: string): TimeTexts {
  const intl = useIntl();
  return useMemo(() => timeTexts(intl, timeZone), [intl, timeZone]);
}

export function timeTexts(
  intl: Pick<IntlShape, "formatDate" | "formatTime">,
  timeZone: string,
): TimeTexts {
  const offsetAtMs = zoneOffset(timeZone);
  const day = (atMs: number): string =>
    intl.formatDate(atMs, { timeZone, day: "numeric", month: "short" });
  const date = (atMs: number): string => intl.formatDate(atMs, { timeZone, dateStyle: "medium" });
  const clock = (atMs: number, timeStyle: "short" | "medium"): string =>
    intl.formatTime(atMs, { timeZone, timeStyle });
  const tickText = (atMs: number, stepMs: number): string => {
    if (stepMs >= YEAR_STEP_MS) return date(atMs);
    if (stepMs >= DAY_MS || (atMs + offsetAtMs(atMs)) % DAY_MS === 0) return day(atMs);
    return clock(atMs, stepMs < MINUTE_MS ? "medium" : "short");
  };
  const timeText = (atMs: number): string => `${date(atMs)}, ${clock(atMs, "medium")}`;
  return { offsetAtMs, tickText, timeText };
}
