// Numbers that vary together: a covariance as a triangular factor, and draws of normal vectors from
// it. Covariances of shares are often singular (nobody left, everybody there, one group only), so
// directions without variance are kept at rest instead of being refused.
import type { RandomStream } from "../base/keystream.ts";
import { requireDomain } from "./domain.ts";

/** Below this part of its own variance a rest is rounding. */
const REST = 1e-10;

/**
 * The lower triangular L with L L' = covariance, for a symmetric positive semidefinite matrix
 * (Higham 2002, Accuracy and Stability of Numerical Algorithms, ch. 10.3): a direction without
 * variance of its own gets a column of zeros.
 * @example covarianceFactor([[4, 2], [2, 1]]) // [[2, 0], [1, 0]]
 */
export function covarianceFactor(covariance: readonly (readonly number[])[]): number[][] {
  const name = "covariance";
  const n = covariance.length;
  const lower = covariance.map(() => new Array<number>(n).fill(0));
  for (let j = 0; j < n; j++) {
    const own = covariance[j]![j]!;
    requireDomain(own >= 0 && Number.isFinite(own), name, `a variance >= 0 at ${j}, got ${own}`);
    let rest = own;
    for (let k = 0; k < j; k++) rest -= lower[j]![k]! ** 2;
    requireDomain(rest >= -1e-6 * own, name, `a semidefinite matrix, got ${rest} left at ${j}`);
    if (!(rest > REST * own)) continue;
    lower[j]![j] = Math.sqrt(rest);
    for (let i = j + 1; i < n; i++) {
      let shared = covariance[i]![j]!;
      for (let k = 0; k < j; k++) shared -= lower[i]![k]! * lower[j]![k]!;
      lower[i]![j] = shared / lower[j]![j]!;
    }
  }
  return lower;
}

/**
 * One draw of a normal vector with these means and this factor of its covariance.
 * @example normalVector([5], [[0]], stream) // [5]
 */
export function normalVector(
  means: readonly number[],
  factor: readonly (readonly number[])[],
  stream: RandomStream,
): number[] {
  const alike = means.length === factor.length;
  requireDomain(alike, "normal vector", `${means.length} rows of a factor, got ${factor.length}`);
  const normals = means.map(() => stream.nextNormal());
  return means.map((mean, i) => {
    let sum = mean;
    for (let k = 0; k <= i; k++) sum += factor[i]![k]! * normals[k]!;
    return sum;
  });
}
