// Every published figure beside the plan's number of the same thing: before it was published, and
// after all of them were. A figure that hardly any draw would have led to is said to be one.
import type { OutputUnit } from "../model/outputs.ts";
import { PLAN_LEVEL } from "../monte-carlo/campaign-sample.ts";
import type { JudgedDraws } from "./judged-draws.ts";
import { titleOfNumber, unitOfNumber } from "./plan-number.ts";
import type { JudgeQuestion, Reading } from "./question.ts";
import { logError, publishedAtMost } from "./source-error.ts";
import { factorOf } from "./variants.ts";
import { rangeOf, WeightedDraws, type WeightedRange, weightedShare } from "./weights.ts";

export interface JudgedReading extends Omit<Reading, "number"> {
  readonly title: string;
  readonly unit: OutputUnit;
  readonly before: WeightedRange;
  readonly after: WeightedRange | null;
  /** Chance, as planned and with the source's errors, that no more than this would be published. */
  readonly rank: number;
  /** Whether hardly any draw leads to such a figure: what was assumed leaves no room for it. */
  readonly isOutOfReach: boolean;
  /** Published over the new middle: how far the source seems to be off. */
  readonly times: number | null;
}

/** A figure below or above this part of what would have been published is out of reach. */
const REACH = 0.005;

export function judgedReadings(
  question: JudgeQuestion,
  draws: JudgedDraws,
  before: Float64Array,
  after: Float64Array | null,
): JudgedReading[] {
  return question.readings.map((reading, at): JudgedReading => {
    const { number, ...told } = reading;
    const values = draws.column((draw) => draws.number(draw, at));
    const range = (weights: Float64Array): WeightedRange =>
      rangeOf(new WeightedDraws(values, weights), PLAN_LEVEL);
    const factor = factorOf(question, reading.source);
    const published = { published: reading.published, error: logError(reading.error) };
    const rank = weightedShare(before, (i) => publishedAtMost(factor, published, values[i]!)).share;
    const later = after === null ? null : range(after);
    const isBound = reading.as === "atMost";
    return {
      ...told,
      title: titleOfNumber(number, draws.job.terms),
      unit: unitOfNumber(number),
      before: range(before),
      after: later,
      rank,
      // A bound is broken by what lies above it, and says nothing where nothing does.
      isOutOfReach: rank < REACH || (!isBound && rank > 1 - REACH),
      times: later === null || !(later.median > 0) ? null : reading.published / later.median,
    };
  });
}
