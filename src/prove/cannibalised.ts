// What the reward displaced: own purchases that would have come anyway, at their margin.

import type { CannibalisedQuestion, CannibalisedReading } from "../verdict/cannibalised-reading.ts";
import { decisiveRows } from "../verdict/effect-row.ts";
import type { StudyReading } from "../verdict/verdict.ts";

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
