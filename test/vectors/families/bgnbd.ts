// BG/NBD, and the modified BG/NBD where the method says so.
import { bgNbd, mbgNbd } from "../../../src/stats/index.ts";
import type { Answer, Question } from "../family.ts";
import { inContinuousTime, purchases } from "./purchases.ts";

export function bgnbd(question: Question): Answer {
  const model = /modified|mbg/i.test(question.method) ? mbgNbd : bgNbd;
  return purchases(question, inContinuousTime(model));
}
