// Additional active users by month, from the retention that a verdict watched by period.
import { combine, type Uncertain } from "../../stats/draws.ts";
import { normalQuantile } from "../../stats/normal.ts";
import type { StudySlice } from "./verdict-slice.ts";

export const MONTH_DAYS: number = 365.25 / 12;

/**
 * Treated less held out, in users, as watched and then as the curves expect; null where the study
 * watched less than half a month of the arm. The last month stands for all of it when at least half
 * is known: 30 days are a month.
 * @param luck standard normal, shared by all periods: their errors are taken to go together
 */
export function activeByMonth(
  { retention }: StudySlice,
  arm: string,
  users: number,
  luck: Uncertain,
): readonly Uncertain[] | null {
  const control = retention?.arms[0];
  const treated = retention?.arms.find((each) => each.arm === arm);
  if (!retention || control === undefined || treated === undefined) return null;
  const z = normalQuantile((1 + retention.level) / 2);
  const [a, b] = [control, treated].map(({ seen, expected }) => [...seen, ...(expected ?? [])]);
  const periods = Math.min(a!.length, b!.length);
  const differences = Array.from({ length: periods }, (_, t) => {
    const [held, given] = [a![t]!, b![t]!];
    const half = Math.hypot(held.upper - held.lower, given.upper - given.lower) / 2;
    return { size: given.estimate - held.estimate, error: half / z };
  });
  const days = periods * retention.periodDays;
  const months = Math.round(days / MONTH_DAYS);
  if (months === 0) return null;
  return Array.from({ length: months }, (_, m) => {
    const known = Math.min(MONTH_DAYS, days - m * MONTH_DAYS);
    let [size, error] = [0, 0];
    for (const [t, each] of differences.entries()) {
      const part = overlap(t, retention.periodDays, m) / known;
      size += part * each.size;
      error += part * each.error;
    }
    return combine((luckOf) => users * (size + error * luckOf), luck);
  });
}

/** Days that period `t` and month `m` share. */
function overlap(t: number, periodDays: number, m: number): number {
  const from = Math.max(t * periodDays, m * MONTH_DAYS);
  const to = Math.min((t + 1) * periodDays, (m + 1) * MONTH_DAYS);
  return Math.max(0, to - from);
}
