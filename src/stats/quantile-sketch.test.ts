import fc from "fast-check";
import { expect, test } from "vitest";
import { drawQuantile } from "./draws.ts";
import { QuantileSketch } from "./quantile-sketch.ts";

const sketchOf = (values: readonly number[]): QuantileSketch => {
  const sketch = new QuantileSketch();
  for (const value of values) sketch.add(value);
  return sketch;
};

/** Without the numbers below 1e-300, whose bits leave no room for 0.2 %. */
const finite = fc
  .double({ min: -1e12, max: 1e12, noNaN: true })
  .filter((value) => value === 0 || Math.abs(value) > 1e-300);

test("a quantile lies within 0.2 % of one of its neighbours by rank", () => {
  fc.assert(
    fc.property(
      fc.array(finite, { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, q) => {
        const sorted = [...values].sort((a, b) => a - b);
        const rank = q * (values.length - 1);
        const low = sorted[Math.floor(rank)]!;
        const high = sorted[Math.ceil(rank)]!;
        const got = sketchOf(values).quantile(q);
        expect(got).toBeGreaterThanOrEqual(low - Math.abs(low) * 0.002);
        expect(got).toBeLessThanOrEqual(high + Math.abs(high) * 0.002);
      },
    ),
  );
});

test("many numbers give the quantiles of all of them", () => {
  const values = Array.from({ length: 100_000 }, (_, i) => 1_000 + 0.37 * i);
  const exact = Float64Array.from(values);
  for (const q of [0.025, 0.5, 0.975]) {
    expect(sketchOf(values).quantile(q) / drawQuantile(exact, q)).toBeCloseTo(1, 3);
  }
});

test("parts add up to the whole, in any order", () => {
  const [a, b, c] = [
    [1, 2, 3.5],
    [-4, 0],
    [Number.POSITIVE_INFINITY, 2],
  ];
  const whole = sketchOf([...a!, ...b!, ...c!]);
  for (const order of [
    [a, b, c],
    [c, a, b],
    [b, c, a],
  ]) {
    const merged = new QuantileSketch();
    for (const part of order) merged.merge(sketchOf(part!).parts());
    expect(merged.parts()).toEqual(whole.parts());
  }
});

test("what is the same in every draw comes back to the last digit", () => {
  expect(sketchOf([25.37, 25.37, 25.37]).quantile(0.5)).toBe(25.37);
  expect(sketchOf([-0, 0]).quantile(0.5)).toBe(0);
});

test("what never happens is later than all that does", () => {
  const months = sketchOf([3, 12, 12, 13, Number.POSITIVE_INFINITY]);
  expect(months.shareAtMost(12)).toBeCloseTo(0.6, 12);
  expect(months.quantile(1)).toBe(Number.POSITIVE_INFINITY);
  expect(sketchOf([-1, 1e-300, 2]).shareAtMost(0)).toBeCloseTo(1 / 3, 12);
});

test("many at once are the same as one after another, and so is what is asked in between", () => {
  const rows = Float64Array.from({ length: 9_000 }, (_, i) => Math.sin(i) * 1.01 ** (i % 3_000));
  const [all, each] = [new QuantileSketch(), new QuantileSketch()];
  for (let i = 1; i < rows.length; i += 3) {
    each.add(rows[i]!);
    if (i % 500 === 1) each.quantile(0.5);
  }
  all.addEach(rows, 1, 3, 3_000);
  expect(all.parts()).toEqual(each.parts());
  expect(all.quantile(0.3)).toBe(each.quantile(0.3));
  // A bin for every number or two: the table has grown.
  expect(all.parts().keys.length).toBeGreaterThan(1_000);
});

test("endless on both sides is the least and the most", () => {
  const sketch = sketchOf([Number.NEGATIVE_INFINITY, -1, 1, Number.POSITIVE_INFINITY]);
  expect(sketch.quantile(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(sketch.quantile(1)).toBe(Number.POSITIVE_INFINITY);
  expect(sketch.shareAtMost(-2)).toBe(0.25);
});

test("no number is refused", () => {
  expect(() => sketchOf([Number.NaN])).toThrow(/a number/);
});
