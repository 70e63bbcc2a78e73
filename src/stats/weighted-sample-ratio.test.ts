import { describe, expect, it } from "vitest";
import { randomStream } from "../base/keystream.ts";
import { weightedSampleRatio } from "./weighted-sample-ratio.ts";

describe("the weighted sample ratio", () => {
  it("of one set of chances is the normal test of one share", () => {
    const found = weightedSampleRatio([{ chances: [0.1, 0.9], counts: [120, 880] }]);
    // z = 20 / sqrt(1000 x .1 x .9) in both arms, so that the p of one counts twice.
    expect(found.p).toBeCloseTo(2 * 0.035_014_981, 8);
    expect(found.ratios).toEqual([1.2, expect.closeTo(880 / 900, 12)]);
    expect(found.largestDeviation).toBeCloseTo(0.2, 12);
  });

  it("is 1 where every stratum has what it should, however the sums look", () => {
    const found = weightedSampleRatio([
      { chances: [0.02, 0.98], counts: [20, 980] },
      { chances: [0.2, 0.8], counts: [800, 3200] },
    ]);
    expect(found).toMatchObject({ p: 1, largestDeviation: expect.closeTo(0, 12) });
  });

  it("leaves out an arm that a stratum gives nobody", () => {
    const strata = [
      { chances: [0, 1], counts: [0, 500] },
      { chances: [0.5, 0.5], counts: [250, 250] },
    ];
    expect(weightedSampleRatio(strata).p).toBe(1);
    const wrong = [{ chances: [0, 1], counts: [1, 500] }];
    expect(() => weightedSampleRatio(wrong)).toThrow(/no user without a chance/);
  });

  it("cries wolf no more often than it says, under the null", () => {
    const random = randomStream(7, "weighted sample ratio");
    const drawn = (users: number, chances: number[]) => {
      const counts = chances.map(() => 0);
      for (let i = 0; i < users; i++) {
        const point = random.nextU32() / 2 ** 32;
        const [first, second] = chances as [number, number];
        counts[point < first ? 0 : point < first + second ? 1 : 2]! += 1;
      }
      return { chances, counts };
    };
    let alarms = 0;
    for (let run = 0; run < 1000; run++) {
      const strata = [drawn(300, [0.1, 0.6, 0.3]), drawn(200, [0.3, 0.35, 0.35])];
      if (weightedSampleRatio(strata).p < 0.05) alarms += 1;
    }
    // Bonferroni over three arms that depend on each other: at most 5 %, and not nothing.
    expect(alarms).toBeGreaterThan(15);
    expect(alarms).toBeLessThan(66);
  });

  it("refuses strata of other arms, and no users", () => {
    expect(() => weightedSampleRatio([])).toThrow(/two arms or more/);
    expect(() => weightedSampleRatio([{ chances: [0.5, 0.5], counts: [0, 0] }])).toThrow(
      /one user/,
    );
  });
});
