// One arm's figures of a metric of any kind, as the estimators of effects take them; or why they
// cannot.
import { ownOf } from "../base/record.ts";
import {
  type ArmSummary,
  summarizeMoments,
  summarizeQuantile,
  summarizeRatio,
  summarizeShare,
} from "../stats/index.ts";
import type { Metric } from "../verdict/metric.ts";
import type { StudyArm, UnboundedQuantile } from "./study.ts";

export function hasFigures({ id, kind }: Metric, arm: StudyArm): boolean {
  if (kind === "quantile") return (ownOf(arm.quantiles, id) ?? unboundedOf(id, arm)) !== undefined;
  return (kind === "ratio" ? ownOf(arm.ratios, id) : ownOf(arm.outcomes, id)) !== undefined;
}

/** The mean (share, ratio, quantile) of an arm's users; 0 where it has none. */
export function levelOf(metric: Metric, arm: StudyArm): number {
  if (metric.kind === "quantile") {
    return (ownOf(arm.quantiles, metric.id) ?? unboundedOf(metric.id, arm))!.quantile;
  }
  if (metric.kind === "ratio") {
    const { sumX, sumY } = arm.ratios![metric.id]!;
    return sumY === 0 ? 0 : sumX / sumY;
  }
  const { n, sum } = arm.outcomes[metric.id]!;
  return n === 0 ? 0 : sum / n;
}

/** Users whose figures the metric has; of a quantile, whose users may have several values: all. */
export function usersOf(metric: Metric, arm: StudyArm): number {
  if (metric.kind === "quantile") return arm.n;
  if (metric.kind === "ratio") return arm.ratios![metric.id]!.n;
  return arm.outcomes[metric.id]!.n;
}

/** Why an arm has no summary, in words; null where it has. */
export function obstacleOf(metric: Metric, arm: StudyArm): string | null {
  const isQuantile = metric.kind === "quantile";
  const unbounded = isQuantile ? unboundedOf(metric.id, arm) : undefined;
  if (unbounded !== undefined) {
    const at = String(unbounded.at).replace(/^0/, "");
    return `not measured: ${unbounded.n} users of arm ${arm.id} are too few for bounds at ${at}`;
  }
  const n = isQuantile ? arm.quantiles![metric.id]!.n : usersOf(metric, arm);
  if (n < 2) return `arm ${arm.id} has ${n} ${isQuantile ? "values" : "users"}: expected 2 or more`;
  if (metric.kind !== "ratio" || arm.ratios![metric.id]!.sumY > 0) return null;
  return `what it is divided by adds up to ${arm.ratios![metric.id]!.sumY} in arm ${arm.id}`;
}

function unboundedOf(id: string, arm: StudyArm): UnboundedQuantile | undefined {
  return ownOf(arm.unboundedQuantiles, id);
}

/** Only where `obstacleOf` is null. */
export function summaryOf(metric: Metric, arm: StudyArm): ArmSummary {
  if (metric.kind === "quantile") return summarizeQuantile(arm.quantiles![metric.id]!);
  if (metric.kind === "ratio") return summarizeRatio(arm.ratios![metric.id]!);
  const moments = arm.outcomes[metric.id]!;
  return metric.kind === "share"
    ? summarizeShare(moments.sum, moments.n)
    : summarizeMoments(moments);
}
