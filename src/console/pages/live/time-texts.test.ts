// Ticks of a chart in a zone whose clocks are turned within it: whichever day it is today, each
// midnight is named by its day, and each tick lies at a whole hour of the clocks then.
import { createIntl } from "react-intl";
import { describe, expect, test } from "vitest";
import { timeTicks } from "../../../report/time-ticks.ts";
import { timeTexts } from "./time-texts.ts";

const HOUR_MS = 3_600_000;
const intl = createIntl({ locale: "en-GB", timeZone: "UTC" });

function ticksOf(zone: string, from: string, hours: number, most: number): string[] {
  const { offsetAtMs, tickText } = timeTexts(intl, zone);
  const fromMs = Date.parse(from);
  const { stepMs, instants } = timeTicks(fromMs, fromMs + hours * HOUR_MS, most, offsetAtMs);
  return instants.map((atMs) => tickText(atMs, stepMs));
}

describe("ticks where the clocks are turned", () => {
  test("back, in Berlin: the day of 25 hours", () => {
    // 25 October 2026: at 03:00 it is 02:00 once more.
    const ticks = ticksOf("Europe/Berlin", "2026-10-24T12:00:00Z", 48, 8);
    expect(ticks).toEqual([
      ...["18:00", "25 Oct", "06:00", "12:00", "18:00"],
      ...["26 Oct", "06:00", "12:00"],
    ]);
  });

  test("forward, in New York: an hour that no clock shows has no tick", () => {
    // 8 March 2026: at 02:00 it is 03:00.
    const ticks = ticksOf("America/New_York", "2026-03-08T04:30:00Z", 7, 8);
    expect(ticks).toEqual(["8 Mar", "01:00", "03:00", "04:00", "05:00", "06:00", "07:00"]);
  });

  test("in summer and in winter alike, whenever one looks", () => {
    for (const month of ["01", "07"]) {
      const ticks = ticksOf("Europe/Berlin", `2026-${month}-09T20:00:00Z`, 30, 8);
      expect(ticks.filter((text) => text.includes("10"))).toHaveLength(1);
    }
  });
});

describe("years", () => {
  const YEAR_H = 366 * 24;

  test("on the ticks of a span of a year, wide and narrow; not on those of a month", () => {
    for (const most of [8, 4]) {
      const year = ticksOf("Asia/Shanghai", "2026-02-06T00:00:00Z", YEAR_H, most);
      expect(year.length).toBeGreaterThan(1);
      for (const text of year) expect(text).toMatch(/^\d+ \w+ 202[67]$/);
      const month = ticksOf("Asia/Shanghai", "2026-02-06T00:00:00Z", 30 * 24, most);
      for (const text of month) expect(text).toMatch(/^\d+ \w+$/);
    }
  });

  test("on an instant in full, always", () => {
    const { timeText } = timeTexts(intl, "Asia/Shanghai");
    expect(timeText(Date.parse("2026-12-31T16:00:05Z"))).toBe("1 Jan 2027, 00:00:05");
  });
});
