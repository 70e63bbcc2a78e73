// What a judgement from outside comes to.
import type { OutputUnit } from "../model/outputs.ts";
import type { JudgedVariant } from "./believe.ts";
import type { JudgedReading } from "./judged-readings.ts";
import type { LearnedAssumption } from "./learned.ts";
import type { Needs } from "./needs.ts";
import type { JudgedSource } from "./question.ts";
import type { WeightedRange } from "./weights.ts";

export interface Judgement {
  /** The report's first sentence. */
  readonly headline: string;
  readonly title: string;
  /** The title of the plan whose assumptions were updated. */
  readonly plan: string;
  readonly grade: "F";
  readonly gradeReason: string;
  readonly currency: string;
  readonly seed: string;
  readonly draws: number;
  readonly level: number;
  /** As announced. */
  readonly budget: number;
  readonly within: readonly number[];
  /** All sources first; what is null there could not be said. */
  readonly variants: readonly JudgedVariant[];
  /** By months: the least and the greatest chance under any reading of the sources. */
  readonly range: readonly { readonly least: number; readonly most: number }[];
  /** Null when no draw of the plan comes near what was published. */
  readonly numbers: readonly JudgedNumber[] | null;
  readonly needs: readonly Needs[] | null;
  readonly learned: readonly LearnedAssumption[] | null;
  readonly readings: readonly JudgedReading[];
  readonly sources: readonly JudgedSource[];
  readonly unused: readonly string[];
  readonly blank: readonly string[];
}

export interface JudgedNumber {
  readonly id: string;
  readonly title: string;
  readonly unit: OutputUnit;
  /** As planned, and after what was published. */
  readonly before: WeightedRange;
  readonly after: WeightedRange;
}
