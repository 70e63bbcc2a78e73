import { describe, expect, test } from "vitest";
import { dayStarts, isTimeZone } from "./time.ts";

const HOUR_MS = 3_600_000;

/** Lengths of the local days from one date to another, in hours. */
function hours(zone: string, from: string, to: string): number[] {
  const starts = dayStarts(zone, Date.parse(from), Date.parse(to));
  return starts.slice(1).map((start, i) => (start - starts[i]!) / HOUR_MS);
}

describe("local days have the hours that clocks show:", () => {
  const cases: [string, string, string, string, number[]][] = [
    ["24 where clocks never change", "Asia/Shanghai", "2026-02-06", "2026-02-09", [24, 24, 24]],
    ["23 in spring", "Europe/Berlin", "2026-03-28T12:00Z", "2026-03-31T12:00Z", [24, 23, 24]],
    ["25 in autumn", "America/New_York", "2026-10-31T12:00Z", "2026-11-03T12:00Z", [24, 25, 24]],
    [
      "half an hour more or less on Lord Howe",
      "Australia/Lord_Howe",
      "2026-04-03T20:00Z",
      "2026-04-06T20:00Z",
      [24, 24.5, 24],
    ],
    [
      "23 where midnight itself is skipped",
      "America/Sao_Paulo",
      "2018-11-03T12:00Z",
      "2018-11-06T12:00Z",
      [24, 23, 24],
    ],
  ];
  test.each(cases)("%s", (_, zone, from, to, lengths) => {
    expect(hours(zone, from, to)).toEqual(lengths);
  });
});

test("a day that a zone left out has no start", () => {
  const starts = dayStarts(
    "Pacific/Apia",
    Date.parse("2011-12-29T12:00:00-10:00"),
    Date.parse("2011-12-31T12:00:00+14:00"),
  );
  // 30 December 2011 never came in Samoa: the 31st follows the 29th at once.
  expect(starts.map((start) => new Date(start).toISOString())).toEqual([
    "2011-12-29T10:00:00.000Z",
    "2011-12-30T10:00:00.000Z",
  ]);
});

test("the first day is that of `from`, the last that of `to`", () => {
  const at = Date.parse("2026-02-06T23:59:59.999+08:00");
  expect(dayStarts("Asia/Shanghai", at, at)).toEqual([Date.parse("2026-02-06T00:00:00+08:00")]);
  expect(dayStarts("Asia/Shanghai", at, at + 1)).toHaveLength(2);
});

test("every millisecond belongs to one day: the instants just around each start differ in date", () => {
  const zone = "America/Santiago";
  const date = new Intl.DateTimeFormat("en-CA", { timeZone: zone });
  const starts = dayStarts(zone, Date.parse("2026-01-01T12:00Z"), Date.parse("2027-01-01T12:00Z"));
  expect(starts).toHaveLength(366);
  for (const start of starts) expect(date.format(start)).not.toBe(date.format(start - 1));
  const lengths = new Set(starts.slice(1).map((start, i) => start - starts[i]!));
  expect(lengths).toEqual(new Set([24 * HOUR_MS, 25 * HOUR_MS, 23 * HOUR_MS]));
});

test("only zones that the platform knows are zones", () => {
  expect(isTimeZone("Asia/Shanghai")).toBe(true);
  expect(isTimeZone("Asia/Shangai")).toBe(false);
  expect(isTimeZone("")).toBe(false);
});
