// What a plan will be able to see, said before anything has happened: for every question, arm and
// metric. All effects are absolute and in the metric's own units; of a share, parts of 1.
import type { Estimand, Guardrail, Metric } from "../verdict/metric.ts";

/** Who will be assigned to what, for one question. */
export interface PlanDesign {
  readonly title: string;
  readonly estimand: Estimand;
  /** Users assigned in all. */
  readonly users: number;
  /** Part of them held out; 0 where nobody is. */
  readonly holdout: number;
  /** The treated arms, with their part of all users. */
  readonly arms: readonly { readonly id: string; readonly share: number }[];
}

/** What is known of one metric before anything has happened. */
export interface MetricBasis {
  /** Of users without the offer; null: not known. */
  readonly level: number | null;
  /** Standard deviation of what one user contributes. */
  readonly deviation: number;
  readonly from: "flags" | "history";
  /** Part of the variance that the user's number before explains, and that is taken out. */
  readonly explained: number | null;
}

/** In the metric's own units, or as a part of the held-out users' level. */
export interface WantedEffect {
  readonly size: number;
  readonly isRelative: boolean;
}

/** A figure for each way in which an effect is read. */
export interface ByReading<T> {
  /** Once, at the end. */
  readonly once: T;
  /** The same among all questions, by Holm's correction, where no other has an effect. */
  readonly amongAll: T;
  /** At any look, by an interval that is tightest at the end. */
  readonly anyLook: T;
}

export interface PlannedWeek {
  readonly week: number;
  readonly users: number;
  readonly heldOut: number;
  readonly treated: number;
  readonly smallest: ByReading<number>;
}

export interface PlannedMetric {
  readonly id: string;
  readonly title: string;
  readonly kind: Metric["kind"];
  readonly unit: string;
  /** Arms of one size see the same. */
  readonly arms: readonly string[];
  readonly basis: MetricBasis;
  readonly weekly: readonly PlannedWeek[];
  readonly byHoldout: readonly { readonly holdout: number; readonly smallest: ByReading<number> }[];
  readonly wanted: PlannedHoldout | null;
  /** The effect that just pays, where the plan says what the first metric is worth. */
  readonly payingEffect: number | null;
}

export interface PlannedHoldout {
  readonly effect: number;
  /** Part of the users; null: so few users cannot show it, whoever is held out. */
  readonly holdout: ByReading<number | null>;
  readonly leastUsers: ByReading<number>;
}

export interface PlannedGuardrail extends Guardrail {
  readonly title: string;
  readonly kind: Metric["kind"];
  readonly arms: readonly string[];
  /** Chance that it is called held at the end, where nothing got worse. */
  readonly power: number;
  /** The smallest margin that is held with the asked chance, on the scale of `margin`. */
  readonly resolvable: number;
}

export interface PlannedStudy extends PlanDesign {
  /** Questions that share the chance of a false alarm: metrics times arms, of all studies. */
  readonly questions: number;
  readonly metrics: readonly PlannedMetric[];
  readonly guardrails: readonly PlannedGuardrail[];
}

export interface PlanReport {
  readonly title: string;
  readonly level: number;
  readonly power: number;
  readonly weeks: number;
  readonly studies: readonly PlannedStudy[];
  /** What is not known, with the flag that gives it. */
  readonly missing: readonly string[];
}
