// Pareto/NBD.
import { paretoNbd } from "../../../src/stats/index.ts";
import type { Answer, Question } from "../family.ts";
import { inContinuousTime, purchases } from "./purchases.ts";

export function paretoNbdFamily(question: Question): Answer {
  return purchases(question, inContinuousTime(paretoNbd));
}
