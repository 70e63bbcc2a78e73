// Ratio metrics and lifts by the delta method: whole readings, or the variance of a difference.
import { differenceInMeans, relativeLiftVariance } from "../../../src/stats/index.ts";
import { armsOf, summaryOf } from "../arms.ts";
import { readEffect } from "../effects.ts";
import { type Answer, type Question, values } from "../family.ts";
import { readingFields } from "../reading.ts";
import { isRelative, levelOf, unknownMethod } from "../words.ts";

export function ratioDelta(question: Question): Answer {
  const { method, input, wanted } = question;
  const arms = armsOf(input);
  const bare = wanted.length === 1 && wanted[0] === "";
  if (bare && /variance/i.test(method)) {
    const [a, b] = [summaryOf(arms.control), summaryOf(arms.treatment)];
    const relative = isRelative(question, false);
    const absolute = (): number => differenceInMeans(a, b).standardError ** 2;
    return values(relative ? relativeLiftVariance(a, b) : absolute());
  }
  if (!/ratio|delta|cuped|lift|difference/i.test(method)) unknownMethod("ratio_delta", method);
  const reading = readEffect(arms, isRelative(question, true), levelOf(question));
  return values({ ...readingFields(question, reading), ...reading.extra });
}
