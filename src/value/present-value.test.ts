// Discounting against closed forms and against the sums that they stand for.
import { describe, expect, test } from "vitest";
import { around, fixed } from "./campaign.fixture.ts";
import { discountedMonths, lastSurvival, worthOf } from "./kept-users.ts";
import { annuityFactor, decayingPerpetuity, geometricSum, monthDiscount } from "./present-value.ts";

const months = (count: number, survival: number) =>
  Array.from({ length: count }, (_, m) => 100 * survival ** m);

describe("closed forms", () => {
  test("an annuity is the sum of its payments", () => {
    expect(annuityFactor(0.1, 3)).toBeCloseTo(1 / 1.1 + 1 / 1.21 + 1 / 1.331, 14);
    expect(annuityFactor(0, 7)).toBe(7);
    expect(annuityFactor(1e-9, 1_000)).toBeCloseTo(1_000 - 1e-9 * 500_500, 8);
  });

  test("a perpetuity with churn is 1 / (1 + rate - survival)", () => {
    expect(decayingPerpetuity(0.1, 0.8)).toBeCloseTo(1 / 0.3, 14);
    expect(decayingPerpetuity(0.1, 1)).toBeCloseTo(10, 12);
    let sum = 0;
    for (let k = 1; k < 2_000; k++) sum += 0.8 ** (k - 1) / 1.1 ** k;
    expect(decayingPerpetuity(0.1, 0.8)).toBeCloseTo(sum, 12);
    expect(() => decayingPerpetuity(0.1, 1.1)).toThrow(/grow less/);
  });

  test("a geometric sum is exact near 1 and refuses to be infinite", () => {
    expect(geometricSum(0.5, Number.POSITIVE_INFINITY)).toBe(1);
    expect(geometricSum(1 - 1e-12, 10)).toBeCloseTo(10, 9);
    expect(geometricSum(0, 5)).toBe(0);
    expect(() => geometricSum(1, Number.POSITIVE_INFINITY)).toThrow(/below 1/);
  });
});

describe("the kept users' months", () => {
  const v = 1.1 ** (-1 / 12);

  test("of users who all stay are an annuity of months, at their middle", () => {
    const annuity = annuityFactor(1 / v - 1, 60) / Math.sqrt(v);
    expect(worthOf(months(12, 1), 60, 0.1)).toBeCloseTo(100 * annuity, 9);
    expect(worthOf(months(60, 1), 60, 0.1)).toBeCloseTo(100 * annuity, 9);
  });

  test("with churn go on for ever as a decaying perpetuity", () => {
    const forever = decayingPerpetuity(1 / v - 1, 0.9) / Math.sqrt(v);
    expect(worthOf(months(24, 0.9), Number.POSITIVE_INFINITY, 0.1)).toBeCloseTo(100 * forever, 9);
    expect(worthOf(months(24, 0.9), 12, 0.1)).toBeCloseTo(
      months(12, 0.9).reduce((sum, users, m) => sum + users * monthDiscount(m, 0.1), 0),
      10,
    );
  });

  test("churn is read from the last half year; nobody comes back", () => {
    expect(lastSurvival(months(12, 0.9))).toBeCloseTo(0.9, 12);
    expect(lastSurvival([50, 100])).toBe(1);
    expect(lastSurvival([100])).toBe(1);
    expect(lastSurvival([100, 0])).toBe(0);
    expect(lastSurvival([-100, -90])).toBeCloseTo(0.9, 12);
  });

  test("are computed draw by draw", () => {
    const active = months(6, 0.9).map((users) => around(users));
    const read = discountedMonths(active, { months: fixed(24), discount: fixed(0.1) });
    expect(read.point).toBeCloseTo(worthOf(months(6, 0.9), 24, 0.1), 10);
    expect([...read.draws].map((each) => each / read.point)).toEqual([
      expect.closeTo(0.8, 10),
      expect.closeTo(1, 10),
      expect.closeTo(1.2, 10),
    ]);
  });
});
