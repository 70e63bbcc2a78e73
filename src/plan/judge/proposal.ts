// From where draws are taken: a normal distribution of the scores that is moved and stretched in a
// few of them, and as assumed in all others.
import { covarianceFactor } from "../../stats/normal-vector.ts";

/** Plain data, since threads send it. */
export interface Proposal {
  /** The scores that are moved, ascending. */
  readonly scores: readonly number[];
  readonly mean: readonly number[];
  /** Lower triangular factor of their covariance. */
  readonly factor: readonly (readonly number[])[];
}

/** Turns standard normal scores, from `at` on, into draws of the proposal. */
export function move({ scores, mean, factor }: Proposal, all: Float64Array, at: number): void {
  // From the last on, since each row needs the independent scores before it.
  for (let i = scores.length - 1; i >= 0; i--) {
    let sum = mean[i]!;
    for (let k = 0; k <= i; k++) sum += factor[i]![k]! * all[at + scores[k]!]!;
    all[at + scores[i]!] = sum;
  }
}

/** ln of the proposal's density over that of the assumptions, at the scores from `at` on. */
export function logRatio(
  { scores, mean, factor }: Proposal,
  all: Float64Array,
  at: number,
): number {
  const rests = new Float64Array(scores.length);
  let log = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = all[at + scores[i]!]!;
    let rest = score - mean[i]!;
    for (let k = 0; k < i; k++) rest -= factor[i]![k]! * rests[k]!;
    rest /= factor[i]![i]!;
    rests[i] = rest;
    log += (score * score - rest * rest) / 2 - Math.log(factor[i]![i]!);
  }
  return log;
}

/** A score is moved only when it is seen to differ from the assumption by so many errors. */
const SEEN = 3;
/** Wider than what was seen, since tails that are missed cost more than draws that are spare. */
const STRETCH = 1.25;
/** Part of each covariance that a small sample is not believed. */
const SHRINK = 0.15;
/** Never wider than assumed twice over, never a point. */
const VARIANCE_MOST = 2;
const VARIANCE_LEAST = 0.02;

/**
 * The normal distribution that weighted draws look like.
 * @param width scores of a draw; @param weights add up to 1; @param ess their effective number
 */
export function fitProposal(
  all: Float64Array,
  width: number,
  weights: Float64Array,
  ess: number,
): Proposal {
  const rows = [...weights.keys()].filter((row) => weights[row]! > 0);
  const { means, variances } = momentsOf(all, width, weights, rows);
  const scores = [...means.keys()].filter((c) => {
    const isMoved = Math.abs(means[c]!) * Math.sqrt(ess) > SEEN;
    return isMoved || Math.abs(variances[c]! - 1) * Math.sqrt(ess / 2) > SEEN;
  });
  const mean = scores.map((c) => means[c]!);
  const covariance = scores.map(() => new Array<number>(scores.length).fill(0));
  const rest = new Float64Array(scores.length);
  for (const row of rows) {
    for (let i = 0; i < rest.length; i++) rest[i] = all[row * width + scores[i]!]! - mean[i]!;
    for (let i = 0; i < rest.length; i++) {
      const part = weights[row]! * rest[i]!;
      const own = covariance[i]!;
      for (let j = 0; j < rest.length; j++) own[j] = own[j]! + part * rest[j]!;
    }
  }
  const wide = covariance.map((own, i) =>
    own.map((each, j) =>
      i === j
        ? Math.min(VARIANCE_MOST, Math.max(VARIANCE_LEAST, STRETCH * each))
        : STRETCH * (1 - SHRINK) * each,
    ),
  );
  return { scores, mean, factor: covarianceFactor(wide) };
}

function momentsOf(
  all: Float64Array,
  width: number,
  weights: Float64Array,
  rows: readonly number[],
): { readonly means: Float64Array; readonly variances: Float64Array } {
  const means = new Float64Array(width);
  const variances = new Float64Array(width);
  for (const row of rows) {
    const weight = weights[row]!;
    for (let c = 0; c < width; c++) {
      const score = all[row * width + c]!;
      means[c] = means[c]! + weight * score;
      variances[c] = variances[c]! + weight * score * score;
    }
  }
  for (let c = 0; c < width; c++) variances[c] = variances[c]! - means[c]! ** 2;
  return { means, variances };
}
