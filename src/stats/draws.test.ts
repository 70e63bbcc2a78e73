// Draws carry uncertainty through arithmetic, and their quantiles are R's.
import { expect, test } from "vitest";
import { certain, combine, drawInterval, drawQuantile, drawShare } from "./draws.ts";

const oneToFive = { point: 3, draws: Float64Array.from([5, 1, 4, 2, 3]) };

test("quantiles are those of R's quantile(c(5, 1, 4, 2, 3), type = 7)", () => {
  expect(drawQuantile(oneToFive.draws, 0.1)).toBeCloseTo(1.4, 12);
  expect(drawQuantile(oneToFive.draws, 0.5)).toBe(3);
  expect(drawQuantile(oneToFive.draws, 1)).toBe(5);
});

test("arithmetic goes draw by draw, so that a number minus itself is nothing", () => {
  const none = combine((a, b) => a - b, oneToFive, oneToFive);
  expect(drawInterval(none)).toEqual({ estimate: 0, lower: 0, upper: 0 });
  const doubled = combine((a, b) => a * b, oneToFive, certain(2, 5));
  expect([...doubled.draws]).toEqual([10, 2, 8, 4, 6]);
  expect(doubled.point).toBe(6);
});

test("inputs with unequal numbers of draws are refused", () => {
  expect(() => combine((a, b) => a + b, oneToFive, certain(1, 4))).toThrow("same number of draws");
});

test("the interval's level and the share of draws that pass are as counted", () => {
  const interval = drawInterval(oneToFive, 0.5);
  expect(interval).toEqual({ estimate: 3, lower: 2, upper: 4 });
  expect(drawShare(oneToFive, (value) => value > 3)).toBe(0.4);
});
