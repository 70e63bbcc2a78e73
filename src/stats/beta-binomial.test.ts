import { describe, expect, it } from "vitest";
import { betaBinomialUpperTail, greatestBetaDeviation } from "./beta-binomial.ts";
import { binomialUpperTail } from "./binomial.ts";

/** Term by term, each from the one before: slow, and another way altogether. */
function summed(successes: number, n: number, mean: number, deviation: number): number {
  const size = (mean * (1 - mean)) / deviation ** 2 - 1;
  const [a, b] = [mean * size, (1 - mean) * size];
  const weights = [1];
  for (let k = 0; k < n; k++) {
    const ratio = ((n - k) * (k + a)) / ((k + 1) * (n - k - 1 + b));
    weights.push(weights[k]! * ratio);
  }
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.slice(successes).reduce((sum, weight) => sum + weight, 0) / all;
}

describe("the upper tail of a beta-binomial", () => {
  // scipy.stats.betabinom.sf(k - 1, n, a, b)
  it.each([
    [8, 10, 0.5, Math.sqrt(1 / 20), 0.20279720279720292],
    [701, 1000, 0.6, 0.05, 0.02464832066574163],
    [801, 1000, 0.6, 0.1, 0.017031598595197428],
  ])("at least %i of %i at %f ± %f is SciPy's", (k, n, mean, deviation, expected) => {
    expect(betaBinomialUpperTail(k, n, mean, deviation)).toBeCloseTo(expected, 10);
  });

  it("is the sum of its terms, wherever it is asked", () => {
    for (const n of [1, 7, 60, 400]) {
      for (const [mean, deviation] of [
        [0.6, 0.05],
        [0.9, 0.02],
        [0.5, 0.2],
        [0.03, 0.01],
      ] as const) {
        for (let k = 1; k <= n; k += Math.ceil(n / 9)) {
          const found = betaBinomialUpperTail(k, n, mean, deviation);
          expect(Math.abs(found - summed(k, n, mean, deviation))).toBeLessThan(2e-8);
        }
      }
    }
  });

  it("without a deviation is the binomial, and with a tiny one nearly so", () => {
    const exact = binomialUpperTail(620, 1000, 0.6);
    expect(betaBinomialUpperTail(620, 1000, 0.6, 0)).toBe(exact);
    expect(betaBinomialUpperTail(620, 1000, 0.6, 1e-5)).toBeCloseTo(exact, 4);
  });

  it("at a hundred million trials is the tail of the chance itself, SciPy's beta.sf", () => {
    const found = betaBinomialUpperTail(70_000_000, 100_000_000, 0.6, 0.05);
    expect(found).toBeCloseTo(0.020088834805650383, 6);
  });

  it("refuses a deviation that no such distribution has", () => {
    const most = greatestBetaDeviation(0.9);
    expect(() => betaBinomialUpperTail(5, 10, 0.9, most)).not.toThrow();
    expect(() => betaBinomialUpperTail(5, 10, 0.9, most * 1.01)).toThrow("a deviation from 0 to");
  });
});
