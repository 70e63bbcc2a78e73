// How periods are called: months, weeks and days by their number, others by the day they end on.
import { formatNumber } from "../report/format.ts";

export interface PeriodWords {
  /** "month", "5-day period". */
  readonly one: string;
  readonly many: string;
  /** When period `n` (from 1) is over: "month 3", "day 15". */
  readonly by: (n: number) => string;
  /** How long `n` periods are: "3 months", "15 days". */
  readonly span: (n: number) => string;
  /** What an axis of time counts, and what stands at the end of period `n`. */
  readonly axis: { readonly name: string; readonly at: (n: number) => string };
}

/** @example periodWords(5).by(3) // "day 15" */
export function periodWords(periodDays: number): PeriodWords {
  const unit = unitOf(periodDays);
  const digits = Number.isInteger(periodDays) ? 0 : 1;
  const days = (n: number): string => formatNumber(n * periodDays, digits);
  if (unit === null) {
    const one = `${days(1)}-day period`;
    const axis = { name: "days", at: days };
    const by = (n: number): string => `day ${days(n)}`;
    return { one, many: `${one}s`, by, span: (n) => `${days(n)} days`, axis };
  }
  const span = (n: number): string => `${n} ${unit}${n === 1 ? "" : "s"}`;
  const axis = { name: `${unit}s`, at: String };
  return { one: unit, many: `${unit}s`, by: (n) => `${unit} ${n}`, span, axis };
}

function unitOf(periodDays: number): string | null {
  if (periodDays >= 28 && periodDays <= 31) return "month";
  if (periodDays === 7) return "week";
  return periodDays === 1 ? "day" : null;
}
