// By which period a campaign is to have paid: `payback.within` counts months, curves count periods.
import { formatNumber } from "../../report/format.ts";
import { HORIZON_MAX } from "../retention-draws.ts";

const MONTH_DAYS = 30;
/** A period that is a month is one, whichever month it is. */
const MONTH_PERIOD = [28, 31] as const;

/** Whole periods within so many months: what is not over by then does not count. */
export function horizonPeriodsOf(months: number, periodDays: number): number {
  const [shortest, longest] = MONTH_PERIOD;
  if (periodDays >= shortest && periodDays <= longest) return months;
  return Math.floor((months * MONTH_DAYS) / periodDays);
}

/** What is wrong with a horizon, or null. */
export function horizonProblem(months: number, periodDays: number): string | null {
  const periods = horizonPeriodsOf(months, periodDays);
  if (periods >= 1 && periods <= HORIZON_MAX) return null;
  const one = `${formatNumber(periodDays)} ${periodDays === 1 ? "day" : "days"}`;
  const said = `${months} ${months === 1 ? "month" : "months"}`;
  const key = "(retention.period)";
  if (periods < 1) {
    const none = `${months === 1 ? "holds" : "hold"} no period of ${one} ${key}`;
    return `${said} ${none}: expected more months or shorter periods`;
  }
  const most = Math.floor((HORIZON_MAX * periodDays) / MONTH_DAYS);
  const longer = `periods of ${Math.ceil((months * MONTH_DAYS) / HORIZON_MAX)} days or more`;
  const expected = most >= 1 ? `at most ${most} months, or ${longer}` : longer;
  return `${said} are ${periods} periods of ${one} ${key}: expected ${expected}`;
}
