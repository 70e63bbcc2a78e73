// Did the arms get the shares that were planned? Exact where the allocator is our own (every user
// independently with a known chance), Pearson's chi-square otherwise. A deviation too small to
// matter raises no alarm: at 50 million users 50.1 to 49.9 has p = 2e-45 and moves nothing.
import { binomialTwoSidedP } from "./binomial.ts";
import { chiSquareUpperTail } from "./chi-square.ts";
import { domainError } from "./domain.ts";

export interface SampleRatio {
  readonly method: "binomial" | "chi-square";
  readonly p: number;
  readonly chiSquare: number;
  /** Largest |observed share - planned share| / planned share over the arms. */
  readonly largestDeviation: number;
  readonly passed: boolean;
}

export interface SampleRatioOptions {
  /** Whether users were assigned independently by known chances (hongbao's own hash). */
  readonly exact?: boolean;
  /** An alarm needs p below this (default .01) ... */
  readonly alarmP?: number;
  /** ... and a share that is off by more than this part of itself (default .001). */
  readonly practicalDeviation?: number;
}

/**
 * Checks observed counts against weights (any positive numbers; normalised here). Two arms or more.
 * With more than two arms the exact p is the smallest arm-against-the-rest p times the arms (Holm's
 * first step), at most 1.
 * @example sampleRatio([500, 600], [1, 1]) // chi-square 9.0909, p .0025688 (GrowthBook)
 */
export function sampleRatio(
  observed: readonly number[],
  weights: readonly number[],
  options: SampleRatioOptions = {},
): SampleRatio {
  requireArms(observed, weights);
  const total = observed.reduce((a, b) => a + b, 0);
  const weightSum = weights.reduce((a, b) => a + b, 0);
  let chiSquare = 0;
  let largestDeviation = 0;
  let smallestP = 1;
  observed.forEach((count, arm) => {
    const share = weights[arm]! / weightSum;
    const expected = total * share;
    chiSquare += (count - expected) ** 2 / expected;
    largestDeviation = Math.max(largestDeviation, Math.abs(count - expected) / expected);
    // Of two arms the second says what the first has said.
    if (options.exact && !(arm === 1 && observed.length === 2)) {
      smallestP = Math.min(smallestP, binomialTwoSidedP(count, total, share));
    }
  });
  const comparisons = observed.length === 2 ? 1 : observed.length;
  const p = options.exact
    ? Math.min(1, smallestP * comparisons)
    : chiSquareUpperTail(chiSquare, observed.length - 1);
  const alarm =
    p < (options.alarmP ?? 0.01) && largestDeviation > (options.practicalDeviation ?? 0.001);
  const method = options.exact ? "binomial" : "chi-square";
  return { method, p, chiSquare, largestDeviation, passed: !alarm };
}

function requireArms(observed: readonly number[], weights: readonly number[]): void {
  if (observed.length < 2 || observed.length !== weights.length) {
    const found = `${observed.length} counts and ${weights.length} weights`;
    refuse(`as many weights as counts, at least 2, got ${found}`);
  }
  if (!observed.every((count) => Number.isSafeInteger(count) && count >= 0)) {
    refuse(`whole counts, got ${observed.join(", ")}`);
  }
  if (!weights.every((weight) => weight > 0 && Number.isFinite(weight))) {
    refuse(`positive weights, got ${weights.join(", ")}`);
  }
  if (!observed.some((count) => count > 0)) refuse("at least one user");
}

function refuse(expected: string): never {
  throw domainError("sample ratio", expected);
}
