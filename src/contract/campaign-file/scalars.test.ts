import { expect, test } from "vitest";
import { readAmount, readDuration, readInstant, readShare } from "./scalars.ts";

test("amounts are plain digits with at most the currency's decimals", () => {
  expect(readAmount("25", 2)).toBe(2500);
  expect(readAmount("25.5", 2)).toBe(2550);
  expect(readAmount("500", 0)).toBe(500);
  expect(readAmount("1.234", 3)).toBe(1234);
  for (const text of [
    "",
    ".5",
    "5.",
    "+5",
    "-5",
    "1e3",
    "0x10",
    "2_888",
    "1,000",
    " 5",
    "25.000",
  ]) {
    expect(readAmount(text, 2)).toBeNull();
  }
  expect(readAmount("500.0", 0)).toBeNull();
});

test("times are exact, and none that does not exist is carried over", () => {
  expect(readInstant("2026-02-06T00:00:00+08:00")).toBe(Date.parse("2026-02-05T16:00:00Z"));
  expect(readInstant("2026-02-06T00:00Z")).toBe(Date.parse("2026-02-06T00:00:00Z"));
  expect(readInstant("2024-02-29T12:30:15.5-03:30")).toBe(Date.parse("2024-02-29T16:00:15.500Z"));
  for (const text of [
    "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T00:60:00Z",
    "2026-01-01T00:00:60Z",
    "2026-01-01T00:00:00+15:00",
    "2026-01-01T00:00:00",
    "2026-01-01 00:00:00Z",
    "1970-01-01T00:00:00Z",
  ]) {
    expect(readInstant(text)).toBeNull();
  }
});

test("durations have one unit", () => {
  expect(readDuration("7d")).toBe(604_800_000);
  expect(readDuration("24h")).toBe(86_400_000);
  expect(readDuration("90m")).toBe(5_400_000);
  expect(readDuration("30s")).toBe(30_000);
  for (const text of ["7", "d", "1.5h", "-1d", "1h30m", "7 d", "7D"]) {
    expect(readDuration(text)).toBeNull();
  }
});

test("shares are from 0 to 1, or in per cent", () => {
  expect(readShare(0.02)).toBe(0.02);
  expect(readShare("2 %")).toBe(0.02);
  expect(readShare("12.5%")).toBe(0.125);
  for (const value of [1.01, -0.1, Number.NaN, "101 %", "2", "-1 %", "% 2"]) {
    expect(readShare(value)).toBeNull();
  }
});
