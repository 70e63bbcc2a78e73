// Quantiles against SciPy's figures, moments against closed forms, and sentences for what cannot
// be.
import { describe, expect, test } from "vitest";
import { betaQuantile } from "../beta.ts";
import { normalCdf } from "../normal.ts";
import { BetaScores } from "./beta-scores.ts";
import { distributionProblem, supportOf } from "./check-distribution.ts";
import type { Distribution } from "./distribution.ts";
import { inverseOf, medianOf } from "./inverse.ts";

const SHARES = [1e-6, 0.01, 0.25, 0.5, 0.9, 0.999];

describe("quantiles are SciPy's", () => {
  // scipy 1.17.1, ppf at SHARES.
  const cases: [string, Distribution, number[]][] = [
    [
      "triangular",
      { kind: "triangular", low: 80, mode: 110, high: 160 },
      [80.04898979, 84.89897949, 104.4948974, 115.2786405, 140, 158],
    ],
    [
      "pert",
      { kind: "pert", low: 80, mode: 110, high: 160 },
      [80.12278768, 85.11583686, 101.9122984, 112.5475953, 133.8522082, 153.6384602],
    ],
    [
      "lognormal",
      { kind: "lognormal", p5: 1, p95: 8 },
      [0.1401637151, 0.6500043936, 1.846648167, 2.828427125, 6.358524582, 19.94688781],
    ],
    [
      "lognormal, cut",
      { kind: "lognormal", p5: 1, p95: 8, within: [2, 4] },
      [2.000001534, 2.015347474, 2.393649041, 2.828427125, 3.713119327, 3.996934332],
    ],
    [
      "normal",
      { kind: "normal", mean: 10, sd: 2 },
      [0.4931513824, 5.347304252, 8.6510205, 10, 12.56310313, 16.18046461],
    ],
    [
      "normal, cut",
      { kind: "normal", mean: 0.1, sd: 0.2, within: [0, 1] },
      [3.928013761e-7, 0.003909102672, 0.09067311866, 0.1793733136, 0.3964313376, 0.7393558039],
    ],
    [
      "beta",
      { kind: "beta", mean: 0.128, sd: 0.03 },
      [0.02937155897, 0.06748945268, 0.1067183666, 0.1259825208, 0.1676286912, 0.2366643262],
    ],
    [
      "beta with poles at both ends",
      { kind: "beta", mean: 0.5, sd: 0.4 },
      [3.922393742e-21, 6.542944707e-7, 0.05908486144, 0.5, 0.9976516853, 0.9999999998],
    ],
    [
      "beta near 0",
      { kind: "beta", mean: 0.02, sd: 0.05 },
      [1.373160626e-45, 2.38499473e-16, 3.947805409e-6, 6.283869448e-4, 0.06163878656, 0.442427875],
    ],
    [
      "beta, cut",
      { kind: "beta", mean: 0.5, sd: 0.2, within: [0.2, 0.6] },
      [0.2000007093, 0.2069459906, 0.3298269405, 0.4252278882, 0.5640738714, 0.5996330965],
    ],
  ];
  test.each(cases)("%s", (_, given, expected) => {
    const { fromShare } = inverseOf(given);
    const size = Math.max(...expected);
    for (const [i, p] of SHARES.entries()) {
      expect(Math.abs(fromShare(p) - expected[i]!)).toBeLessThan(1e-8 * size);
    }
  });
});

describe("mean and standard deviation are those of the closed forms", () => {
  const cases: [Distribution, number, number][] = [
    [{ kind: "fixed", value: 7 }, 7, 0],
    [{ kind: "uniform", low: 2, high: 5 }, 3.5, 3 / Math.sqrt(12)],
    [{ kind: "triangular", low: 80, mode: 110, high: 160 }, 350 / 3, 16.49915822768611],
    [{ kind: "triangular", low: 0, mode: 0, high: 3 }, 1, Math.sqrt(0.5)],
    [{ kind: "pert", low: 80, mode: 110, high: 160 }, 340 / 3, 14.907119849998598],
    [{ kind: "lognormal", p5: 1, p95: 8 }, 3.4538838621736105, 2.4205891917677027],
    [{ kind: "normal", mean: -3, sd: 2 }, -3, 2],
    [{ kind: "normal", mean: 0.1, sd: 0.2, within: [0, 1] }, 0.20182796, Math.sqrt(0.01944364617)],
    [{ kind: "beta", mean: 0.128, sd: 0.03 }, 0.128, 0.03],
    [{ kind: "beta", mean: 0.5, sd: 0.4 }, 0.5, 0.4],
  ];
  test.each(cases)("%o", (given, mean, sd) => {
    const { fromShare } = inverseOf(given);
    const count = 400_000;
    let [sum, squares] = [0, 0];
    for (let i = 0; i < count; i++) {
      const value = fromShare((i + 0.5) / count);
      sum += value;
      squares += (value - mean) ** 2;
    }
    expect(Math.abs(sum / count - mean)).toBeLessThan(1e-4 * Math.max(sd, 1e-9));
    expect(Math.abs(Math.sqrt(squares / count) - sd)).toBeLessThan(1e-3 * Math.max(sd, 1e-9));
  });
});

test("the table of a beta is off by less than it says, and never falls", () => {
  const shapes: [number, number, number][] = [
    [0.1, 0.1, 1e-6],
    [0.1, 5, 1e-6],
    [5, 0.1, 1e-6],
    [0.5, 0.5, 1e-8],
    [1, 5, 1e-8],
    [20, 130, 1e-8],
    [400, 2700, 1e-8],
    [3, 1e6, 1e-8],
    [1e7, 1e8, 1e-8],
  ];
  for (const [a, b, most] of shapes) {
    const table = new BetaScores(a, b);
    let last = -1;
    for (let z = -6.3; z <= 6.3; z += 0.21) {
      const exact =
        z < 0 ? betaQuantile(normalCdf(z), a, b) : 1 - betaQuantile(normalCdf(-z), b, a);
      expect(Math.abs(table.at(z) - exact), `${a}, ${b} at ${z}`).toBeLessThan(most);
    }
    for (let z = -6.5; z <= 6.5; z += 0.001) {
      const next = table.at(z);
      if (!(next >= last && next <= 1)) throw new Error(`${a}, ${b} falls or leaves 0..1 at ${z}`);
      last = next;
    }
  }
});

test("nothing but numbers within the support comes out, to the ends of 32 bits", () => {
  const given: Distribution[] = [
    { kind: "uniform", low: -1, high: 1 },
    { kind: "triangular", low: 0, mode: 0, high: 1 },
    { kind: "triangular", low: 0, mode: 1, high: 1 },
    { kind: "pert", low: 0, mode: 1, high: 1 },
    { kind: "lognormal", p5: 1e-9, p95: 1e12 },
    { kind: "lognormal", p5: 0.1, p95: 0.2, within: [0, 0.3] },
    { kind: "normal", mean: 0, sd: 1, within: [-1, 2] },
    { kind: "beta", mean: 0.01, sd: 0.03 },
    { kind: "beta", mean: 0.9, sd: 0.05, within: [0.8, 0.95] },
  ];
  for (const each of given) {
    const [low, high] = supportOf(each);
    const { fromShare, fromScore } = inverseOf(each);
    for (const p of [2 ** -33, 1e-9, 0.3, 0.5, 0.7, 1 - 1e-9, 1 - 2 ** -33]) {
      expect(fromShare(p)).toBeGreaterThanOrEqual(low);
      expect(fromShare(p)).toBeLessThanOrEqual(high);
    }
    // A copula may push a score beyond any share of 32 bits.
    for (const score of [-9, 9]) expect(Number.isFinite(fromScore(score))).toBe(true);
    expect(Math.abs(medianOf(each) - fromShare(0.5))).toBeLessThan(1e-8 * Math.abs(fromScore(3)));
  }
});

describe("what cannot be is said", () => {
  const cases: [Distribution, string | null][] = [
    [{ kind: "normal", mean: 1, sd: -1 }, "expected an sd above 0, found -1"],
    [{ kind: "beta", mean: 0.5, sd: 0 }, "expected an sd above 0, found 0"],
    [{ kind: "lognormal", p5: 8, p95: 8 }, "expected 0 < p5 < p95, found p5 8 and p95 8"],
    [{ kind: "lognormal", p5: 0, p95: 8 }, "expected 0 < p5 < p95, found p5 0 and p95 8"],
    [{ kind: "uniform", low: 2, high: 1 }, "expected low < high, found 2 and 1"],
    [
      { kind: "triangular", low: 1, mode: 5, high: 4 },
      "expected [least, likeliest, greatest] in this order, found [1, 5, 4]",
    ],
    [{ kind: "fixed", value: Number.NaN }, "expected finite numbers, found NaN"],
    [
      { kind: "beta", mean: 1.2, sd: 0.1 },
      "expected the mean of a beta between 0 and 1, found 1.2",
    ],
    [
      { kind: "beta", mean: 0.1, sd: 0.29 },
      "expected an sd of at most 0.2121, since a beta with the mean 0.1 and more lies nearly all at 0 and 1, found 0.29",
    ],
    [{ kind: "beta", mean: 0.1, sd: 0.2121 }, null],
    [
      { kind: "normal", mean: 0, sd: 1, within: [5, 6] },
      "expected within: to leave at least 1 % of the distribution, found 0.000029 %",
    ],
    [
      { kind: "beta", mean: 0.5, sd: 0.1, within: [0, 1.5] },
      "expected within: to lie in 0 to 1, found [0, 1.5]",
    ],
  ];
  test.each(cases)("%o", (given, message) => {
    const problem = distributionProblem(given);
    const said = problem === null ? null : `expected ${problem.expected}, found ${problem.found}`;
    expect(said).toBe(message);
    if (message === null) inverseOf(given);
    else expect(() => inverseOf(given)).toThrow(message.slice(9));
  });
});
