// Regression adjustment (CUPED) of means and ratios, read at a fixed horizon or always-valid.
import { armsOf } from "../arms.ts";
import { readEffect } from "../effects.ts";
import { type Answer, type Question, values } from "../family.ts";
import { readingFields } from "../reading.ts";
import { isRelative, levelOf, unknownMethod } from "../words.ts";

export function cuped(question: Question): Answer {
  const known = /cuped|regression adjust|pre-?experiment|pre-?period/i.test(question.method);
  if (!known) unknownMethod("cuped", question.method);
  const relative = isRelative(question, true);
  const reading = readEffect(armsOf(question.input), relative, levelOf(question));
  return values({ ...readingFields(question, reading), ...reading.extra });
}
