// Weights and the errors of sources against closed forms.
import { describe, expect, test } from "vitest";
import { normalQuantile } from "../../stats/normal.ts";
import { fitProposal, logRatio, move } from "./proposal.ts";
import { logError, publishedAtMost, sourceLogLikelihood } from "./source-error.ts";
import { powerFor, rangeOf, WeightedDraws, weigh, weightedShare } from "./weights.ts";

/** Normal scores at the middles of equal shares. */
const COUNT = 20_000;
const SCORES = Float64Array.from({ length: COUNT }, (_, i) => normalQuantile((i + 0.5) / COUNT));

describe("weights", () => {
  test("of a normal prior and a normal figure give the conjugate posterior", () => {
    // Prior N(0, 1), a figure of 1.2 with variance 0.5: N(0.8, 1/3).
    const weighed = weigh(SCORES.map((x) => -((1.2 - x) ** 2) / (2 * 0.5)))!;
    const { median, lower, upper } = rangeOf(new WeightedDraws(SCORES, weighed.weights), 0.9);
    expect(median).toBeCloseTo(0.8, 3);
    expect(upper - lower).toBeCloseTo(2 * normalQuantile(0.95) * Math.sqrt(1 / 3), 2);
    const above = weightedShare(weighed.weights, (i) => (SCORES[i]! > 0.8 ? 1 : 0));
    expect(above.share).toBeCloseTo(0.5, 3);
    // (E L)^2 / E L^2 of a normal likelihood over a normal prior.
    const [y, v] = [1.2, 0.5];
    const mean = Math.sqrt(v / (1 + v)) * Math.exp(-(y ** 2) / (2 * (1 + v)));
    const square = Math.sqrt(v / (2 + v)) * Math.exp(-(y ** 2) / (2 + v));
    expect(weighed.effective / COUNT).toBeCloseTo(mean ** 2 / square, 3);
  });

  test("none at all: nothing can be said; some excluded: the others count", () => {
    const no = Number.NEGATIVE_INFINITY;
    expect(weigh(Float64Array.of(no, no))).toBeNull();
    expect([...weigh(Float64Array.of(no, -5, -5))!.weights]).toEqual([0, 0.5, 0.5]);
    expect(powerFor(1, Float64Array.of(0, 0), Float64Array.of(no, no))).toBeNull();
  });

  test("a likelihood that leaves too few draws is raised to a power that leaves enough", () => {
    const base = new Float64Array(COUNT);
    const far = SCORES.map((x) => -((4 - x) ** 2) / (2 * 0.01));
    expect(weigh(far)!.effective).toBeLessThan(20);
    const tempered = powerFor(200, base, far)!;
    expect(tempered.power).toBeLessThan(0.2);
    expect(tempered.weighed.effective).toBeGreaterThanOrEqual(200);
    expect(tempered.weighed.effective).toBeLessThan(260);
    const near = powerFor(
      200,
      base,
      SCORES.map((x) => -((1 - x) ** 2) / 2),
    )!;
    expect(near.power).toBe(1);
  });

  test("quantiles count weights, not draws, and what never happens comes last", () => {
    const never = Number.POSITIVE_INFINITY;
    const draws = new WeightedDraws(
      Float64Array.of(3, never, 1, 2),
      Float64Array.of(0.1, 0.2, 0.6, 0.1),
    );
    expect(draws.quantile(0.5)).toBe(1);
    expect(draws.quantile(0.65)).toBe(2);
    expect(draws.quantile(0.95)).toBe(never);
    expect(draws.shareUpTo(2.5)).toBeCloseTo(0.7, 12);
  });
});

describe("a source's error", () => {
  const factor = logError({ p5: 0.5, p95: 3 });
  const values = [
    { published: 2, error: logError({ p5: 0.8, p95: 1.3 }) },
    { published: 5, error: logError({ p5: 0.9, p95: 1.1 }) },
  ];

  test("has one factor for all of its figures: the density of their joint covariance", () => {
    // ln r = -r' C^-1 r / 2 with C = s^2 11' + diag(t^2), its inverse by hand.
    const of = (x: number, y: number): number => {
      const [a, b] = [factor.sd ** 2 + values[0]!.error.sd ** 2, factor.sd ** 2];
      const d = factor.sd ** 2 + values[1]!.error.sd ** 2;
      const r = [x, y].map(
        (n, i) => Math.log(values[i]!.published / n) - factor.mean - values[i]!.error.mean,
      );
      return -(d * r[0]! ** 2 - 2 * b * r[0]! * r[1]! + a * r[1]! ** 2) / (2 * (a * d - b * b));
    };
    for (const pair of [
      [2, 5],
      [1, 9],
      [0.2, 4],
    ]) {
      const got = sourceLogLikelihood(factor, values, (i) => pair[i]!);
      expect(got).toBeCloseTo(of(pair[0]!, pair[1]!), 9);
    }
  });

  test("has nine of ten figures within its range", () => {
    const one = { published: 3, error: { mean: 0, sd: 0 } };
    expect(publishedAtMost(factor, one, 1)).toBeCloseTo(0.95, 9);
    expect(publishedAtMost(factor, { ...one, published: 0.5 }, 1)).toBeCloseTo(0.05, 9);
    expect(publishedAtMost(factor, one, Number.POSITIVE_INFINITY)).toBe(0);
    expect(Number.isFinite(sourceLogLikelihood(factor, values, () => 0))).toBe(true);
  });
});

test("a proposal's density over the prior's is that of the scores it makes", () => {
  const proposal = { scores: [0, 2], mean: [1, -2], factor: [[0.5], [0.3, 0.8]] };
  const scores = Float64Array.of(0.4, 7, -1.1);
  const own = scores.slice();
  move(proposal, scores, 0);
  expect([...scores]).toEqual([1 + 0.5 * 0.4, 7, -2 + 0.3 * 0.4 + 0.8 * -1.1]);
  const prior = -(scores[0]! ** 2 + scores[2]! ** 2) / 2;
  const density = -(own[0]! ** 2 + own[2]! ** 2) / 2 - Math.log(0.5 * 0.8);
  expect(logRatio(proposal, scores, 0)).toBeCloseTo(density - prior, 12);
});

test("a fitted proposal moves the scores that are seen to have moved, and no other", () => {
  const all = new Float64Array(2 * COUNT);
  for (let i = 0; i < COUNT; i++) {
    all[2 * i] = SCORES[i]!;
    // The same scores in an order that has nothing to do with the first.
    all[2 * i + 1] = SCORES[(i * 7_919) % COUNT]!;
  }
  const weighed = weigh(Float64Array.from({ length: COUNT }, (_, i) => 2 * all[2 * i]!))!;
  const { scores, mean } = fitProposal(all, 2, weighed.weights, weighed.effective);
  expect(scores).toEqual([0]);
  expect(mean[0]).toBeCloseTo(2, 1);
});
