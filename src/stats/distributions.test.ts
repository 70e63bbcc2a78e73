// The distributions against tables computed with SciPy 1.x (scipy.stats norm, t, chi2, binom).
import { describe, expect, it } from "vitest";
import {
  binomialCdf,
  binomialTwoSidedP,
  binomialUpperTail,
  chiSquareUpperTail,
  normalCdf,
  normalQuantile,
  studentCdf,
  studentQuantile,
  studentTwoSidedP,
} from "./index.ts";

function relative(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual / expected - 1)).toBeLessThanOrEqual(tolerance);
}

describe("distributions", () => {
  it.each(normalTable())("normal cdf and quantile at %d", (z, p) => {
    relative(normalCdf(z), p, 1e-12);
    expect(normalQuantile(p)).toBeCloseTo(z, 9);
  });

  it.each(studentTable())("t at %d with %d degrees of freedom", (t, df, p) => {
    relative(studentTwoSidedP(t, df), p, 1e-11);
    expect(studentQuantile(1 - p / 2, df)).toBeCloseTo(t, 6);
    expect(studentCdf(-t, df)).toBeCloseTo(p / 2, 14);
  });

  it.each(chiSquareTable())("upper tail of chi-square at %d with %d", (x, df, p) => {
    relative(chiSquareUpperTail(x, df), p, 1e-11);
  });

  it.each(binomialTable())("binomial %d of %d at %d", (k, n, chance, lower, upper) => {
    relative(binomialCdf(k, n, chance), lower, 1e-7);
    relative(binomialUpperTail(k, n, chance), upper, 1e-7);
    expect(binomialTwoSidedP(k, n, chance)).toBeCloseTo(Math.min(1, 2 * Math.min(lower, upper)), 6);
  });

  it.each([
    () => normalQuantile(0),
    () => normalQuantile(Number.NaN),
    () => studentQuantile(0.5, 0),
    () => studentTwoSidedP(1, Number.NaN),
    () => chiSquareUpperTail(-1, 1),
    () => binomialCdf(3, 2, 0.5),
    () => binomialCdf(0.5, 2, 0.5),
    () => binomialCdf(1, 2, 0),
  ])("refuses what lies outside its range (%#)", (call) => {
    expect(call).toThrow(/expected/);
  });
});

function normalTable(): [number, number][] {
  return [
    [-8, 6.22096057427174e-16],
    [-3, 0.0013498980316300933],
    [-1.959963984540054, 0.025],
    [-0.5, 0.3085375387259869],
    [0.5, 0.6914624612740131],
    [1, 0.8413447460685429],
    [2.5, 0.9937903346742238],
    [5, 0.9999997133484281],
  ];
}

function studentTable(): [number, number, number][] {
  return [
    [1, 1, 0.5000000000000001],
    [12.7, 1, 0.050024327689344165],
    [2.3, 8.5, 0.04862776764160506],
    [1.96, 30, 0.05934231289605049],
    [0.1, 199, 0.9204449955339109],
    [3, 1000.25, 0.002766692211458972],
    [1.96, 42000.5, 0.05000239239057237],
    [2.5, 1000000.0, 0.012419489502163254],
    [4, 100000000.0, 6.334252916852823e-5],
  ];
}

function chiSquareTable(): [number, number, number][] {
  return [
    [0.0147, 1, 0.9034981254430011],
    [3.84, 1, 0.05004352124870519],
    [200, 1, 2.0884875837625688e-45],
    [0.2, 2, 0.9048374180359595],
    [11.07, 5, 0.050009618622405425],
    [150, 99, 0.0007204453957169282],
  ];
}

function binomialTable(): [number, number, number, number, number][] {
  return [
    [2, 10, 0.5, 0.0546875, 0.9892578125],
    [0, 20, 0.1, 0.12157665459056925, 1.0],
    [20, 20, 0.9, 1.0, 0.12157665459056931],
    [190, 10000, 0.02, 0.25066164184844425, 0.7718736586149278],
    [24999000, 50000000, 0.5, 0.3887029133843308, 0.6114055000941028],
    [6000000, 300000000, 0.02, 0.5001085838731554, 0.5000559371481157],
  ];
}
