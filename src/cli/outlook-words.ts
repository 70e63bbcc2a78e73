// Words for what is foreseen of a campaign's money, wherever the command line shows it.
import type { SpendForecast } from "../contract/index.ts";
import { instantText } from "./answer-words.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Whether grants live on to ages that none has reached, of which nothing could be learned. */
export function isUnseen({ bounds, almostSure }: SpendForecast): boolean {
  return bounds.fromMinor !== almostSure.fromMinor || bounds.toMinor !== almostSure.toMinor;
}

/** The middle of the draws. */
export function runsOutText(atMs: number | null): string {
  return atMs === null ? "not before claims end" : `about ${instantText(atMs)}`;
}

export function ageText(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${Math.round(ms / DAY_MS)} days`;
  return ms >= 2 * HOUR_MS ? `${Math.round(ms / HOUR_MS)} hours` : `${Math.round(ms / 60_000)} min`;
}
