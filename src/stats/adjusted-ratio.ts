// Regression adjustment of a ratio of sums (spend an order, orders a session): the ratio before the
// experiment explains part of the ratio in it. Delta method over four sums a user: Deng, Knoblich
// and Lu (2018), KDD; Jin and Ba (2023), Technometrics 65.
import { welchDegreesOfFreedom } from "./difference-in-means.ts";
import { requireDomain } from "./domain.ts";
import { DEFAULT_LEVEL, type Effect, effectOf } from "./effect.ts";
import type { ArmSummary } from "./moments.ts";

/** Four numbers of a user: numerator and denominator in the experiment, then both before it. */
export type Quad = readonly [number, number, number, number];

/** Sums of the four numbers over an arm's users, and of all their products (symmetric). */
export interface QuadMoments {
  readonly n: number;
  readonly sums: Quad;
  readonly products: readonly [Quad, Quad, Quad, Quad];
}

export interface AdjustedRatio {
  /** Difference of the ratios, adjusted. */
  readonly absolute: Effect;
  /** The same over the unadjusted control ratio; null unless that is positive. */
  readonly relative: Effect | null;
  readonly theta: number;
  /** The unadjusted ratios. */
  readonly controlRatio: number;
  readonly treatmentRatio: number;
}

interface RatioArm {
  readonly n: number;
  readonly now: number;
  readonly before: number;
  /** Mean denominators, in and before the experiment. */
  readonly denominator: number;
  readonly denominatorBefore: number;
  readonly covariances: readonly Quad[];
}

/**
 * n >= 2 and positive denominators, in and before the experiment, in each arm. Theta is the sum of
 * the arms' covariances of the two ratios over the sum of the variances of the earlier one.
 * @example GrowthBook's test of ratio adjustment: lift -0.000701483, standard error .00391
 */
export function adjustedRatio(
  control: QuadMoments,
  treatment: QuadMoments,
  level: number = DEFAULT_LEVEL,
): AdjustedRatio {
  const a = ratioArm(control);
  const b = ratioArm(treatment);
  const theta = pooledTheta(a, b);
  const [armA, armB] = [adjusted(a, theta), adjusted(b, theta)];
  const df = welchDegreesOfFreedom(armA, armB);
  const difference = armB.mean - armA.mean;
  const standardError = Math.sqrt(armA.variance / a.n + armB.variance / b.n);
  const absolute = effectOf(difference, standardError, df, level);
  const relative = a.now > 0 ? relativeRatio(a, armB, theta, absolute) : null;
  return { absolute, relative, theta, controlRatio: a.now, treatmentRatio: b.now };
}

function ratioArm({ n, sums, products }: QuadMoments): RatioArm {
  requireDomain(n >= 2, "adjusted ratio", `at least 2 users, got ${n}`);
  const [numerator, denominator, numeratorBefore, denominatorBefore] = sums;
  const positive = denominator > 0 && denominatorBefore > 0;
  requireDomain(positive, "adjusted ratio", "positive denominators, also before the experiment");
  const covariances = products.map(
    (row, i) => row.map((sum, j) => (sum - (sums[i]! * sums[j]!) / n) / (n - 1)) as unknown as Quad,
  );
  return {
    n,
    now: numerator / denominator,
    before: numeratorBefore / denominatorBefore,
    denominator: denominator / n,
    denominatorBefore: denominatorBefore / n,
    covariances,
  };
}

/** How the ratio moves with the four means; `weightBefore` is minus theta. */
function gradient(arm: RatioArm, weightNow: number, weightBefore: number): Quad {
  return [
    weightNow / arm.denominator,
    (-weightNow * arm.now) / arm.denominator,
    weightBefore / arm.denominatorBefore,
    (-weightBefore * arm.before) / arm.denominatorBefore,
  ];
}

function bilinear(arm: RatioArm, left: Quad, right: Quad): number {
  let sum = 0;
  arm.covariances.forEach((row, i) => {
    row.forEach((value, j) => {
      sum += left[i]! * value * right[j]!;
    });
  });
  return sum;
}

function pooledTheta(a: RatioArm, b: RatioArm): number {
  let [together, before] = [0, 0];
  for (const arm of [a, b]) {
    const [now, earlier] = [gradient(arm, 1, 0), gradient(arm, 0, 1)];
    together += bilinear(arm, now, earlier);
    before += bilinear(arm, earlier, earlier);
  }
  return before === 0 ? 0 : together / before;
}

function adjusted(arm: RatioArm, theta: number): ArmSummary {
  const slope = gradient(arm, 1, -theta);
  return { n: arm.n, mean: arm.now - theta * arm.before, variance: bilinear(arm, slope, slope) };
}

function relativeRatio(a: RatioArm, b: ArmSummary, theta: number, absolute: Effect): Effect {
  // The control ratio stands in the difference and below it.
  const slope = gradient(a, -(1 + absolute.estimate / a.now), theta);
  const ofControl = bilinear(a, slope, slope) / a.n;
  const standardError = Math.sqrt(ofControl + b.variance / b.n) / a.now;
  const { estimate, degreesOfFreedom, level } = absolute;
  return effectOf(estimate / a.now, standardError, degreesOfFreedom, level);
}
