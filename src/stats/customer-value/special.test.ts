import { describe, expect, it } from "vitest";
import { integrate, integrateOverLog } from "../quadrature.ts";
import { logBetaMean } from "./beta-mean.ts";
import { logHypergeometric } from "./hypergeometric.ts";
import {
  digammaStep,
  logAdd,
  logBetaRatio,
  logGammaRatio,
  logistic,
  softplus,
  sumOfSoftplus,
} from "./log-gamma.ts";

function near(found: number, expected: number, tolerance = 1e-12): void {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(
    tolerance * Math.max(1, Math.abs(expected)),
  );
}

// ln 2F1(a, b; c; z) with 40 digits of mpmath; the first is ln(2 ln 2) of Abramowitz and Stegun
// 15.1.3. The plain function overflows from the fifth on, or is lost near z = 1.
const TABLE: [a: number, b: number, c: number, z: number, log: number][] = [
  [1, 1, 2, 0.5, 0.326634259978281],
  [0.243, 2.426, 2.219, 0.9, 0.6666138494182039],
  [0.243, 2.426, 3.219, 0.99, 0.4781986000503994],
  [1.5, 2.5, 4.0000001, 0.999999, 4.106200111969555],
  [2000, 3000, 3100, 0.9, 4414.049265617898],
  [0.5, 1e4, 1e4 + 1, 0.999, 3.4090152002225795],
  [1, 100, 101, 0.9999999, 6.997672528649452],
  [1, 10.8, 11.5, 1 / 1.0001, 5.364152576154608],
  [3.2, 0.8, 3.2, -50, -3.145460506179461],
  [3.2, 0.8, 3.2, -1e6, -11.05240924637102],
  [1000.2, 0.7, 3.1, -4, -5.235109231444865],
  [12.5, 1e-4, 3, 0.999, 50.06579090142003],
  [1, 1e-3, 2e-3, 0.9999, 8.508087981188353],
];

describe("the hypergeometric function", () => {
  it.each(TABLE)("2F1(%d, %d; %d; %d)", (a, b, c, z, log) => {
    near(logHypergeometric(a, b, c, z), log, 1e-10);
  });

  it.each([
    [-1, 1, 1, 0.5],
    [1, 1, 0, 0.5],
    [1, 1, 2, 1],
    [3, 3, 2, -1],
    [1, 1, 2, Number.NaN],
  ])("refuses (%d, %d; %d; %d)", (a, b, c, z) => {
    expect(() => logHypergeometric(a, b, c, z)).toThrow(/hypergeometric function: expected/);
  });
});

describe("ratios of gamma functions", () => {
  it.each([
    [1e8, 3, 55.2620422618571],
    [1e8, 1000.5, 18429.896084306423],
    [20, 1e6, 12815741.539664583],
    [1e-9, 1, -20.72326583694641],
    [5e7, 0.25, 4.431883388973105],
  ])("keep their digits at %d and %d", (a, d, expected) => {
    near(logGammaRatio(a, d), expected, 1e-14);
  });

  // psi(a + d) - psi(a) with 40 digits of mpmath.
  it.each([
    [0.5, 0.5, 1.3862943611198906],
    [1e-9, 1, 1e9],
    [2, 2, 0.8333333333333334],
    [0.243, 39, 8.00807171440859],
    [1e8, 3, 2.9999999700000005e-8],
    [20, 1e6, 10.845006065532043],
    [15.9, 0.25, 0.016097847358111667],
  ])("have slopes that keep theirs at %d and %d", (a, d, expected) => {
    expect(Math.abs(digammaStep(a, d) / expected - 1)).toBeLessThan(1e-14);
  });

  it("sum many logarithms at once, with their slopes", () => {
    const weights = Float64Array.from({ length: 3000 }, (_, i) => (i % 7 === 0 ? 2.5 : 1));
    const x = Float64Array.from(weights, (_, i) => 40 * Math.sin(i));
    x[5] = 2000;
    x[6] = Number.NEGATIVE_INFINITY;
    const slopes = x.slice();
    const sum = sumOfSoftplus(weights, slopes, 4);
    let expected = 0;
    for (let i = 4; i < x.length; i++) {
      expected += weights[i]! * softplus(x[i]!);
      near(slopes[i]!, weights[i]! * logistic(x[i]!));
    }
    near(sum, expected);
    expect(slopes.subarray(0, 4)).toEqual(x.subarray(0, 4));
  });

  it("make beta functions, and sums of logs do not overflow", () => {
    near(logBetaRatio(1, 1, 1, 0), Math.log(0.5));
    expect([softplus(1000), softplus(-1000), logistic(1000), logistic(-1000)]).toEqual([
      1000, 0, 1, 0,
    ]);
    expect(logAdd(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY)).toBe(-Infinity);
    near(logAdd(1000, 1000), 1000 + Math.LN2);
  });
});

describe("integrals", () => {
  it("of polynomials and exponentials are exact", () => {
    near(
      integrate((x) => x * x, 0, 3),
      9,
    );
    near(integrate(Math.exp, 0, 1, 12), Math.E - 1, 1e-15);
    near(integrate(Math.exp, 0, 1, 64), Math.E - 1, 1e-14);
  });

  it("of what falls with the logarithm reach far out", () => {
    near(
      integrateOverLog((x) => 1 / (1 + x) ** 2, 99, 1, 16),
      0.99,
    );
    near(
      integrateOverLog((x) => 1 / (5 + x), 5e9, 5, 16),
      Math.log1p(1e9),
    );
  });

  it.each([
    [1, 3],
    [1e6, 3e6],
    [1e-3, 2],
    [3e4, 1e-4],
  ])("give the mean of a beta distribution with %d and %d", (a, b) => {
    near(Math.exp(logBetaMean(a, b, Math.log)) * ((a + b) / a), 1, 1e-10);
  });
});
