// What is still redeemed of what is out, where it can be worked out by hand.
import { describe, expect, it } from "vitest";
import { randomStream } from "../base/keystream.ts";
import { type RedemptionCohort, type SharePrior, spendOutlook } from "./spend-outlook.ts";

/** Half of what is left is redeemed in each of four classes of age, ten days each. */
const AGES = [10, 20, 30, 40];
const HALVES = [50_000, 25_000, 12_500, 6250];
const VAGUE: SharePrior = { mean: 0.5, deviation: 0.29 };

function cohort(age: number, life = 40): RedemptionCohort {
  const over = AGES.filter((end) => end <= age).length;
  const redeemed = HALVES.map((minor, k) => (k < over ? minor : 0));
  const left = 100_000 - redeemed.reduce((a, b) => a + b, 0);
  const live = age < life ? left : 0;
  return { issued: 100_000, redeemed, seen: 5000, age, life, live, liveCount: live };
}

const outlook = (cohorts: RedemptionCohort[], prior = VAGUE) =>
  spendOutlook({ ages: AGES, cohorts, freshLife: 40 }, prior, 200, randomStream(2, "spend"));

function middle(draws: Float64Array): number {
  return draws.slice().sort()[draws.length / 2]!;
}

const OLD = [40, 40, 40, 40, 40, 40, 40, 40].map((age) => cohort(age));

describe("what is still redeemed", () => {
  it("is learned class by class from cohorts that are through with it", () => {
    const { draws, redeemedBy, lapseShare } = outlook([...OLD, cohort(20)]);
    // 25,000 are left at 20; three quarters of it go by 40.
    expect(middle(draws) / 18_750).toBeCloseTo(1, 1);
    [0.5, 0.75, 0.875, 0.9375].forEach((share, k) => {
      expect(redeemedBy[k]).toBeCloseTo(share, 1);
    });
    expect(middle(lapseShare)).toBeCloseTo(0.0625, 1);
  });

  it("and what lapses are all that is out, cohort by cohort", () => {
    const { draws, lapsing } = outlook([...OLD, cohort(20), cohort(10)]);
    const live = 25_000 + 50_000;
    draws.forEach((draw, i) => {
      const lapsed = lapsing.reduce((sum, one) => sum + one[i]!, 0);
      expect(draw + lapsed).toBeCloseTo(live, 6);
    });
    // The older one has less time left, and lapses to a larger part.
    const [older, younger] = lapsing.slice(-2).map(middle);
    expect(older! / 25_000).toBeGreaterThan(younger! / 50_000);
  });

  it("at ages that no cohort is through with is anything from nothing to all", () => {
    const { draws, least, most, seenTo } = outlook([20, 20, 20, 10].map((age) => cohort(age)));
    expect(seenTo).toBe(20);
    // Of those of 20 nothing is seen ahead; of that of 10 the class to 20.
    const [low, high] = [middle(least), middle(most)];
    // Somewhat less than half, for so few cohorts do not outweigh what was expected beforehand.
    expect(low).toBeGreaterThan(0.85 * 25_000);
    expect(low).toBeLessThan(1.05 * 25_000);
    expect(high).toBe(3 * 25_000 + 50_000);
    expect(middle(draws)).toBeGreaterThan(low);
    expect(middle(draws)).toBeLessThan(high);
  });

  it("has no such bounds once all ages were lived through", () => {
    const { draws, least, most, seenTo } = outlook([...OLD, cohort(10)]);
    expect(seenTo).toBe(40);
    expect(least).toEqual(draws);
    expect(most).toEqual(draws);
  });

  it("is what was expected beforehand while nothing was seen", () => {
    const young = outlook([cohort(0)], { mean: 0.65, deviation: 0.04 });
    expect(young.seenTo).toBe(0);
    expect(middle(young.draws) / 65_000).toBeCloseTo(1, 1);
    expect(middle(young.least)).toBe(0);
  });

  it("of grants that lived through a part of a class counts as so much of it", () => {
    // They expired at 25: in five of ten days somewhat more than a quarter of what was left went.
    const short = OLD.map(() => {
      const redeemed = [50_000, 25_000, 25_000 * (1 - Math.SQRT1_2), 0];
      return { ...cohort(25, 25), age: 40, redeemed, live: 0, liveCount: 0 };
    });
    const { redeemedBy, seenTo } = outlook([...short, cohort(10)]);
    expect(seenTo).toBe(25);
    expect(redeemedBy[2]! - redeemedBy[1]!).toBeGreaterThan(0.11);
    expect(redeemedBy[2]! - redeemedBy[1]!).toBeLessThan(0.16);
  });
});
