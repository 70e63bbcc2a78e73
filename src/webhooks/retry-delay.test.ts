import { describe, expect, it } from "vitest";
import { jittered, RETRY_MS, retryAfterMs } from "./retry-delay.ts";

describe("the waits between attempts", () => {
  it("span three days in ten attempts, as the specification's example does", () => {
    expect(RETRY_MS).toHaveLength(9);
    expect(RETRY_MS.reduce((sum, wait) => sum + wait, 0)).toBe(((75 * 60 + 35) * 60 + 5) * 1000);
  });

  it("are up to a quarter longer, never shorter, and differ", () => {
    const waits = Array.from({ length: 200 }, () => jittered(10_000));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(10_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(12_500);
    expect(new Set(waits).size).toBeGreaterThan(50);
  });
});

describe("Retry-After", () => {
  const nowMs = Date.parse("2026-02-06T12:00:00Z");

  it.each([
    ["120", 120_000],
    ["0", 0],
    ["Fri, 06 Feb 2026 12:00:30 GMT", 30_000],
    ["Fri, 06 Feb 2026 11:00:00 GMT", 0],
    ["999999999", 86_400_000],
    ["soon", null],
    [undefined, null],
  ])("of %s is %s ms", (header, expected) => {
    expect(retryAfterMs(header, nowMs)).toBe(expected);
  });
});
