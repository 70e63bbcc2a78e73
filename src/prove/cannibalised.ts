// What the reward displaced: own purchases that would have come anyway, at their margin.
import { decisiveRows } from "./effects.ts";
import type { StudyReading } from "./verdict.ts";

/** Asked of a study: the mean that may be displaced, and the margin of one of it. */
export interface CannibalisedQuestion {
  readonly metric: string;
  /** Major units. */
  readonly margin: number;
  readonly currency: string;
}

/** Margin lost a treated user, with its interval; below zero where more was bought instead. */
export interface CannibalisedReading extends CannibalisedQuestion {
  readonly title: string;
  readonly arm: string;
  readonly lost: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
}

/** One reading an arm; empty where the arms do not compare, or the effect was not measured. */
export function cannibalisedOf(
  study: StudyReading,
  question: CannibalisedQuestion,
): CannibalisedReading[] {
  if (study.grade !== "A") return [];
  const { margin } = question;
  return decisiveRows(study.effects, question.metric).flatMap(({ arm, metric, absolute }) => {
    if (absolute === null) return [];
    const { estimate, lower, upper, level } = absolute;
    const bounds = { lower: -margin * upper, upper: -margin * lower, level };
    return [{ ...question, title: metric.title, arm, lost: -margin * estimate, ...bounds }];
  });
}
