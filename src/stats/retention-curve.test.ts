// Curves of activity against closed forms and the survival models they are built of; normal vectors
// against their covariance.
import { describe, expect, test } from "vitest";
import { randomStream } from "../base/keystream.ts";
import { bdwSurvival, sbgSurvival } from "./customer-value/index.ts";
import { covarianceFactor, normalVector } from "./normal-vector.ts";
import { boundOf } from "./retention-bound.ts";
import {
  curveCriterion,
  curveShares,
  type FittedCurve,
  fitRetentionCurve,
} from "./retention-curve.ts";
import type { RetentionCurve } from "./retention-models.ts";

function fitted(fit: ReturnType<typeof fitRetentionCurve>): FittedCurve {
  if (fit.kind !== "fitted") throw new Error(fit.message);
  return fit;
}

describe("curve of activity", () => {
  test("is scale times the survival of its model", () => {
    // leaving .2 and spread .4: alpha .3, beta 1.2.
    const curve = { scale: 0.6, leaving: 0.2, spread: 0.4 };
    const sbg = curveShares({ model: "sbg", ...curve, shape: 1 }, 8);
    const bdw = curveShares({ model: "bdw", ...curve, shape: 1.5 }, 8);
    for (let t = 0; t < 8; t++) {
      expect(sbg[t]).toBeCloseTo(0.6 * sbgSurvival({ alpha: 0.3, beta: 1.2 }, t), 12);
      const expected = 0.6 * bdwSurvival({ alpha: 0.3, beta: 1.2, shape: 1.5 }, t);
      expect(bdw[t]).toBeCloseTo(expected, 12);
    }
  });

  test("is a fixed loss a period where everybody is alike, and one drop where nobody is", () => {
    const alike = { scale: 1, leaving: 0.25, spread: 0, shape: 1 };
    const split = { scale: 1, leaving: 0.25, spread: 1, shape: 1 };
    for (const model of ["sbg", "bdw"] as const) {
      const geometric = curveShares({ model, ...alike }, 4);
      for (const [t, share] of geometric.entries()) expect(share).toBeCloseTo(0.75 ** t, 7);
      const once = curveShares({ model, ...split }, 4);
      for (const [t, share] of once.entries()) expect(share).toBeCloseTo(t === 0 ? 1 : 0.75, 6);
    }
  });

  test.each([
    ["plain", { model: "sbg", scale: 0.8, leaving: 0.5, spread: 1 / 3, shape: 1 }],
    ["nearly alike", { model: "sbg", scale: 0.9, leaving: 0.2, spread: 0.02, shape: 1 }],
    ["all active at first", { model: "sbg", scale: 1, leaving: 0.5, spread: 0.6, shape: 1 }],
    ["hardly anybody", { model: "sbg", scale: 1e-4, leaving: 0.3, spread: 0.2, shape: 1 }],
    ["ageing", { model: "bdw", scale: 0.6, leaving: 0.2, spread: 0.4, shape: 1.4 }],
    ["growing loyal", { model: "bdw", scale: 0.6, leaving: 0.4, spread: 0.2, shape: 0.7 }],
  ] as [string, RetentionCurve][])("is found again from its own shares: %s", (_name, curve) => {
    const shares = curveShares(curve, 10);
    for (const near of [undefined, { ...curve, leaving: 0.35, spread: 0.5 }]) {
      const found = fitted(fitRetentionCurve(shares, curve.model, near));
      // Later periods count too: what is the same now must be the same later.
      const later = curveShares(found.curve, 30);
      for (const [t, share] of curveShares(curve, 30).entries()) {
        expect(later[t]! / curve.scale).toBeCloseTo(share / curve.scale, near ? 2 : 4);
      }
    }
  });

  test("says why there is none", () => {
    const reason = (shares: number[]): string => {
      const fit = fitRetentionCurve(shares, "sbg");
      return fit.kind === "fitted" ? "fitted" : fit.reason;
    };
    expect(reason([0.5, 0.4])).toBe("too_few_periods");
    expect(reason([0, 0, 0, 0])).toBe("nobody_active");
    expect(reason([0.5, 0.5, 0.5, 0.5])).toBe("does_not_fall");
    expect(reason([0.3, 0.4, 0.5, 0.6])).toBe("does_not_fall");
    expect(reason([0.5, 0.3, 0.25, 0.22])).toBe("fitted");
  });

  test.each([
    ["sbg", "everybody would leave with the same chance", [0.9, 0.72, 0.576, 0.4608, 0.36864]],
    ["sbg", "everybody would leave with the same chance", [0.9, 0.8, 0.65, 0.45, 0.2]],
    ["sbg", "some would leave at once and the rest never", [0.9, 0.5, 0.5, 0.5, 0.5]],
    ["sbg", "everybody would leave after the first period", [0.9, 0, 0, 0, 0]],
  ] as ["sbg" | "bdw", string, number[]][])(
    "is none at an end of its range, also as one of many draws: %s, %s",
    (model, why, shares) => {
      const near = { model, scale: 0.8, leaving: 0.3, spread: 0.3, shape: 1 };
      for (const start of [undefined, near]) {
        const fit = fitRetentionCurve(shares, model, start);
        expect(fit).toMatchObject({ kind: "unidentified", reason: "at_bound" });
        if (fit.kind === "unidentified") expect(fit.message).toContain(`at a bound (${why})`);
      }
    },
  );

  test("has a limit where there is none: users who stay, at the share that was seen", () => {
    for (const model of ["sbg", "bdw"] as const) {
      for (const shares of [
        [0.3, 0.3, 0.31, 0.33],
        [0, 0.2, 0.1, 0.1],
        [0, 0, 0, 0],
      ]) {
        const fit = fitRetentionCurve(shares, model);
        if (fit.kind === "fitted") throw new Error("expected none");
        const mean = shares.reduce((sum, share) => sum + share, 0) / 4;
        for (const share of curveShares(fit.limit!.curve, 9)) expect(share).toBeCloseTo(mean, 12);
      }
      expect(fitRetentionCurve([0.3, 0.2], model)).not.toHaveProperty("limit");
    }
  });

  test("is at an end of its range by its leaving, its spread or its shape", () => {
    const inside = { leaving: 0.2, spread: 0.3, shape: 1 };
    expect(boundOf(inside)).toBeNull();
    expect(boundOf({ ...inside, spread: 2.8e-12 })).toContain("with the same chance");
    expect(boundOf({ ...inside, spread: 1 - 1e-9 })).toContain("the rest never");
    expect(boundOf({ ...inside, leaving: 0 })).toContain("nobody");
    expect(boundOf({ ...inside, leaving: 1 })).toContain("everybody");
    expect(boundOf({ ...inside, shape: 19.99 })).toContain("at one age");
    expect(boundOf({ ...inside, shape: 0.0501 })).toContain("but at first");
    expect(boundOf({ ...inside, shape: 15 })).toBeNull();
  });

  test("refuses what is no share and what is no curve", () => {
    expect(() => fitRetentionCurve([1.2, 1, 0.5], "sbg")).toThrow("shares of 0 to 1");
    expect(() => fitRetentionCurve([Number.NaN, 1, 0.5], "sbg")).toThrow("shares of 0 to 1");
    const curve = { model: "sbg", scale: 2, leaving: 0.5, spread: 0.5, shape: 1 } as const;
    expect(() => curveShares(curve, 3)).toThrow("got 2");
    expect(() => curveShares({ ...curve, scale: 1 }, 1.5)).toThrow("whole periods");
  });

  test("counts its parameters in full only where periods are independent news", () => {
    const curve = { model: "bdw", scale: 0.6, leaving: 0.2, spread: 0.4, shape: 1.4 } as const;
    const shares = curveShares(curve, 8);
    const fit = fitted(fitRetentionCurve(shares, "bdw"));
    const penalty = (covariance: number[][]): number =>
      (curveCriterion(fit, covariance, 1000) + 2000 * fit.logLikelihood) / Math.log(1000);
    const apart = shares.map((p, s) => shares.map((_, t) => (s === t ? p * (1 - p) : 0)));
    expect(penalty(apart)).toBeCloseTo(4, 5);
    // Whoever is active later was active before: shares move together.
    const nested = shares.map((p, s) =>
      shares.map((q, t) => Math.min(p, q) - shares[s]! * shares[t]!),
    );
    expect(penalty(nested)).toBeGreaterThan(4.5);
  });
});

describe("normal vector", () => {
  test("has the factor of its covariance, singular or not", () => {
    expect(
      covarianceFactor([
        [4, 2],
        [2, 1],
      ]),
    ).toEqual([
      [2, 0],
      [1, 0],
    ]);
    expect(
      covarianceFactor([
        [0, 0],
        [0, 9],
      ]),
    ).toEqual([
      [0, 0],
      [0, 3],
    ]);
    const full = [
      [4, 2, 0.4],
      [2, 3, 1],
      [0.4, 1, 2],
    ];
    const lower = covarianceFactor(full);
    for (const [i, row] of full.entries()) {
      for (const [j, value] of row.entries()) {
        const product = lower[i]!.reduce((sum, x, k) => sum + x * lower[j]![k]!, 0);
        expect(product).toBeCloseTo(value, 12);
      }
    }
    expect(() =>
      covarianceFactor([
        [1, 2],
        [2, 1],
      ]),
    ).toThrow("semidefinite");
    expect(() => covarianceFactor([[Number.NaN]])).toThrow("a variance >= 0");
  });

  test("varies together as it should", () => {
    const stream = randomStream(1, "normal vector");
    const factor = covarianceFactor([
      [4, -1],
      [-1, 1],
    ]);
    const drawn = Array.from({ length: 20_000 }, () => normalVector([3, 0], factor, stream));
    const mean = (f: (row: number[]) => number): number =>
      drawn.reduce((sum, row) => sum + f(row), 0) / drawn.length;
    expect(mean(([x]) => x!)).toBeCloseTo(3, 1);
    expect(mean(([x]) => (x! - 3) ** 2)).toBeCloseTo(4, 0);
    expect(mean(([x, y]) => (x! - 3) * y!)).toBeCloseTo(-1, 1);
  });
});
