// What a project asks, as the rest of prove takes it: names resolved, units in numbers.

import type { DecisionRule } from "../../verdict/decision-reading.ts";
import type { Estimand, Guardrail, Metric } from "../../verdict/metric.ts";
import type { Separator } from "../file-kind.ts";
import type { OptionStyle } from "./repair-option.ts";

/** Where a metric's number of each user comes from. */
export type MetricSource =
  | { readonly from: "column"; readonly column: string }
  | {
      readonly from: "log";
      readonly log: string;
      /** Column that is summed; null: rows are counted. */
      readonly value: string | null;
      /** First and last day after the user's start, which is day 0. */
      readonly days: readonly [number, number];
    }
  | { readonly from: "ratio"; readonly above: string; readonly below: string }
  | { readonly from: "quantile"; readonly column: string; readonly at: number };

export interface PlanMetric {
  readonly id: string;
  readonly title: string;
  readonly kind: Metric["kind"];
  readonly unit: string;
  /** Null: as many as its standard error makes sense of. */
  readonly digits: number | null;
  readonly source: MetricSource;
  /** The user's number before: a column, or so many days of the log. */
  readonly before: { readonly column: string } | { readonly days: number } | null;
  readonly clamp: readonly [number, number] | null;
}

export interface PaybackTerms {
  /** Margin of one user's active period, in major units. */
  readonly margin: number;
  readonly withinMonths: number;
  /** Yearly. */
  readonly discount: number;
  readonly cannibalised: { readonly metric: string; readonly margin: number } | null;
}

export interface MeasurementPlan {
  /** Null: all that the assignment can answer. */
  readonly questions: readonly Estimand[] | null;
  /** Of the question "reward, given arrival": all who came, or those who were exposed. */
  readonly population: "assigned" | "exposed";
  readonly isRandomised: boolean;
  /** Nobody said so: it is taken for granted of a table, whose arms nobody here has drawn. */
  readonly isChanceAssumed?: boolean;
  readonly level?: number;
  /** Expected in all arms of a study: of each, or by question; absent: nobody said. */
  readonly plannedUsers?: number | Readonly<Partial<Record<Estimand, number>>>;
  readonly timeZone: string | null;
  /** The first one decides. */
  readonly metrics: readonly PlanMetric[];
  readonly segments: readonly string[];
  readonly stratifyBy: string | null;
  readonly guardrails: readonly Guardrail[];
  readonly negligible: Readonly<Record<string, number>>;
  readonly retention: {
    readonly log: string;
    readonly periodDays: number;
    readonly periods: number;
  } | null;
  readonly worth: { readonly margin: number; readonly cost: number | null } | null;
  readonly payback: PaybackTerms | null;
  /** Beside its amount, in major units. */
  readonly fees: { readonly grant: number; readonly redemption: number };
  readonly practicalDeviation?: number;
  /** What follows from which figures. */
  readonly decision?: DecisionRule;
}

export interface LogSource {
  readonly file: string;
  readonly table: string | null;
  readonly user: string;
  readonly at: string;
  readonly zone: string | null;
  /** Up to when the log is complete, ms; null: up to its last row. */
  readonly until: number | null;
  /** Days without rows: refused, or days without any activity. */
  readonly gaps: "refuse" | "keep";
  readonly currency: string | null;
  readonly separator: Separator;
}

export interface OutcomesSource {
  readonly file: string;
  readonly table: string | null;
  readonly user: string;
  readonly at: string | null;
  readonly zone: string | null;
  /** Users without a row, and empty cells. */
  readonly missing: Exclude<Missing, "drop">;
  readonly duplicates: Duplicates;
  readonly empty: readonly string[];
  /** Users whose row is of before they were assigned: counted, or left out. */
  readonly early: "keep" | "drop";
  readonly separator: Separator;
}

/** The journal of a campaign, and what the app knows of its users. */
export interface CampaignSources {
  readonly kind: "campaign";
  /** A data directory, or the export of one. */
  readonly journal: string | null;
  readonly events: string | null;
  readonly outcomes: OutcomesSource | null;
  readonly logs: Readonly<Record<string, LogSource>>;
  readonly areUsersPseudonyms: boolean;
}

/**
 * What happens to rows with an empty cell: refused, left out, or (outcomes only) taken for 0. With
 * "inactive" nothing being there is itself the outcome, so that the arms may differ in it.
 */
export type Missing = "refuse" | "drop" | "zero" | "inactive";

export function isTakenForZero(missing: Missing): missing is "zero" | "inactive" {
  return missing === "zero" || missing === "inactive";
}

/** Several rows of a user: refused, equal ones taken for one, or parts of one result added up. */
export type Duplicates = "refuse" | "identical" | "sum";

/** Any experiment's table, a row a user. */
export interface TableSources {
  readonly kind: "table";
  readonly file: string;
  readonly table: string | null;
  readonly arm: string;
  readonly control: string;
  /** Ids of other values of the arm column, where they have one. */
  readonly arms: Readonly<Record<string, string>>;
  /** Planned share of each value; null: equal shares, which the verdict says. */
  readonly shares: Readonly<Record<string, number>> | null;
  readonly user: string | null;
  readonly claimed: string | null;
  readonly cost: string | null;
  readonly estimand: Estimand;
  readonly missing: Missing;
  readonly duplicates: Duplicates;
  /** Users of several arms: refused, or left out. */
  readonly severalArms: "refuse" | "drop";
  /** Cells that say one of these are empty. */
  readonly empty: readonly string[];
  /** How whoever asks would ask for a repair. */
  readonly style: OptionStyle;
  readonly separator: Separator;
}

/** Sums by arm, where the rows are not at hand. */
export interface CountsSources {
  readonly kind: "counts";
  readonly file: string;
  readonly arms: Readonly<Record<string, string>>;
  readonly control: string;
  readonly shares: Readonly<Record<string, number>> | null;
  readonly estimand: Estimand;
}

export type Sources = CampaignSources | TableSources | CountsSources;
