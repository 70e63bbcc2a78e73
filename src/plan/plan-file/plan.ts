// A plan as it was read and checked: the terms of the campaign at the size of the real one, what is
// assumed, what is compared, what is to be decided.
import type { CampaignDefinition, CurvePoint } from "../../core/definition.ts";
import type { Assumption, Correlation } from "../assumptions/assumption.ts";

export interface PlanFile {
  /** As it was named to the reader; for sentences. */
  readonly file: string;
  readonly title: string;
  /** The name of the campaign file, as plan.yaml has it. */
  readonly campaignName: string;
  /** The campaign as its file says it, in minor units and at that file's size. */
  readonly campaign: CampaignDefinition;
  readonly scale: number;
  readonly terms: CampaignTerms;
  readonly seed: string;
  readonly draws: number;
  /** Months for which money is counted. */
  readonly months: number;
  /** Every parameter that the campaign has, in the order of the table of parameters. */
  readonly assumptions: readonly Assumption[];
  readonly correlations: readonly Correlation[];
  /** Share of a day's arrivals by hour of the local day; they add up to 1. */
  readonly dayCurve: readonly number[];
  readonly scenarios: readonly Scenario[];
  /** What the best split may change; null: it is not asked. */
  readonly split: SplitLimits | null;
  readonly decision: Decision | null;
}

/** The campaign at its real size. Money is in major units; a reward is the same at every size. */
export interface CampaignTerms {
  readonly id: string;
  readonly title: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly closesAtMs: number;
  /** Expired money waits that long before it can be granted again. */
  readonly settlingLagMs: number;
  /** Local midnights, from the day of the start to that of the close. */
  readonly dayStartsMs: readonly number[];
  readonly budget: number;
  readonly waves: readonly WaveTerms[];
  readonly offers: readonly OfferTerms[];
  /** Most that one person gets; null: no such cap. */
  readonly perUser: {
    readonly grants: number | null;
    readonly grantsPerDay: number | null;
    readonly money: number | null;
  };
  readonly caps: readonly CapTerms[];
  /** Share of those who come that gets nothing, drawn at the first claim. */
  readonly holdoutShare: number;
  /** Held out before contact, by audience. */
  readonly audiences: readonly { readonly id: string; readonly holdoutShare: number }[];
}

export interface WaveTerms {
  readonly id: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Null: only the campaign's budget limits it. */
  readonly budget: number | null;
  /** By which its budget is let out; null: as fast as it is asked for. */
  readonly curve: readonly CurvePoint[] | null;
}

export interface OfferTerms {
  readonly id: string;
  readonly title: string;
  /** Ordinal into waves. */
  readonly wave: number;
  /** Of a table: its odds' mean. */
  readonly meanReward: number;
  readonly greatestReward: number;
  /** Standard deviation of one reward; 0 where it is fixed. */
  readonly rewardDeviation: number;
  readonly rewardSkewness: number;
  readonly expires: { readonly kind: "at" | "after"; readonly ms: number };
  /** Ordinal into audiences; null: everybody. */
  readonly audience: number | null;
}

export interface CapTerms {
  readonly id: string;
  readonly dimension: string;
  readonly counts: "money" | "grants";
  readonly per: "total" | "day" | "hour" | "minute";
  readonly on: "claim" | "redemption";
  /** Major units or grants; of the campaign, a wave or an offer at the real size. */
  readonly limit: number;
}

export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly changes: readonly ScenarioChange[];
}

/** To so much, or to so many times what it was. */
export type Change =
  | { readonly kind: "to"; readonly value: number }
  | { readonly kind: "times"; readonly factor: number };

export type ScenarioChange =
  /** Every draw of an assumption; `to` fixes it. */
  | { readonly kind: "assumption"; readonly id: string; readonly change: Change }
  /** All money, major units at the real size; the budgets of waves change in proportion. */
  | { readonly kind: "budget"; readonly change: Change }
  | { readonly kind: "waveBudget"; readonly wave: string; readonly change: Change }
  /** What one reward of an offer is worth; a table's amounts change in proportion. */
  | { readonly kind: "amount"; readonly offer: string; readonly change: Change }
  /** Most grants of one person. */
  | { readonly kind: "userGrants"; readonly change: Change }
  /** `even`: each hour of a wave may grant its part of what is left. */
  | { readonly kind: "pacing"; readonly pacing: "none" | "even" };

/** Within which the best split is looked for. */
export interface SplitLimits {
  /** What the split is to raise; null: the net if any split makes it positive, else kept users. */
  readonly aim: SplitAim | null;
  /** Share of the budget by wave; a wave that is not named may have 0 to 1. */
  readonly waves: readonly (Range & { readonly wave: string })[];
  /** Major units by offer; an offer that is not named stays as it is. */
  readonly amounts: readonly (Range & { readonly offer: string })[];
}

export type SplitAim = "net" | "kept";

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** What the measurement is to decide: whether money is spent once more. */
export interface Decision {
  readonly title: string;
  /** Major units that hang on it. */
  readonly stake: number;
  /** It is worth it when it pays back within so many months. */
  readonly withinMonths: number;
  readonly level: number;
  readonly power: number;
}
