import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayStarts } from "../../base/time.ts";
import { Calendar, PER } from "./windows.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const berlin = (from: string, to: string): number[] =>
  dayStarts("Europe/Berlin", Date.parse(from), Date.parse(to));
const SPRING = berlin("2026-03-28T12:00:00Z", "2026-03-31T12:00:00Z");
const AUTUMN = berlin("2026-10-24T12:00:00Z", "2026-10-27T12:00:00Z");

describe("windows", () => {
  it("turn with the local day, not with UTC", () => {
    const calendar = new Calendar(SPRING);
    const at = (time: string) => calendar.windowAt(PER.day, Date.parse(time));
    expect(at("2026-03-28T22:59:59.999Z")).toBe(0);
    expect(at("2026-03-28T23:00:00Z")).toBe(1);
    expect(at("2026-03-29T21:59:59.999Z")).toBe(1);
    expect(at("2026-03-29T22:00:00Z")).toBe(2);
  });

  it("have 23 hours on the short day and 25 on the long one", () => {
    const hoursOf = (starts: number[]) => {
      const calendar = new Calendar(starts);
      const seen = new Set<number>();
      for (let atMs = starts[1]!; atMs < starts[2]!; atMs += HOUR_MS) {
        seen.add(calendar.windowAt(PER.hour, atMs));
      }
      return seen.size;
    };
    expect([hoursOf(SPRING), hoursOf(AUTUMN)]).toEqual([23, 25]);
  });

  it("of all time are one", () => {
    const calendar = new Calendar(SPRING);
    expect(calendar.windowAt(PER.total, SPRING[2]!)).toBe(0);
    expect(calendar.windowEnd(PER.total, SPRING[2]!)).toBe(0);
  });

  it("before the first day belong to it", () => {
    const calendar = new Calendar(SPRING);
    const early = SPRING[0]! - 5;
    expect([PER.day, PER.hour, PER.minute].map((per) => calendar.windowAt(per, early))).toEqual([
      0, 0, 0,
    ]);
    const ends = [PER.day, PER.hour, PER.minute].map((per) => calendar.windowEnd(per, early));
    expect(ends).toEqual([SPRING[1], SPRING[0]! + HOUR_MS, SPRING[0]! + MINUTE_MS]);
  });

  it("never go back as time goes on", () => {
    const calendar = new Calendar(AUTUMN);
    for (const per of [PER.day, PER.hour, PER.minute] as const) {
      let last = -1;
      for (let atMs = AUTUMN[0]!; atMs < AUTUMN[3]! + 30 * HOUR_MS; atMs += 17 * MINUTE_MS) {
        const window = calendar.windowAt(per, atMs);
        expect(window).toBeGreaterThanOrEqual(last);
        last = window;
      }
    }
  });

  it("end at the first instant of the next one", () => {
    const times = fc.integer({ min: SPRING[0]!, max: SPRING[3]! - 1 });
    fc.assert(
      fc.property(times, fc.constantFrom(PER.day, PER.hour, PER.minute), (atMs, per) => {
        const calendar = new Calendar(SPRING);
        const end = calendar.windowEnd(per, atMs);
        const window = calendar.windowAt(per, atMs);
        expect(calendar.windowAt(per, end - 1)).toBe(window);
        expect(calendar.windowAt(per, end)).toBeGreaterThan(window);
      }),
    );
  });

  it("do not depend on what was asked before", () => {
    const times = fc.array(fc.integer({ min: SPRING[0]!, max: SPRING[3]! }), { minLength: 2 });
    fc.assert(
      fc.property(times, (asked) => {
        const used = new Calendar(SPRING);
        for (const atMs of asked) {
          const fresh = new Calendar(SPRING);
          expect(used.windowAt(PER.minute, atMs)).toBe(fresh.windowAt(PER.minute, atMs));
        }
      }),
    );
  });
});
