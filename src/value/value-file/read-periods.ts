// Quarter and fiscal years of value.yaml: a period of another length was meant otherwise.
import { type DayPeriod, dayNumber } from "../calendar-days.ts";
import type { Problem } from "./problem.ts";
import type { RawValue } from "./value-shape.ts";

interface Length {
  readonly what: string;
  readonly least: number;
  readonly most: number;
}

/** Quarters of 12 to 14 weeks and of three months; years of 52 and 53 weeks. */
const QUARTER: Length = { what: "a quarter", least: 80, most: 100 };
const YEAR: Length = { what: "a fiscal year", least: 350, most: 380 };

export function quarterPeriod({ quarter }: RawValue, problem: Problem): DayPeriod {
  return periodOf(quarter, ["quarter"], QUARTER, problem);
}

/** In order, without overlap. */
export function yearPeriods({ years }: RawValue, problem: Problem): DayPeriod[] {
  let before = Number.NEGATIVE_INFINITY;
  return years.map((year, i) => {
    const period = periodOf(year, ["years", i], YEAR, problem);
    if (period.fromDay < before) {
      throw problem(["years", i, "from"], "expected years in order, without overlap");
    }
    before = period.toDay;
    return period;
  });
}

function periodOf(
  raw: { from: string; to: string },
  path: readonly PropertyKey[],
  { what, least, most }: Length,
  problem: Problem,
): DayPeriod {
  const [fromDay, toDay] = [dayNumber(raw.from)!, dayNumber(raw.to)! + 1];
  const at = [...path, "to"];
  if (toDay - fromDay < 2) {
    throw problem(at, `expected a last day after ${raw.from}, found ${raw.to}`);
  }
  const days = toDay - fromDay;
  if (days >= least && days <= most) return { fromDay, toDay };
  const found = `${days} days, ${raw.from} to ${raw.to}`;
  throw problem(at, `expected ${what} of ${least} to ${most} days, found ${found}`);
}
