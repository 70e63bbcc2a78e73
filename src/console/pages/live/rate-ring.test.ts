import { describe, expect, it } from "vitest";
import { RateRing, type Totals } from "./rate-ring.ts";

const START_MS = 1_770_000_000_000;

/** `claims` so far, and half as many of the rest. */
const totals = (claims: number): Totals => {
  return { claims, grants: claims / 2, redemptions: claims / 2, refusals: claims / 2 };
};

describe("rates by the second", () => {
  it("are even where what is counted is even, at whatever instants snapshots come", () => {
    const ring = new RateRing(60);
    for (const atMs of [0, 260, 511, 770, 1021, 1290, 1800, 2310, 2560, 3100, 3900, 4400, 5001]) {
      ring.add(START_MS + atMs, totals(2 * atMs));
    }
    const points = ring.points("claims").filter(([, value]) => !Number.isNaN(value));
    expect(points.map(([atMs]) => atMs - START_MS)).toEqual([1000, 2000, 3000, 4000]);
    for (const [, value] of points) expect(value).toBeCloseTo(2000, 6);
    expect(ring.now("grants")).toBeCloseTo(1000, 6);
  });

  it("hold no more after hours than after minutes", () => {
    const ring = new RateRing(60);
    for (let second = 0; second < 20_000; second++) {
      ring.add(START_MS + second * 1000, totals(second * 5));
    }
    expect(ring.points("claims")).toHaveLength(60);
    expect(ring.points("claims").every(([, value]) => value === 5)).toBe(true);
  });

  it("are unknown while nothing came, and when a server counts anew", () => {
    const ring = new RateRing(60);
    const seen = (): number[] => ring.points("claims").map(([, value]) => value);
    for (let second = 0; second <= 3; second++) ring.add(START_MS + second * 1000, totals(second));
    ring.add(START_MS + 10_000, totals(100));
    ring.add(START_MS + 11_000, totals(0));
    ring.add(START_MS + 12_000, totals(7));
    ring.add(START_MS + 13_000, totals(15));
    const none = Number.NaN;
    expect(seen()).toEqual([none, 1, 1, none, none, none, none, none, none, none, none, none, 8]);
    // Control: the clock standing still, as in a drill, is no new second.
    ring.add(START_MS + 13_000, totals(99));
    expect(seen()).toHaveLength(13);
  });
});
