import { describe, expect, it } from "vitest";
import { dayStarts, isTimeZone } from "./time.ts";

const HOUR_MS = 3_600_000;
const hours = (starts: number[]): number[] =>
  starts.slice(1).map((start, i) => (start - starts[i]!) / HOUR_MS);
const starts = (zone: string, from: string, to: string): number[] =>
  dayStarts(zone, Date.parse(from), Date.parse(to));

describe("dayStarts", () => {
  it("begins with the day of the first instant and ends with the day of the last", () => {
    const days = starts("Asia/Shanghai", "2026-02-06T10:00:00+08:00", "2026-02-08T00:00:00+08:00");
    expect(days.map((atMs) => new Date(atMs).toISOString())).toEqual([
      "2026-02-05T16:00:00.000Z",
      "2026-02-06T16:00:00.000Z",
      "2026-02-07T16:00:00.000Z",
    ]);
  });

  it("gives a day of 23 hours in spring and of 25 in autumn", () => {
    const spring = starts("Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-31T12:00:00Z");
    const autumn = starts("Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-27T12:00:00Z");
    expect(hours(spring)).toEqual([24, 23, 24]);
    expect(hours(autumn)).toEqual([24, 25, 24]);
  });

  it("starts a day after a midnight that does not exist", () => {
    // In 2018 São Paulo put its clocks forward at midnight of 4 November.
    const days = starts("America/Sao_Paulo", "2018-11-03T12:00:00Z", "2018-11-05T12:00:00Z");
    expect(days.map((atMs) => new Date(atMs).toISOString())).toEqual([
      "2018-11-03T03:00:00.000Z",
      "2018-11-04T03:00:00.000Z",
      "2018-11-05T02:00:00.000Z",
    ]);
  });

  it("knows zones off the whole hour", () => {
    const [first] = starts("Asia/Kathmandu", "2026-01-01T12:00:00Z", "2026-01-01T12:00:00Z");
    expect(new Date(first!).toISOString()).toBe("2025-12-31T18:15:00.000Z");
  });

  it("passes over a day that a country skipped", () => {
    // Samoa had no 30 December 2011.
    const days = starts("Pacific/Apia", "2011-12-29T12:00:00Z", "2012-01-01T12:00:00Z");
    expect(hours(days)).toEqual([24, 24, 24]);
  });

  it("covers three years without a gap", () => {
    const days = starts("America/New_York", "2025-01-01T12:00:00Z", "2028-01-01T12:00:00Z");
    expect(days).toHaveLength(365 + 365 + 365 + 1);
    expect(new Set(hours(days))).toEqual(new Set([23, 24, 25]));
  });

  it("refuses a span that runs back", () => {
    expect(() => dayStarts("UTC", 1, 0)).toThrow("from <= to");
  });
});

describe("isTimeZone", () => {
  it("knows the zones of the platform and no others", () => {
    expect(isTimeZone("Asia/Shanghai")).toBe(true);
    expect(isTimeZone("Asia/Atlantis")).toBe(false);
  });
});
