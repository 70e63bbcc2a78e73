// What a judgement from outside is asked: a plan, what was published since, and how far each source
// can be off.
import type { Assumption } from "../assumptions/index.ts";
import type { PlanFile } from "../plan-file/plan.ts";
import type { PlanNumber } from "./plan-number.ts";
import type { FactorRange } from "./source-error.ts";

export interface JudgeQuestion {
  readonly title: string;
  readonly plan: PlanFile;
  /** What the plan knew when it was made, in words; null: not told. */
  readonly knew: string | null;
  readonly seed: string;
  /** Months within which it may have paid off, ascending. */
  readonly within: readonly number[];
  /** What could be spent, as a multiple of the budget announced. */
  readonly spendable: Assumption;
  readonly sources: readonly JudgedSource[];
  readonly readings: readonly Reading[];
  /** Figures of the file that are held against nothing. */
  readonly unused: readonly string[];
  /** What nobody published. */
  readonly blank: readonly string[];
}

export interface JudgedSource {
  readonly id: string;
  /** Common to all of its figures; null: it bounds only. */
  readonly factor: FactorRange | null;
  readonly why: string;
  /** Factors that are tried as if they were known. */
  readonly tried: readonly number[];
}

/** One published figure and the number of the plan that it is of. */
export interface Reading {
  readonly id: string;
  readonly number: PlanNumber;
  /** Its ids in the file: the figure, and what is taken from it. */
  readonly figures: readonly string[];
  /** In the unit of the number. */
  readonly published: number;
  /** Where it stands, in the words of the file. */
  readonly where: string;
  readonly date: string;
  readonly source: string;
  /** `check`: looked at, but not counted, for the reason given. */
  readonly as: "value" | "atMost" | "check";
  readonly error: FactorRange;
  readonly why: string;
}

/** The id of `spendable` among the assumptions. */
export const SPENDABLE = "spendable";
