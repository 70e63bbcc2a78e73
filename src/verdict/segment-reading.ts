// Effects by segment, and whether they differ.
import type { Heterogeneity } from "../stats/heterogeneity.ts";
import type { PlainEffect } from "./effect-row.ts";

/** One effect on the users of one value; without an interval where `note` says why. */
export interface SegmentRow extends Pick<PlainEffect, "absolute" | "relative" | "note"> {
  readonly population: "assigned" | "adjusted";
  readonly value: string;
  readonly metric: string;
  readonly arm: string;
  readonly controlUsers: number;
  readonly treatmentUsers: number;
  /** Null where there are too few users to say. */
  readonly controlMean: number | null;
  readonly treatmentMean: number | null;
  readonly bhP: number | null;
}

/** Whether one metric's effect differs between the values of a segmentation. */
export interface SegmentDifference extends Heterogeneity {
  readonly metric: string;
  readonly arm: string;
  /** Benjamini-Hochberg among all such tests of the study. */
  readonly bhP: number;
  /** "not_known" where the evidence does not allow to say what was caused. */
  readonly finding: "differs" | "not shown" | "not_known";
}

/** The effects by the values of one thing that was known before assignment. */
export interface SegmentReading {
  readonly by: string;
  readonly rows: readonly SegmentRow[];
  /** Of metrics and arms with at least two values that are measured. */
  readonly differences: readonly SegmentDifference[];
}
