// What the arms cost, and what a kept user did.
import type { UnboundedInterval } from "../stats/ratio-of-differences.ts";
import type { Estimand } from "./metric.ts";

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
