// The holdout that an effect needs, against the effect that a holdout sees.
import { describe, expect, it } from "vitest";
import { holdoutShare, minimumDetectableDifference, normalQuantile } from "./index.ts";

const neededZ = normalQuantile(0.975) + normalQuantile(0.8);

describe("the holdout that an effect needs", () => {
  it("is the one whose smallest effect is that effect, with one arm or several", () => {
    for (const [users, armShare, share] of [
      [10_000, 1, 0.1],
      [300e6, 1, 0.001],
      [40_000, 0.25, 0.05],
      [5000, 1, 0.5],
    ] as const) {
      const [held, treated] = [users * share, users * (1 - share) * armShare];
      const effect = minimumDetectableDifference(0.2, held, 0.2, treated);
      const found = holdoutShare(effect, { variance: 0.2, users, armShare, neededZ });
      expect(found.share! / share).toBeCloseTo(1, 6);
    }
  });

  it("does not exist for too few users, and says how many are enough", () => {
    const design = { variance: 0.25, armShare: 1, neededZ };
    const { share, leastUsers } = holdoutShare(0.05, { ...design, users: 3000 });
    expect(share).toBeNull();
    expect(leastUsers).toBe(Math.ceil((neededZ / 0.05) ** 2));
    expect(holdoutShare(0.05, { ...design, users: leastUsers }).share).toBeCloseTo(0.5, 1);
    expect(holdoutShare(0.05, { ...design, users: 10_000 }).share).toBeCloseTo(0.0859, 4);
  });

  it("refuses effects that are none", () => {
    const design = { variance: 0.25, users: 100, armShare: 1, neededZ };
    expect(() => holdoutShare(0, design)).toThrow(/positive effect/);
  });
});
