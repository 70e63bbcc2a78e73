import { describe, expect, it } from "vitest";
import { randomStream } from "../base/keystream.ts";
import { heterogeneity } from "./heterogeneity.ts";

const group = (estimate: number, standardError: number) => ({ estimate, standardError });

describe("whether an effect differs between groups", () => {
  it("is Cochran's Q, as computed by hand", () => {
    const { pooled, q, degreesOfFreedom, p, inconsistency } = heterogeneity([
      group(1, 1),
      group(3, 1),
    ]);
    expect([pooled, q, degreesOfFreedom, inconsistency]).toEqual([2, 2, 1, 0.5]);
    expect(p).toBeCloseTo(0.157299207, 9); // erfc(1), the tail of chi-square at 2 on 1
  });

  it("weighs groups by their precision", () => {
    // Weights 4, 1, 1: pooled (8 + 1 + 6) / 6 = 2.5; Q = 4 (.25) + 2.25 + 12.25 = 15.5 on 2.
    const { pooled, q, p } = heterogeneity([group(2, 0.5), group(1, 1), group(6, 1)]);
    expect(pooled).toBeCloseTo(2.5, 12);
    expect(q).toBeCloseTo(15.5, 12);
    expect(p).toBeCloseTo(Math.exp(-15.5 / 2), 12); // the tail on 2 degrees
  });

  it("finds nothing in equal groups, and is not defined on one", () => {
    const same = heterogeneity([group(1, 1), group(1, 2)]);
    expect([same.q, same.p, same.inconsistency]).toEqual([0, 1, 0]);
    expect(() => heterogeneity([group(1, 1)])).toThrow(/at least 2 groups, got 1/);
    expect(() => heterogeneity([group(1, 0), group(1, 1)])).toThrow(/positive standard error/);
  });

  it("cries wolf about as often as it says where the effect is one", () => {
    const stream = randomStream("heterogeneity", "null");
    let alarms = 0;
    for (let i = 0; i < 2000; i++) {
      const errors = [0.5, 1, 2, 3];
      const groups = errors.map((error) => group(1 + error * stream.nextNormal(), error));
      if (heterogeneity(groups).p < 0.05) alarms += 1;
    }
    // What a binomial of 2,000 with .05 allows, 99 %.
    expect(alarms).toBeGreaterThan(75);
    expect(alarms).toBeLessThan(125);
  });
});
