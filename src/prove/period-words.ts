// How a period is called: "month" for about 30 days.
import { formatNumber } from "../report/format.ts";

export interface PeriodWords {
  readonly one: string;
  readonly many: string;
}

export function periodWords(periodDays: number): PeriodWords {
  if (periodDays >= 28 && periodDays <= 31) return { one: "month", many: "months" };
  if (periodDays === 7) return { one: "week", many: "weeks" };
  if (periodDays === 1) return { one: "day", many: "days" };
  const days = `${formatNumber(periodDays, Number.isInteger(periodDays) ? 0 : 1)}-day`;
  return { one: `${days} period`, many: `${days} periods` };
}
