// The published reference values of shared/vectors that the statistics cover so far, read where
// they are; without them the suite says so and skips.
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import {
  type ArmSummary,
  agrestiCaffoInterval,
  differenceInMeans,
  differenceInProportions,
  newcombeInterval,
  pooledProportionTest,
  relativeLift,
  relativeLiftVariance,
  riskRatioInterval,
  riskRatioScoreInterval,
  sampleRatio,
  shareInterval,
  summarizeMoments,
  summarizeRatio,
  summarizeShare,
} from "../src/stats/index.ts";

const FOLDER = resolve(import.meta.dirname, "../../shared/vectors");

beforeEach(({ skip }) => {
  if (!existsSync(FOLDER)) skip("the reference values are absent; they do not ship with hongbao");
});

type Bounds = readonly [number, number];

/** The fields that the pairs below carry; a pair has some of them. */
interface Expected extends Readonly<Record<string, number | Bounds | undefined>> {
  readonly ci?: Bounds;
  readonly abs_ci?: Bounds;
  readonly rel_ci?: Bounds;
  readonly score_ci?: Bounds;
  readonly log_ci?: Bounds;
  readonly log_adjusted_ci?: Bounds;
  readonly wilson_t?: Bounds;
  readonly wilson_c?: Bounds;
  readonly estimate?: number;
  readonly se?: number;
  readonly p?: number;
  readonly z?: number;
  readonly chi2?: number;
  readonly control_ratio?: number;
  readonly treatment_ratio?: number;
  readonly difference_level2_minus_level1?: number;
}

interface Pair {
  readonly id: string;
  readonly input: Record<string, never>;
  readonly expected: Expected & number;
}

function pairOf(family: string, id: string): Pair {
  const file = JSON.parse(readFileSync(`${FOLDER}/${family}.json`, "utf8")) as { pairs: Pair[] };
  const pair = file.pairs.find((each) => each.id === id);
  if (pair === undefined) throw new Error(`no pair ${id} in ${family}.json`);
  return pair;
}

function momentsArm(raw: { n: number; sum: number; sum_squares: number }): ArmSummary {
  return summarizeMoments({ n: raw.n, sum: raw.sum, sumSquares: raw.sum_squares });
}

function near(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance);
}

describe("published two-sample values", () => {
  it.each([
    ["gb-welch-rel", relativeLift],
    ["gb-welch-abs", differenceInMeans],
  ] as const)("%s", (id, estimator) => {
    const { input, expected } = pairOf("two_sample", id);
    const effect = estimator(momentsArm(input.control!), momentsArm(input.treatment!));
    near(effect.estimate, expected.estimate!, 1e-5);
    near(effect.standardError, expected.se!, 1e-5);
    near(effect.lower, expected.ci![0], 1e-5);
    near(effect.upper, expected.ci![1], 1e-5);
    near(effect.p, expected.p!, 1e-5);
  });

  it("gb-prop-rel", () => {
    const { expected } = pairOf("two_sample", "gb-prop-rel");
    const effect = relativeLift(summarizeShare(14, 28), summarizeShare(16, 30));
    near(effect.estimate, expected.estimate!, 1e-5);
    near(effect.standardError, expected.se!, 1e-5);
    near(effect.lower, expected.ci![0], 1e-5);
    near(effect.p, expected.p!, 1e-5);
  });

  it("gb-count-metric", () => {
    const { input, expected } = pairOf("two_sample", "gb-count-metric");
    const effect = relativeLift(momentsArm(input.control!), momentsArm(input.treatment!));
    near(effect.estimate, expected.estimate!, 1e-8);
    near(effect.p, expected.p!, 1e-8);
  });

  it("sp-ttest-diff", () => {
    const { input, expected } = pairOf("two_sample", "sp-ttest-diff");
    const effect = differenceInMeans(momentsArm(input.level_1!), momentsArm(input.level_2!));
    near(effect.estimate, expected.difference_level2_minus_level1!, 1e-3);
    near(effect.lower, expected.ci![0], 1e-3);
    near(effect.upper, expected.ci![1], 1e-3);
  });

  it("sm-prop-ztest", () => {
    const { expected } = pairOf("two_sample", "sm-prop-ztest");
    const test = pooledProportionTest({ successes: 12, n: 99 }, { successes: 5, n: 83 });
    near(test.z, expected.z!, 1e-7);
    near(test.p, expected.p!, 1e-7);
  });

  it("intervals of a difference and of a ratio of two shares", () => {
    const [control, treatment] = [
      { successes: 1, n: 34 },
      { successes: 7, n: 34 },
    ];
    const wald = differenceInProportions(control, treatment);
    const waldExpected = pairOf("two_sample", "sm-wald-diff").expected.ci!;
    near(wald.lower, waldExpected[0], 6e-7);
    near(wald.upper, waldExpected[1], 6e-7);
    const caffo = agrestiCaffoInterval(control, treatment);
    const caffoExpected = pairOf("two_sample", "sm-agresti-caffo").expected.ci!;
    near(caffo.lower, caffoExpected[0], 6e-7);
    near(caffo.upper, caffoExpected[1], 6e-7);
    const { expected } = pairOf("two_sample", "sm-ratio-score");
    const readings = [
      [riskRatioScoreInterval(control, treatment), expected.score_ci!],
      [riskRatioInterval(control, treatment), expected.log_ci!],
      [riskRatioInterval(control, treatment, { adjusted: true }), expected.log_adjusted_ci!],
    ] as const;
    for (const [interval, [lower, upper]] of readings) {
      near(interval.lower, lower, 0.01 * lower);
      near(interval.upper, upper, 0.01 * upper);
    }
  });

  it("criteo3m-visit", () => {
    const { input, expected } = pairOf("two_sample", "criteo3m-visit");
    const [treat, control] = [input.treat!, input.control!];
    const difference = newcombeInterval(control, treat);
    near(difference.lower, expected.abs_ci![0], 1e-9);
    near(difference.upper, expected.abs_ci![1], 1e-9);
    const ratio = riskRatioInterval(control, treat);
    near(ratio.lower - 1, expected.rel_ci![0], 1e-9);
    near(ratio.upper - 1, expected.rel_ci![1], 1e-9);
    near(shareInterval(treat).lower, expected.wilson_t![0], 1e-9);
    near(shareInterval(control).upper, expected.wilson_c![1], 1e-9);
  });
});

describe("published ratio and sample-ratio values", () => {
  it("gb-ratio", () => {
    const { input, expected } = pairOf("ratio_delta", "gb-ratio");
    const [control, treatment] = [ratioArm(input.control!), ratioArm(input.treatment!)];
    near(control.mean, expected.control_ratio!, 1e-8);
    near(treatment.mean, expected.treatment_ratio!, 1e-8);
    const effect = relativeLift(control, treatment);
    near(effect.estimate, expected.estimate!, 1e-8);
    near(effect.p, expected.p!, 1e-8);
  });

  it("gb-fvar", () => {
    const a = { n: 4, mean: 7, variance: 2 };
    const b = { n: 15, mean: 5, variance: 0.5 };
    near(
      differenceInMeans(a, b).standardError ** 2,
      pairOf("ratio_delta", "gb-fvar-abs").expected,
      1e-5,
    );
    near(relativeLiftVariance(a, b), pairOf("ratio_delta", "gb-fvar-rel").expected, 1e-5);
  });

  it.each([
    "scipy-1",
    "scipy-2",
    "gb-ssrm-500-600",
    "hillstrom",
    "criteo-3m",
    "mozilla-0.2pct-50m",
  ])("sample ratio %s", (id) => {
    const { input, expected } = pairOf("srm", id);
    const check = sampleRatio(input.observed!, input.weights!);
    near(check.chiSquare, expected.chi2!, 1e-9);
    near(check.p, expected.p!, 1e-12);
    if (expected.p! > 0) near(check.p / expected.p!, 1, 1e-6);
  });
});

function ratioArm(raw: Record<string, number>): ArmSummary {
  return summarizeRatio({
    n: raw.n!,
    sumX: raw.num_sum!,
    sumXX: raw.num_sum_squares!,
    sumY: raw.den_sum!,
    sumYY: raw.den_sum_squares!,
    sumXY: raw.sum_products!,
  });
}
