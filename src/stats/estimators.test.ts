// The worked examples of the docstrings, and what estimators do at the edge of their range. The
// numbers are the published ones that the docstrings name.
import { describe, expect, it } from "vitest";
import {
  absoluteAndRelative,
  addMoments,
  complierEffect,
  covariance,
  differenceInMeans,
  differenceInProportions,
  isLiftDefined,
  momentsOf,
  normalQuantile,
  pairMomentsOf,
  pooledProportionTest,
  ratioOfDifferences,
  relativeLift,
  sampleRatio,
  shareInterval,
  summarizeMoments,
  summarizeRatio,
  summarizeShare,
} from "./index.ts";

const CONTROL = summarizeMoments({ n: 3407, sum: 1396.87, sumSquares: 52377.9767 });
const TREATMENT = summarizeMoments({ n: 3461, sum: 2422.7, sumSquares: 134698.29 });

describe("two arms", () => {
  it("differ in means as GrowthBook's suite says, absolutely and relatively", () => {
    const { absolute, relative } = absoluteAndRelative(CONTROL, TREATMENT);
    expect(absolute.estimate).toBeCloseTo(0.29, 5);
    expect([absolute.lower, absolute.upper].map((x) => x.toFixed(5))).toEqual([
      "0.04538",
      "0.53462",
    ]);
    expect(absolute.p).toBeCloseTo(0.02016, 5);
    expect(relative?.estimate).toBeCloseTo(0.70732, 5);
    expect(relative?.lower).toBeCloseTo(-0.03526, 5);
  });

  it("change sign when they change places", () => {
    const there = differenceInMeans(CONTROL, TREATMENT);
    const back = differenceInMeans(TREATMENT, CONTROL);
    expect(back.estimate).toBe(-there.estimate);
    expect(back.lower).toBe(-there.upper);
    expect(back.p).toBe(there.p);
  });

  it("differ in shares as R's PropCIs and statsmodels say", () => {
    const effect = differenceInProportions({ successes: 1, n: 34 }, { successes: 7, n: 34 });
    expect(effect.lower).toBeCloseTo(0.02916942, 7);
    expect(effect.upper).toBeCloseTo(0.32377176, 7);
    const test = pooledProportionTest({ successes: 12, n: 99 }, { successes: 5, n: 83 });
    expect(test.z).toBeCloseTo(-1.4078304151258787, 10);
    expect(effect.p).toBe(pooledProportionTest({ successes: 1, n: 34 }, { successes: 7, n: 34 }).p);
  });

  it("with the same number everywhere, or one user, are refused", () => {
    const constant = summarizeMoments(momentsOf([0.1, 0.1, 0.1]));
    expect(constant.variance).toBe(0);
    expect(() => differenceInMeans(constant, constant)).toThrow(/variance/);
    expect(() => summarizeMoments(momentsOf([1]))).toThrow(/at least 2 users/);
    expect(() => momentsOf([1, Number.NaN])).toThrow(/finite.*index 1/);
    expect(() => summarizeMoments({ n: 3, sum: Number.NaN, sumSquares: 1 })).toThrow(/finite/);
    expect(() => differenceInMeans(CONTROL, TREATMENT, 95)).toThrow(/confidence level/);
  });

  it("have no relative lift over nothing", () => {
    const nothing = summarizeMoments(momentsOf([0, 0, 0, 0]));
    expect(isLiftDefined(nothing)).toBe(false);
    expect(() => relativeLift(nothing, TREATMENT)).toThrow(/positive control mean/);
    expect(absoluteAndRelative(nothing, TREATMENT).relative).toBeNull();
  });
});

describe("moments", () => {
  it("with exact deviations keep a spread that their sums lose, together as apart", () => {
    const far = (offsets: readonly number[]) => {
      const mean = offsets.reduce((a, b) => a + b, 0) / offsets.length;
      const deviations = offsets.reduce((sum, x) => sum + (x - mean) ** 2, 0);
      return { ...momentsOf(offsets.map((x) => 1e9 + x)), deviations };
    };
    const [a, b] = [far([0, 1, 2]), far([3, 4, 5, 9])];
    const { deviations: _, ...sums } = addMoments(a, b);
    expect(summarizeMoments(sums).variance).toBe(0);
    const variance = summarizeMoments(momentsOf([0, 1, 2, 3, 4, 5, 9])).variance;
    expect(summarizeMoments(addMoments(a, b)).variance).toBeCloseTo(variance, 6);
    expect(addMoments(a, momentsOf([1e9])).deviations).toBeUndefined();
  });

  it("of parts add up to those of the whole", () => {
    const [a, b] = [momentsOf([1, 2.5]), momentsOf([3, 0.25])];
    expect(addMoments(a, b)).toEqual(momentsOf([1, 2.5, 3, 0.25]));
  });

  it("of pairs give covariance and ratio", () => {
    const pair = pairMomentsOf([
      [1, 2],
      [3, 6],
    ]);
    expect(covariance(pair)).toBe(4);
    // x is exactly half of y: the ratio has no variance.
    expect(summarizeRatio(pair)).toEqual({ n: 2, mean: 0.5, variance: 0 });
  });
});

describe("take-up and cost", () => {
  const users = (n: number, pair: (i: number) => [number, number]) =>
    pairMomentsOf(Array.from({ length: n }, (_, i) => pair(i)));

  it("doubles the effect when half of the treated claim", () => {
    const control = users(400, (i) => [0, i % 3]);
    const treatment = users(400, (i) => [i % 2, (i % 3) + (i % 2)]);
    const { effect, takeUp } = complierEffect(control, treatment);
    expect(takeUp).toBe(0.5);
    expect(effect?.estimate).toBeCloseTo(1, 10);
  });

  it("gives no effect when hardly anybody claims", () => {
    const control = users(400, (i) => [0, i % 3]);
    const treatment = users(400, (i) => [i === 0 ? 1 : 0, i % 3]);
    expect(complierEffect(control, treatment).effect).toBeNull();
  });

  it("has no upper end when the treatment may have kept nobody", () => {
    const control = users(100, (i) => [i % 10 === 0 ? 1 : 0, 0]);
    const treatment = users(100, (i) => [i % 9 === 0 ? 1 : 0, i % 2 === 0 ? 5 : 4]);
    const { interval, differenceX } = ratioOfDifferences(control, treatment);
    expect(differenceX).toBeCloseTo(0.02, 10);
    expect(interval.upper).toBeNull();
    expect(interval.lower).toBeGreaterThan(0);
  });

  it("is the worked example when the data leave no doubt", () => {
    const control = users(100_000, (i) => [i % 10 === 0 ? 1 : 0, 0]);
    const treatment = users(100_000, (i) => [i % 5 === 0 ? 1 : 0, 5]);
    const { estimate, interval } = ratioOfDifferences(control, treatment);
    expect(estimate).toBeCloseTo(50, 8);
    expect(interval.lower).toBeGreaterThan(48);
    expect(interval.upper).toBeLessThan(52);
  });
});

describe("the sample ratio", () => {
  it("is exact for an allocator of one's own", () => {
    const check = sampleRatio([130, 9870], [2, 98], { exact: true });
    expect(check.method).toBe("binomial");
    expect(check.passed).toBe(false);
    expect(sampleRatio([200, 9800], [2, 98], { exact: true }).p).toBe(1);
  });

  it("raises no alarm for a deviation too small to matter", () => {
    const counts = [25_012_000, 24_988_000];
    expect(sampleRatio(counts, [1, 1]).p).toBeLessThan(0.001);
    expect(sampleRatio(counts, [1, 1]).passed).toBe(true);
    expect(sampleRatio(counts, [1, 1], { practicalDeviation: 1e-4 }).passed).toBe(false);
  });

  it("of an arm with nobody is broken, and of no users refused", () => {
    expect(sampleRatio([0, 100], [1, 1], { exact: true }).passed).toBe(false);
    expect(() => sampleRatio([0, 0], [1, 1])).toThrow(/at least one user/);
    expect(() => sampleRatio([5], [1])).toThrow(/at least 2/);
    expect(() => sampleRatio([5, 6], [1, 0])).toThrow(/positive weights/);
  });
});

it("a share of none or all still has an interval", () => {
  const none = shareInterval({ successes: 0, n: 20 });
  expect(none.lower).toBe(0);
  expect(none.upper).toBeCloseTo(
    normalQuantile(0.975) ** 2 / (20 + normalQuantile(0.975) ** 2),
    12,
  );
  expect(shareInterval({ successes: 20, n: 20 }).upper).toBe(1);
  expect(() => summarizeShare(3, 2)).toThrow(/share/);
});
