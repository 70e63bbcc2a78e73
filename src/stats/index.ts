// hongbao/stats: pure functions from numbers to numbers, one statistic a file, each with its
// source, units, valid range and a worked example. No clock, no random source, no I/O.
export { binomialCdf, binomialTwoSidedP, binomialUpperTail } from "./binomial.ts";
export { chiSquareUpperTail } from "./chi-square.ts";
export { type ComplierEffect, complierEffect } from "./complier-effect.ts";
export { differenceInMeans, welchDegreesOfFreedom } from "./difference-in-means.ts";
export {
  agrestiCaffoInterval,
  differenceInProportions,
  newcombeInterval,
  pooledProportionTest,
  type Share,
} from "./difference-in-proportions.ts";
export { DEFAULT_LEVEL, type Effect, effectOf } from "./effect.ts";
export {
  type ArmSummary,
  addMoments,
  covariance,
  type Moments,
  marginal,
  momentsOf,
  type PairMoments,
  pairMomentsOf,
  summarizeMoments,
  summarizeShare,
} from "./moments.ts";
export { normalCdf, normalQuantile, normalTwoSidedP } from "./normal.ts";
export {
  type RatioOfDifferences,
  ratioOfDifferences,
  type UnboundedInterval,
} from "./ratio-of-differences.ts";
export { summarizeRatio } from "./ratio-of-sums.ts";
export {
  absoluteAndRelative,
  isLiftDefined,
  relativeLift,
  relativeLiftVariance,
} from "./relative-lift.ts";
export { riskRatioInterval, riskRatioScoreInterval } from "./risk-ratio.ts";
export { type SampleRatio, type SampleRatioOptions, sampleRatio } from "./sample-ratio.ts";
export { type Interval, shareInterval } from "./share-interval.ts";
export { studentCdf, studentQuantile, studentTwoSidedP } from "./student-t.ts";
