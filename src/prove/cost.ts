// What a kept user cost: naively (all that was spent over all who stayed) and causally (the
// additional cost of the treated over the additional users that the treatment kept).
import { type PairMoments, ratioOfDifferences, type UnboundedInterval } from "../stats/index.ts";
import { type Counts, tooFewCases } from "./enough.ts";
import type { Estimand } from "./study.ts";

/** One arm's money, from the journal, in minor units. */
export interface ArmCost {
  /** Title of the study that the arm belongs to. */
  readonly study: string;
  readonly arm: string;
  readonly currency: string;
  readonly decimals: number;
  readonly users: number;
  /** Users with a grant. */
  readonly rewarded: number;
  readonly grants: number;
  readonly issuedMinor: number;
  readonly redeemedMinor: number;
  /** Granted and never redeemed: expired or cancelled. */
  readonly breakageMinor: number;
  readonly reversedMinor: number;
  /** Held-out users who asked, and what they would have been granted. */
  readonly askers: number;
  readonly forgoneMinor: number;
}

/** Sums of one arm in which x is 1 for a kept user, y the user's net cost in minor units. */
export interface KeptAndCost {
  readonly arm: string;
  readonly pair: PairMoments;
}

export interface CostReading {
  readonly estimand: Estimand;
  readonly metric: string;
  readonly arm: string;
  readonly currency: string;
  readonly decimals: number;
  /** Net cost (redeemed less reversed) of the arm. */
  readonly spentMinor: number;
  readonly keptUsers: number;
  /** Spent over kept, as if nobody would have stayed without the reward; null: nobody stayed. */
  readonly naiveMinor: number | null;
  /** Users who stayed because of the treatment. */
  readonly incrementalKept: number;
  /** Null when the treatment kept nobody more. */
  readonly causalMinor: number | null;
  /** Bounds are null on the side where the data set none. */
  readonly causalInterval: UnboundedInterval;
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
