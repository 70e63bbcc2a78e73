// What a kept user cost: naively (all that was spent over all who stayed) and causally (the
// additional cost of the treated over the additional users that the treatment kept).
import { type PairMoments, ratioOfDifferences } from "../stats/index.ts";
import type { CostReading } from "../verdict/cost-reading.ts";
import type { Estimand } from "../verdict/metric.ts";
import { type Counts, tooFewCases } from "./enough.ts";

/** Sums of one arm in which x is 1 for a kept user, y the user's net cost in minor units. */
export interface KeptAndCost {
  readonly arm: string;
  readonly pair: PairMoments;
}

export interface CostQuestion {
  readonly estimand: Estimand;
  readonly metric: string;
  readonly currency: string;
  readonly decimals: number;
  readonly level?: number;
}

/** Naive and causal cost per kept user of one arm against the held-out users. */
export function costPerKept(
  question: CostQuestion,
  control: KeptAndCost,
  treatment: KeptAndCost,
): CostReading {
  const { level, ...labels } = question;
  const { pair } = treatment;
  const ratio = ratioOfDifferences(control.pair, pair, level);
  const countsOf = ({ arm: id, pair: { n, sumX } }: KeptAndCost): Counts => {
    return { id, n, successes: sumX };
  };
  // With so few kept the data set no bounds, whatever their variance says.
  const few = tooFewCases(countsOf(control), countsOf(treatment));
  return {
    ...labels,
    arm: treatment.arm,
    spentMinor: pair.sumY,
    keptUsers: pair.sumX,
    naiveMinor: pair.sumX === 0 ? null : pair.sumY / pair.sumX,
    incrementalKept: ratio.differenceX * pair.n,
    causalMinor: ratio.differenceX > 0 ? ratio.estimate : null,
    causalInterval: few === null ? ratio.interval : { lower: null, upper: null },
  };
}
