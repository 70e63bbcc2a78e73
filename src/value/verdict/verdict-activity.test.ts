import { describe, expect, it } from "vitest";
import { certain } from "../../stats/draws.ts";
import { activeByMonth } from "./verdict-activity.ts";
import type { StudySlice } from "./verdict-slice.ts";

/** Watched for so many periods of five days: 10 points more stay of the treated; no curve. */
function study(periods: number): StudySlice {
  const seen = (estimate: number): object[] =>
    Array.from({ length: periods }, () => ({ estimate, lower: estimate, upper: estimate }));
  const arms = [
    { arm: "holdout", seen: seen(0.2), expected: null },
    { arm: "treated", seen: seen(0.3), expected: null },
  ];
  return { retention: { periodDays: 5, level: 0.95, arms } } as unknown as StudySlice;
}

describe("active users by month", () => {
  const months = (periods: number): number[] | null => {
    const found = activeByMonth(study(periods), "treated", 1_000, certain(0, 10));
    return found === null ? null : found.map(({ draws }) => Math.round(draws[0]!));
  };

  it("count thirty watched days as a month, where no curve could be fitted", () => {
    expect(months(6)).toEqual([100]);
    expect(months(4)).toEqual([100]);
    expect(months(12)).toEqual([100, 100]);
  });

  it("are not known from less than half a month", () => {
    expect(months(3)).toBeNull();
  });
});
