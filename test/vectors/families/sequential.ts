// Always-valid readings (asymptotic confidence sequences) and group-sequential bounds.
import { spendingBounds } from "../../../src/stats/index.ts";
import { armsOf } from "../arms.ts";
import { readEffect } from "../effects.ts";
import { type Answer, type Question, values } from "../family.ts";
import { numberOr, numbersOf } from "../fields.ts";
import { isAlwaysValid, readingFields } from "../reading.ts";
import { alphaOf, directionOf, isRelative, levelOf, numberAfter, unknownMethod } from "../words.ts";

export function sequential(question: Question): Answer {
  const { method } = question;
  if (/group[- ]sequential|spending|lan-?demets|bounds/i.test(method)) return bounds(question);
  if (!isAlwaysValid(question)) unknownMethod("sequential", method);
  const relative = isRelative(question, true);
  const reading = readEffect(armsOf(question.input), relative, levelOf(question));
  return values({ ...readingFields(question, reading), ...reading.extra });
}

function bounds(question: Question): Answer {
  const { input, method, wanted } = question;
  const information = numbersOf(input, "information_fraction", "information", "t");
  const oneSided = directionOf(question) !== null;
  const sides = numberOr(input, oneSided ? 1 : 2, "sides") === 1 ? 1 : 2;
  const power = numberOr(input, numberAfter(method, /\b(?:phi|rho|power)\b/) ?? 2, "phi", "rho");
  // "As implemented by" a program means its stopping rule too; what is computed otherwise is exact.
  const published = /implement|ldbounds|landem|spotify/i.test(method);
  const search = published ? "decimal" : "exact";
  const found = spendingBounds(information, { alpha: alphaOf(question), sides, power, search });
  const list = wanted.every((path) => /^\d+$/.test(path));
  return values(list ? found : { bounds: found, upper: found, lower: found.map((each) => -each) });
}
