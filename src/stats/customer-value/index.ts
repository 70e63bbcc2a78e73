// Customer value: models of how often customers buy, how long they stay and what they spend, with
// their fits, intervals and discounted sums.

export * from "./beta-discrete-weibull.ts";
export * from "./bg-bb.ts";
export { type BgNbdParameters, bgNbd, fitBgNbd } from "./bg-nbd.ts";
export {
  type Bootstrap,
  type BootstrapInterval,
  bootstrap,
  bootstrapOf,
  bootstrapReplicates,
  type ReplicateDraws,
  type ReplicateFigures,
} from "./bootstrap.ts";
export type { Discount } from "./discount.ts";
export {
  type Fit,
  type Fitted,
  type Likelihood,
  likelihoodRatioP,
  type Parameters,
  type Unidentified,
} from "./fit.ts";
export * from "./gamma-gamma.ts";
export { type HistoryTable, historyTable, type PurchaseHistory, sumOver } from "./history.ts";
export { logHypergeometric } from "./hypergeometric.ts";
export { fitMbgNbd, type MbgNbdParameters, mbgNbd } from "./mbg-nbd.ts";
export { fitParetoNbd, type ParetoNbdParameters, paretoNbd } from "./pareto-nbd.ts";
export { type ProfileIntervals, profileIntervals } from "./profile-interval.ts";
export { type PurchaseModel, REPEATERS_MIN } from "./purchase-model.ts";
export * from "./shifted-beta-geometric.ts";
export { type SurvivalCount, type SurvivalTable, survivalTable } from "./survival-table.ts";
