// When the cost has come back, on one count of periods.
import type { DrawInterval } from "../stats/draws.ts";

/** A threshold with its interval; null is beyond every number. */
export interface Threshold {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** In how many periods the cost has come back: 0 means that nothing had been spent. */
export interface PaybackPeriods extends Threshold {
  /** Half of the draws have paid back by then; null: half of them never do. */
  readonly median: number | null;
  /** Share of the draws that have not paid back by the last period. */
  readonly neverShare: number;
  /** Share of the draws that have paid back within 1, 2, … periods. */
  readonly chances: readonly number[];
}

export type PaybackFinding = "pays" | "loses" | "not_yet" | "unclear";

export interface PaybackBasis {
  /** Periods that count. */
  readonly periods: number;
  /** Active periods a treated user more than a held-out one, not discounted. */
  readonly activePeriods: DrawInterval;
  /** What they are worth, discounted: the customer value of the difference. */
  readonly value: DrawInterval;
  /** Value less cost after 1, 2, … periods. */
  readonly cumulated: readonly DrawInterval[];
  readonly net: DrawInterval;
  /** Share of the draws whose net at the last period is zero or more. */
  readonly paysShare: number;
  /** Two-sided, of "the net is zero": twice the share of draws on the other side of it. */
  readonly p: number;
  /** The same among all arms and studies of the verdict (Holm); null: it is the only one. */
  readonly holmP: number | null;
  /** "not_yet": the net is below zero, and periods of the horizon are yet to come. */
  readonly finding: PaybackFinding;
  /** Net over cost; null where `roiReason` says why. */
  readonly roi: DrawInterval | null;
  readonly roiReason: string | null;
  readonly payback: PaybackPeriods;
  readonly breakEven: {
    /** Margin of an active period from which it pays. */
    readonly margin: Threshold;
    /** The difference in active periods, times this, just pays. */
    readonly multiple: Threshold;
    /** `activePeriods` at that multiple; null: no multiple pays. */
    readonly activePeriods: number | null;
    /** Cost of a treated user up to which it pays. */
    readonly cost: DrawInterval;
  };
}
