import { expect, it } from "vitest";
import { binomialCdf, binomialUpperTail } from "./binomial.ts";
import { exactShareInterval } from "./exact-share-interval.ts";

// R 4.3: binom.test(x, n)$conf.int
it.each([
  [0, 10, 0, 0.3084971078],
  [5, 10, 0.187086028, 0.812913972],
  [10, 10, 0.6915028922, 1],
  [3, 100, 0.0062298636, 0.0851763487],
])("is R's for %i of %i", (successes, n, lower, upper) => {
  const interval = exactShareInterval({ successes, n });
  expect(interval.lower).toBeCloseTo(lower, 6);
  expect(interval.upper).toBeCloseTo(upper, 6);
});

it("leaves exactly half of what is left on each side", () => {
  for (const [successes, n] of [
    [1, 7],
    [13, 40],
    [399, 400],
  ] as const) {
    const { lower, upper } = exactShareInterval({ successes, n });
    expect(binomialUpperTail(successes, n, lower)).toBeCloseTo(0.025, 9);
    expect(binomialCdf(successes, n, upper)).toBeCloseTo(0.025, 9);
  }
});

it("refuses what is no count", () => {
  expect(() => exactShareInterval({ successes: 3, n: 2 })).toThrow();
  expect(() => exactShareInterval({ successes: 0, n: 0 })).toThrow();
  expect(() => exactShareInterval({ successes: 0.5, n: 2 })).toThrow();
});
