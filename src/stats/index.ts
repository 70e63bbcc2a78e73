// hongbao/stats: pure functions from numbers to numbers, one statistic a file, each with its
// source, units, valid range and a worked example. No clock, no random source, no I/O.
export {
  type AdjustedRatio,
  adjustedRatio,
  type Quad,
  type QuadMoments,
} from "./adjusted-ratio.ts";
export { betaCdf, betaQuantile } from "./beta.ts";
export { betaBinomialUpperTail, greatestBetaDeviation } from "./beta-binomial.ts";
export {
  type BetaPrior,
  compareShares,
  JEFFREYS,
  type ShareComparison,
  type SharePosterior,
  sharePosterior,
  UNIFORM,
} from "./beta-posterior.ts";
export { binomialCdf, binomialTwoSidedP, binomialUpperTail } from "./binomial.ts";
export { type BinomialBand, binomialBand } from "./binomial-band.ts";
export { chiSquareUpperTail } from "./chi-square.ts";
export { type ComplierEffect, complierEffect } from "./complier-effect.ts";
export {
  confidenceSequence,
  DEFAULT_TUNING,
  oneSidedSequence,
  oneSidedSequenceWidth,
  type SequenceOptions,
  type SequenceReading,
  sequenceWidth,
} from "./confidence-sequence.ts";
export * from "./customer-value/index.ts";
export {
  holdoutForRise,
  minimumDetectableRise,
  type RiseHoldout,
  type ShareDesign,
} from "./detectable-share.ts";
export {
  differenceInMeans,
  pooledDifferenceInMeans,
  welchDegreesOfFreedom,
} from "./difference-in-means.ts";
export {
  agrestiCaffoInterval,
  differenceInProportions,
  newcombeInterval,
  pooledProportionTest,
  type Share,
} from "./difference-in-proportions.ts";
export type { Distribution, Within } from "./distributions/distribution.ts";
export { type Inverse, inverseOf, medianOf } from "./distributions/inverse.ts";
export {
  certain,
  combine,
  type DrawInterval,
  drawInterval,
  drawQuantile,
  drawShare,
  type Uncertain,
} from "./draws.ts";
export { DEFAULT_LEVEL, type Effect, effectOf } from "./effect.ts";
export {
  absolutePrior,
  type EffectPosterior,
  type EffectPrior,
  effectPosterior,
  expectedLoss,
  relativePrior,
} from "./effect-posterior.ts";
export {
  type Equivalence,
  equivalence,
  type NonInferiority,
  nonInferiority,
} from "./equivalence.ts";
export { exactShareInterval } from "./exact-share-interval.ts";
export { type Heterogeneity, heterogeneity } from "./heterogeneity.ts";
export { type HoldoutDesign, type HoldoutShare, holdoutShare } from "./holdout-share.ts";
export { type LiftDesign, liftPower, minimumDetectableLift } from "./lift-power.ts";
export {
  type ArmSummary,
  addMoments,
  addPairMoments,
  columnMomentsOf,
  covariance,
  deviationsOf,
  type Moments,
  marginal,
  momentsOf,
  type PairCubes,
  type PairMoments,
  pairMomentsOf,
  summarizeMoments,
  summarizeShare,
} from "./moments.ts";
export { type Adjustment, adjustP } from "./multiple-testing.ts";
export { noncentralTUpperTail } from "./noncentral-t.ts";
export { normalCdf, normalDensity, normalQuantile, normalTwoSidedP } from "./normal.ts";
export { covarianceFactor, normalVector } from "./normal-vector.ts";
export { type Direction, type OneSidedReading, oneSided } from "./one-sided.ts";
export { postStratified, type Stratum } from "./post-stratification.ts";
export {
  type Alternative,
  DEFAULT_ALPHA,
  DEFAULT_POWER,
  minimumDetectableDifference,
  normalPower,
  powerOfZ,
  type SampleSize,
  type SizeDesign,
  sampleSize,
  type TestDesign,
  tTestPower,
  tTestUsers,
} from "./power.ts";
export {
  BOUNDS_LEVEL,
  type ClusterSums,
  differenceInQuantiles,
  type QuantileRanks,
  type QuantileSummary,
  quantileDifference,
  quantileLift,
  quantileOf,
  quantileRanks,
  summarizeQuantile,
} from "./quantile-difference.ts";
export {
  type RatioOfDifferences,
  ratioOfDifferences,
  type UnboundedInterval,
} from "./ratio-of-differences.ts";
export { summarizeRatio } from "./ratio-of-sums.ts";
export {
  type AdjustedEffect,
  isAdjustable,
  pooledSlope,
  regressionAdjusted,
} from "./regression-adjustment.ts";
export {
  absoluteAndRelative,
  isLiftDefined,
  relativeLift,
  relativeLiftVariance,
} from "./relative-lift.ts";
export {
  meanReader,
  pairReader,
  resplit,
  type Split,
  type SplitDesign,
  type SplitEffects,
  type SplitReader,
} from "./resplit.ts";
export {
  type QuantileWindow,
  quantileErrorNoise,
  quantileReader,
  quantileWindow,
} from "./resplit-quantile.ts";
export {
  CURVE_PARAMETERS,
  type CurveFit,
  curveCriterion,
  curveShares,
  type FittedCurve,
  fitRetentionCurve,
  type UnfittedCurve,
} from "./retention-curve.ts";
export type { CurveModel, RetentionCurve } from "./retention-models.ts";
export { riskRatioInterval, riskRatioScoreInterval } from "./risk-ratio.ts";
export { type RunOutQuestion, runOutDraws } from "./run-out.ts";
export { type SampleRatio, type SampleRatioOptions, sampleRatio } from "./sample-ratio.ts";
export {
  oddsRatioInterval,
  type ScoreOptions,
  scoreDifferenceInterval,
  scoreOddsRatioInterval,
} from "./score-interval.ts";
export { DEFAULT_CONCENTRATION, sequentialSampleRatio } from "./sequential-sample-ratio.ts";
export { type Interval, shareInterval } from "./share-interval.ts";
export { differenceByScore, differenceScore, liftByScore } from "./shares-by-score.ts";
export {
  designSkewness,
  type Shape,
  type ShapePair,
  SKEWNESS_MOST,
  shapeOf,
  shapeOfShare,
  shapeOfSum,
  skewCorrected,
  skewCorrectedLift,
} from "./skewness.ts";
export { type SobolOptions, SobolSequence, unitOf } from "./sobol.ts";
export {
  type RedemptionCohort,
  type RedemptionTable,
  type SharePrior,
  type SpendOutlook,
  spendOutlook,
} from "./spend-outlook.ts";
export { type SpendingPlan, spendingBounds } from "./spending-bounds.ts";
export { type AlarmOptions, type SplitAlarms, splitAlarms } from "./split-alarms.ts";
export { studentCdf, studentQuantile, studentTwoSidedP } from "./student-t.ts";
export {
  type ChanceStratum,
  type WeightedSampleRatio,
  weightedSampleRatio,
} from "./weighted-sample-ratio.ts";
export { type DeclaredBounds, type Winsorized, winsorize } from "./winsorize.ts";
