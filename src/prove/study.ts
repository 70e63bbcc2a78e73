// What an evaluation is about: arms with their sufficient statistics, metrics, and the question
// that the assignment can answer. Rows, counts by arm and journals are all reduced to this form.
import type { Moments, PairMoments } from "../stats/index.ts";

/**
 * Which effect an assignment identifies: at the claim, what the reward does to people who have
 * already come; before contact, whom the campaign brought (docs/concepts/proof.md). An experiment's
 * plain table does not say which: its effect is that of being assigned.
 */
export type Estimand = "reward, given arrival" | "reach" | "being assigned";

export interface Metric {
  readonly id: string;
  readonly title: string;
  /** A share is 0 or 1 a user and is shown in per cent; a mean is any number a user. */
  readonly kind: "share" | "mean";
  /** What a mean counts, such as "USD" or "orders"; empty for a share. */
  readonly unit: string;
  /** Digits after the point when printed (of percentage points, for a share). */
  readonly digits: number;
}

export interface StudyArm {
  readonly id: string;
  readonly n: number;
  /** Planned weight of the arm, any positive scale. */
  readonly weight: number;
  /** By metric id. */
  readonly outcomes: Readonly<Record<string, Moments>>;
  /**
   * By metric id: x is 1 for a user who claimed, y the outcome. Null where claims are unknown, or
   * where everybody treated has claimed by design.
   */
  readonly claims: Readonly<Record<string, PairMoments>> | null;
  /**
   * By metric id: x is the user's number before the experiment, y the outcome. Absent where there
   * is no such number.
   */
  readonly before?: Readonly<Record<string, PairMoments>>;
}

export interface Study {
  readonly title: string;
  readonly estimand: Estimand;
  /** Whether a known chance assigned the arms. */
  readonly randomised: boolean;
  /** Whether that chance was hongbao's own hash, so that the sample-ratio check is exact. */
  readonly ownAllocator: boolean;
  readonly metrics: readonly Metric[];
  /** The held-out users. */
  readonly control: StudyArm;
  readonly treatments: readonly StudyArm[];
  /** Where the figures come from, for the reader. */
  readonly source: string;
  /** The weights are a guess, since nobody said how the arms were planned. */
  readonly areWeightsAssumed?: boolean;
  /** What the number before the experiment is called, where arms have `before`. */
  readonly beforeTitle?: string;
  /** Users for whom more than one arm was recorded. */
  readonly severalArms?: number;
}
