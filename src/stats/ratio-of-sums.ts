// A metric whose denominator is random too: orders a session, spend an order, when the user is the
// unit of assignment. Delta method: Deng, Knoblich and Lu (2018), KDD, section 3.
import { requireDomain } from "./domain.ts";
import {
  type ArmSummary,
  covariance,
  marginal,
  type PairMoments,
  summarizeMoments,
} from "./moments.ts";

/** Part of the terms that their difference has to exceed. */
const ROUNDING = 1e-12;

/**
 * Sum of x over sum of y of an arm (x numerator, y denominator, one pair a user), with the variance
 * that one user contributes; feed two of them to `differenceInMeans` or `relativeLift`.
 * n >= 2, sum of y > 0.
 * @example n 100, sum x 270, x^2 848.79, sum y 510, y^2 810, xy -900: mean 0.529411765
 */
export function summarizeRatio(pair: PairMoments): ArmSummary {
  const x = summarizeMoments(marginal(pair, "x"));
  // The variances are taken unchecked here: published reference moments are not always a real
  // sample's, and the sign of the whole is checked below.
  const centredY = pair.deviations?.yy ?? pair.sumYY - pair.sumY ** 2 / pair.n;
  const varianceY = centredY / (pair.n - 1);
  const meanY = pair.sumY / pair.n;
  requireDomain(meanY > 0, "ratio of sums", `a positive denominator, got a mean of ${meanY}`);
  const ratio = x.mean / meanY;
  const [squares, product] = [x.variance + ratio ** 2 * varianceY, 2 * ratio * covariance(pair)];
  const variance = (squares - product) / meanY ** 2;
  // Where all users have one ratio the terms cancel, and what is left of them is rounding.
  const rounding = (ROUNDING * (Math.abs(squares) + Math.abs(product))) / meanY ** 2;
  requireDomain(variance >= -rounding, "ratio of sums", `moments of real pairs, got ${variance}`);
  return { n: pair.n, mean: ratio, variance: variance <= rounding ? 0 : variance };
}
