// The one verdict object. Text, tables, charts and JSON are all derived from it, so that prose
// cannot contradict numbers; its grade says how far words may go.
import type { CannibalisedReading } from "./cannibalised-reading.ts";
import type { ArmCost, CostReading } from "./cost-reading.ts";
import type { DecisionReading } from "./decision-reading.ts";
import type { EffectRow } from "./effect-row.ts";
import type { PlanReading } from "./frozen-plan.ts";
import type { GuardrailReading } from "./guardrail-reading.ts";
import type { HealthCheck } from "./health-check.ts";
import type { Estimand, Metric } from "./metric.ts";
import type { PaybackReading } from "./payback-reading.ts";
import type { RetentionReading } from "./retention-reading.ts";
import type { SegmentReading } from "./segment-reading.ts";
import type { WorthReading } from "./worth-reading.ts";

/**
 * How strong the evidence is: A randomised and healthy, B randomised but a health check failed,
 * C randomised by the campaign itself, D staggered starts and regions, E a structural time series,
 * F before and after.
 */
export type Grade = "A" | "B" | "C" | "D" | "E" | "F";

/** A figure to hold ours against: printed elsewhere, or a simulation's known truth. */
export interface Expectation {
  readonly kind: "published" | "truth";
  readonly estimand: Estimand;
  readonly metric: string;
  readonly arm: string;
  /** In the metric's own units; a share's difference as a ratio. */
  readonly value: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly source: string;
}

export interface Comparison extends Expectation {
  readonly ours: number | null;
  /** Published: equal when printed; truth: inside our interval. */
  readonly agrees: boolean;
}

export interface StudyReading {
  readonly title: string;
  readonly estimand: Estimand;
  readonly source: string;
  readonly grade: Grade;
  readonly gradeReason: string;
  readonly users: number;
  readonly arms: readonly { readonly id: string; readonly n: number }[];
  readonly metrics: readonly Metric[];
  readonly health: readonly HealthCheck[];
  readonly effects: readonly EffectRow[];
  /** By guardrail and arm; empty where none was declared. */
  readonly guardrails: readonly GuardrailReading[];
  /** For exploring; never part of the headline. */
  readonly segments: readonly SegmentReading[];
  /** What the effects on the first metric are worth; empty where nobody said. */
  readonly worth: readonly WorthReading[];
  /** Null where no periods were watched. */
  readonly retention: RetentionReading | null;
  /** Null where nobody said what an active user brings, or the arms do not compare. */
  readonly payback: PaybackReading | null;
  /** What the reward displaced, by arm; empty where nobody asked. */
  readonly cannibalised: readonly CannibalisedReading[];
}

/** A question that was to be answered and cannot be. */
export interface Unanswered {
  /** The assignment that was to answer it. */
  readonly title: string;
  readonly estimand: Estimand;
  readonly reason: string;
}

export interface Verdict {
  readonly title: string;
  /** The verdict in words: the first line of every report. */
  readonly headline: string;
  /** What nobody said and everything rests on, in sentences: below the first line. */
  readonly assumptions: readonly string[];
  /** Whether what is measured was fixed beforehand; null: there was no plan. */
  readonly plan: PlanReading | null;
  /** The weakest grade of the studies: it caps the words of the headline. */
  readonly grade: Grade;
  /** The plan's decision rule, held against the studies; null: the plan has none. */
  readonly decision: DecisionReading | null;
  readonly studies: readonly StudyReading[];
  /** Said in the headline, before what was answered. */
  readonly unanswered: readonly Unanswered[];
  readonly costs: readonly CostReading[];
  /** The journal's money by study and arm. */
  readonly money: readonly ArmCost[];
  readonly comparisons: readonly Comparison[];
  readonly notes: readonly string[];
}
