// What a design sees of a share, held against how often the report's own reading would see it.
import { describe, expect, it } from "vitest";
import { randomStream } from "../base/keystream.ts";
import { holdoutForRise, minimumDetectableRise } from "./detectable-share.ts";
import { minimumDetectableDifference } from "./power.ts";
import { differenceByScore } from "./shares-by-score.ts";

const asked = { critical: 1.959963984540054, chance: 0.8416212335729143, cases: 5 };

/** How often the rise is found, of 1,500 experiments. */
function seen(share: number, heldOut: number, treated: number, rise: number): number {
  const stream = randomStream(8, `seen/${share}`);
  // Gaps between users with the outcome are geometric.
  const drawn = (n: number, p: number): number => {
    let [count, at] = [0, -1];
    for (;;) {
      at += 1 + Math.floor(Math.log(1 - stream.nextFloat()) / Math.log1p(-p));
      if (at >= n) return count;
      count += 1;
    }
  };
  let hits = 0;
  for (let i = 0; i < 1_500; i++) {
    const control = { successes: drawn(heldOut, share), n: heldOut };
    const treatment = { successes: drawn(treated, share + rise), n: treated };
    if (differenceByScore(control, treatment).lower > 0) hits += 1;
  }
  return hits / 1_500;
}

describe("the smallest rise that is seen", () => {
  it.each([
    [0.01, 1_000, 19_000],
    [0.05, 200, 200],
    [0.3, 500, 4_500],
  ])("of %f with %i held out and %i treated is seen as often as asked", (share, n, m) => {
    const rise = minimumDetectableRise({ share, heldOut: n, treated: m, ...asked });
    expect(seen(share, n, m, rise)).toBeGreaterThan(0.77);
    expect(seen(share, n, m, rise)).toBeLessThan(0.87);
  });

  it("is Wald's where users are many, more where few are held out and the share is rare", () => {
    const wald = (share: number, n: number, m: number) =>
      minimumDetectableDifference(share * (1 - share), n, share * (1 - share), m);
    const of = (share: number, heldOut: number, treated: number) =>
      minimumDetectableRise({ share, heldOut, treated, ...asked });
    expect(of(0.235, 3e6, 297e6) / wald(0.235, 3e6, 297e6)).toBeCloseTo(1, 2);
    expect(of(0.01, 1_000, 99_000) / wald(0.01, 1_000, 99_000)).toBeGreaterThan(1.3);
    // 300 held out of whom 1 has it: only a share of 5 in 300 or more can be told from that.
    expect(of(0.0033, 300, 299_700)).toBeGreaterThan(5 / 300 - 0.0034);
    // Hardly anybody is without it, and a rise leaves fewer.
    expect(of(0.99, 1_000, 99_000)).toBeGreaterThan(0.01);
  });

  it("needs a holdout that sees it, and not a smaller one", () => {
    const design = { share: 0.02, users: 100_000, armShare: 0.5, ...asked };
    const { share, leastUsers } = holdoutForRise(0.01, design);
    const at = (part: number, users: number) => {
      const [heldOut, treated] = [users * part, users * (1 - part) * 0.5];
      return minimumDetectableRise({ ...design, heldOut, treated });
    };
    expect(at(share!, 100_000)).toBeLessThanOrEqual(0.01);
    expect(at(0.99 * share!, 100_000)).toBeGreaterThan(0.01);
    const best = Math.SQRT1_2 / (1 + Math.SQRT1_2);
    expect(at(best, leastUsers)).toBeLessThanOrEqual(0.01);
    expect(at(best, leastUsers - 2)).toBeGreaterThan(0.01);
    expect(holdoutForRise(0.01, { ...design, users: 1_000 }).share).toBeNull();
  });
});
