// How a quantity may run over time: its quantiles at each moment.
import { drawQuantiles } from "../../stats/draws.ts";
import type { CampaignSample } from "../monte-carlo/campaign-sample.ts";

export const FAN_QUANTILES: readonly number[] = [0.05, 0.25, 0.5, 0.75, 0.95];

export interface FanPoint {
  /** Hours or months since the start. */
  readonly at: number;
  /** In the order of FAN_QUANTILES. */
  readonly quantiles: readonly number[];
}

/** Of a number by month, at the end of each. */
export function monthlyFan(sample: CampaignSample, id: "active" | "net"): FanPoint[] {
  return Array.from({ length: sample.job.terms.months }, (_, month) => ({
    at: month + 1,
    quantiles: FAN_QUANTILES.map((q) => sample.quantile(`${id}.month.${month}`, q)),
  }));
}

/** Of the money spent, every so many hours; of the first draws. */
export function spendingFan(sample: CampaignSample, everyHours = 6): FanPoint[] {
  const hours = sample.job.terms.hourWeights.length;
  const points: FanPoint[] = [{ at: 0, quantiles: FAN_QUANTILES.map(() => 0) }];
  for (let hour = everyHours; hour <= hours; hour += everyHours) {
    points.push({ at: hour, quantiles: drawQuantiles(sample.spentBy(hour - 1), FAN_QUANTILES) });
  }
  return points;
}
