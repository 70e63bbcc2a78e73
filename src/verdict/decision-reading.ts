// The decision rule that was fixed beforehand, and what its conditions came to.
import type { Estimand } from "./metric.ts";

/** What has to hold, whoever it is asked of. */
type Need =
  | {
      readonly kind: "payback";
      /** Chance of having paid back within so many months, 0 to 1. */
      readonly chance: number;
      readonly withinMonths: number;
    }
  | {
      readonly kind: "effect";
      readonly metric: string;
      /** "at least": of the interval's lower bound; "at most": of its upper one. */
      readonly side: "at least" | "at most";
      /** Part of the held-out users' level where `isRelative`, else the metric's units. */
      readonly limit: number;
      readonly isRelative: boolean;
    }
  /** Net worth of a treated user, by the lower bound of its interval. */
  | { readonly kind: "worth"; readonly limit: number }
  | { readonly kind: "guardrails" };

export type Condition = Need & {
  /** Whose figures count; null: those of the first study. */
  readonly question: Estimand | null;
  /** The one arm that it is asked of; null: each. */
  readonly arm: string | null;
};

export interface DecisionRule {
  /** What follows, in the words of whoever fixed it. */
  readonly action: string;
  /** What is done instead; null: nobody said. */
  readonly otherwise: string | null;
  readonly conditions: readonly Condition[];
}

export interface ConditionReading {
  readonly condition: Condition;
  /** Title of the study whose figures count. */
  readonly study: string;
  /** What is held against the limit; null: not measured, or it is no number. */
  readonly figure: number | null;
  /** Of the interval whose bound the figure is. */
  readonly level: number | null;
  /** Ids of the guardrails that are not held. */
  readonly notHeld: readonly string[];
  readonly holds: boolean;
  /** What the figure leaves out, or why there is none. */
  readonly note: string | null;
}

export interface ArmDecision {
  readonly arm: string;
  /** Whether all conditions hold, and with them the action follows. */
  readonly follows: boolean;
  readonly conditions: readonly ConditionReading[];
}

export interface DecisionReading extends DecisionRule {
  /** Why the rule is not applied, or null. */
  readonly notApplied: string | null;
  /** By treated arm; empty where the rule is not applied. */
  readonly arms: readonly ArmDecision[];
}
