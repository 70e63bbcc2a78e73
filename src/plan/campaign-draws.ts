// What a campaign did, or would do, as draws: the one thing that a plan, a proof or published
// figures hand on to the company's figures. Draw i of every number belongs to the same world, so
// that whatever is computed from several of them keeps their dependence.
import type { Uncertain } from "../stats/draws.ts";

/** A: randomised and healthy … F: before and after, nobody held out. */
export type EvidenceGrade = "A" | "B" | "C" | "D" | "E" | "F";

export interface CampaignDraws {
  readonly title: string;
  /** ISO 4217. All money is in its major units, at the size of the real campaign. */
  readonly currency: string;
  /** The day on which month 0 begins, as 2026-02-06. */
  readonly starts: string;
  readonly grade: EvidenceGrade;
  /** Draws of every number below. */
  readonly count: number;
  /** Money by month since the start (0 = the first month). All four have the same months. */
  readonly granted: readonly Uncertain[];
  readonly redeemed: readonly Uncertain[];
  /** Calls of models, fees, marketing beside the rewards. */
  readonly otherCost: readonly Uncertain[];
  /** Own margin lost where a rewarded order replaced one that would have been paid in full. */
  readonly cannibalised: readonly Uncertain[];
  /** Users who are there at D30 because of the campaign. */
  readonly kept: Uncertain;
  /** Those still active, by month (0 = the first); may run over more months than the money. */
  readonly activeByMonth: readonly Uncertain[];
  /** Margin of one such user and month. */
  readonly marginPerMonth: Uncertain;
  /** A year's discount, as a ratio. */
  readonly discount: Uncertain;
  /** Days of such a month; absent: from a day of one month to the same of the next. */
  readonly monthDays?: number;
  /** Part of all rewards that is redeemed by the end of day 1, 2, …; absent: evenly in a month. */
  readonly redeemedByDay?: readonly number[];
  /** The same by wave, or by how people came. Those of one `by` add up to the campaign. */
  readonly cohorts?: readonly CohortDraws[];
  /** What the draws were computed from, draw by draw: what moves a result is found by it. */
  readonly inputs?: readonly InputDraws[];
  /** What is assumed and has no source: said at the top of every report. */
  readonly assumptions?: readonly UnsourcedAssumption[];
}

/** One wave, or those who came in one way. */
export interface CohortDraws {
  /** By what the campaign is cut here: `wave`, `how they came`. */
  readonly by: string;
  readonly id: string;
  readonly title: string;
  /** Everything that the cohort cost, in major units. */
  readonly cost: Uncertain;
  readonly kept: Uncertain;
  readonly activeByMonth: readonly Uncertain[];
}

export interface InputDraws {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly draws: Float64Array;
}

export interface UnsourcedAssumption {
  readonly id: string;
  /** What was assumed, and why, in words. */
  readonly says: string;
}
