// The columns of the one table that every study is read from: a row a user, a column a number.
import type { MeasurementPlan, PlanMetric } from "./measurement-plan.ts";

export const UNITS = "units";
/** The column of `units` that says whose row it is, where that was asked for. */
export const USER = "user";

/** Names of a metric's columns in `units`. */
export interface MetricColumns {
  /** The user's number; of a ratio what stands above the line. */
  readonly value: string;
  /** Of a ratio: what stands below. */
  readonly below: string;
  /** The number before the experiment. */
  readonly before: string;
  /** The number as it was before it was set to a bound. */
  readonly unbounded: string;
}

export function metricColumns(plan: MeasurementPlan, metric: PlanMetric): MetricColumns {
  const at = plan.metrics.indexOf(metric);
  return {
    value: `metric ${at}`,
    below: `below ${at}`,
    before: `before ${at}`,
    unbounded: `unbounded ${at}`,
  };
}

/** Says whether a user is in a log. */
export function foundColumn(log: string): string {
  return `in log ${log}`;
}

export function segmentColumn(plan: MeasurementPlan, segment: string): string {
  return `segment ${plan.segments.indexOf(segment)}`;
}
