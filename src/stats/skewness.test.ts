// Lopsided t statistics turned back: duality, no change for equal arms, and the promise kept where
// few are held out.
import { describe, expect, it } from "vitest";
import { randomStream } from "../base/keystream.ts";
import { differenceInMeans } from "./difference-in-means.ts";
import { effectOf } from "./effect.ts";
import { type Moments, momentsOf, summarizeMoments } from "./moments.ts";
import { relativeLift } from "./relative-lift.ts";
import {
  designSkewness,
  type Shape,
  shapeOf,
  shapeOfShare,
  shapeOfSum,
  skewCorrected,
  skewCorrectedLift,
} from "./skewness.ts";

const alike = (n: number, skewness: number): Shape => ({ n, squares: n, cubes: skewness * n });

describe("the skewness of a difference", () => {
  it("is zero for arms of one size, and the small arm's where the other is large", () => {
    const of = (n: number, m: number) =>
      designSkewness([{ control: alike(n, 10), treatment: alike(m, 10) }]);
    expect(of(500, 500)).toBe(0);
    expect(of(1_000, 1e9)).toBeCloseTo(-10 / Math.sqrt(1_000), 5);
    expect(of(1e9, 1_000)).toBeCloseTo(10 / Math.sqrt(1_000), 5);
  });

  it("of strata is that of the weighted sum, and of one stratum cut in two less", () => {
    const pair = { control: alike(100, 4), treatment: alike(900, 4) };
    const one = designSkewness([pair]);
    expect(designSkewness([pair, pair])).toBeCloseTo(one / Math.SQRT2, 12);
  });

  it("takes shares by their counts, and sums of two numbers by their moments", () => {
    const share = shapeOfShare({ successes: 3, n: 10 });
    const values = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
    const cubes = values.reduce((sum, value) => sum + (value - 0.3) ** 3, 0);
    expect(share.cubes).toBeCloseTo(cubes, 12);
    expect(shapeOf(momentsOf(values))).toBeNull();
    const [x, y] = [
      [1, 5, 2, 9],
      [4, 0, 7, 1],
    ] as const;
    const centred = (of: readonly number[]) => of.map((v) => v - of.reduce((a, b) => a + b) / 4);
    const [u, v] = [centred(x), centred(y)];
    const sum = (f: (a: number, b: number) => number) =>
      u.reduce((total, a, i) => total + f(a, v[i]!), 0);
    const pair = {
      ...{ n: 4, sumX: 17, sumY: 12, sumXX: 111, sumYY: 66, sumXY: 27 },
      cubes: {
        xxx: sum((a) => a ** 3),
        xxy: sum((a, b) => a * a * b),
        xyy: sum((a, b) => a * b * b),
        yyy: sum((_, b) => b ** 3),
      },
    };
    const shape = shapeOfSum(pair, 2, -3)!;
    expect(shape.cubes).toBeCloseTo(
      sum((a, b) => (2 * a - 3 * b) ** 3),
      9,
    );
    expect(shape.squares).toBeCloseTo(
      sum((a, b) => (2 * a - 3 * b) ** 2),
      9,
    );
  });
});

describe("the corrected interval", () => {
  it("is the plain one without skewness, and agrees with its p value", () => {
    const plain = effectOf(1, 0.5, 40);
    expect(skewCorrected(plain, 0)).toEqual(plain);
    for (const skewness of [-0.5, -0.2, 0.01, 0.3, 0.5]) {
      for (let t = -4; t <= 4; t += 0.05) {
        const { lower, upper, p } = skewCorrected(effectOf(t, 1, 40), skewness);
        expect(lower > 0 || upper < 0, `${skewness}, ${t}`).toBe(p < 0.05);
        expect(lower).toBeLessThan(t);
        expect(upper).toBeGreaterThan(t);
      }
    }
  });

  it("has a lift that holds zero where it does, and the delta method's for arms alike", () => {
    const control = { n: 1_000, mean: 10, variance: 400 };
    for (const skewness of [-0.5, -0.3, -0.1, 0.2]) {
      for (let mean = 7; mean <= 13; mean += 0.05) {
        const treatment = { n: 99_000, mean, variance: 400 };
        const plain = differenceInMeans(control, treatment);
        const { lower, upper, p } = skewCorrected(plain, skewness);
        const lift = skewCorrectedLift(control, treatment, skewness)!;
        expect(lift.p).toBeCloseTo(p, 12);
        expect(lift.lower > 0 || lift.upper < 0).toBe(lower > 0 || upper < 0);
      }
    }
    const treatment = { n: 99_000, mean: 11, variance: 400 };
    expect(skewCorrectedLift(control, treatment, -0.05)).toEqual(relativeLift(control, treatment));
    expect(skewCorrectedLift({ ...control, mean: 1 }, treatment, -0.3)).toBeNull();
  });

  it("keeps its promise for 1,000 held out of many, where Welch's does not", () => {
    const random = randomStream(3, "skewness");
    const spend = (): number => (random.nextFloat() < 0.05 ? -Math.log(1 - random.nextFloat()) : 0);
    // Of the many treated the truth is as good as known: mean .05, squares .1, cubes .3.
    const [n, m, campaigns] = [1_000, 999_000, 1_500];
    const third = 0.3 - 3 * 0.05 * 0.1 + 2 * 0.05 ** 3;
    const known = { n: m, mean: 0.05, variance: 0.1 - 0.05 ** 2 };
    const treatment = { n: m, squares: m * known.variance, cubes: m * third };
    const missed = { welch: 0, corrected: 0 };
    for (let i = 0; i < campaigns; i++) {
      const values = Array.from({ length: n }, spend);
      const moments: Moments = momentsOf(values);
      const mean = moments.sum / n;
      const cubes = values.reduce((sum, value) => sum + (value - mean) ** 3, 0);
      const control = shapeOf({ ...moments, cubes })!;
      const welch = differenceInMeans(summarizeMoments(moments), known);
      const corrected = skewCorrected(welch, designSkewness([{ control, treatment }]));
      if (welch.p < 0.05) missed.welch += 1;
      if (corrected.p < 0.05) missed.corrected += 1;
    }
    // A binomial with .05 allows 3.6 to 6.6 % of 1,500.
    expect(missed.corrected / campaigns).toBeLessThan(0.066);
    expect(missed.corrected / campaigns).toBeGreaterThan(0.03);
    expect(missed.welch / campaigns).toBeGreaterThan(0.066);
  });
});
