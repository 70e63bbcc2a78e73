// Who stayed, by arm: what was seen, what is expected, and how the curve did on what it was not
// shown.

import type { CurveModel, RetentionCurve } from "../stats/retention-models.ts";

export interface PeriodShare {
  readonly period: number;
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

export interface HeldOutPeriod {
  readonly period: number;
  readonly seen: number;
  readonly predicted: number;
  /** Predicted less seen, with its interval. */
  readonly error: number;
  readonly lower: number;
  readonly upper: number;
  /** Whether chance alone explains the error: its interval holds zero. */
  readonly isInside: boolean;
}

export type HoldoutCheck =
  | {
      readonly kind: "checked";
      /** Periods that the curve was fitted to. */
      readonly fittedPeriods: number;
      readonly points: readonly HeldOutPeriod[];
      /** Active periods a user over all that was held out: predicted over seen, less 1. */
      readonly relativeError: number | null;
      /** Whether chance alone explains the error over all that was held out. */
      readonly isInside: boolean;
      /** Whether it is within CHECK_TOLERANCE: with many users every curve is off beyond chance. */
      readonly isSmall: boolean;
    }
  | { readonly kind: "unchecked"; readonly reason: string };

export interface ArmRetention {
  readonly arm: string;
  readonly users: number;
  readonly seen: readonly PeriodShare[];
  /** Null where `reason` says why there is none. */
  readonly curve: RetentionCurve | null;
  /** The curve in the watched periods, from `firstPeriod` on. */
  readonly fitted: readonly number[] | null;
  /** What the curve expects of the periods after the last watched, up to the horizon. */
  readonly expected: readonly PeriodShare[] | null;
  /** Why nothing is expected; null where something is. */
  readonly reason: string | null;
  readonly holdout: HoldoutCheck;
}

export interface RetentionReading {
  readonly periodDays: number;
  readonly periods: number;
  readonly horizonPeriods: number;
  readonly level: number;
  readonly draws: number;
  readonly seed: string;
  readonly model: CurveModel;
  /** The first period that curves are fitted to: 1 where everybody is active in period 0. */
  readonly firstPeriod: number;
  /** The control first. */
  readonly arms: readonly ArmRetention[];
}

/** Part of the active periods held out by which a curve may miss them and still be relied on. */
export const CHECK_TOLERANCE = 0.05;
