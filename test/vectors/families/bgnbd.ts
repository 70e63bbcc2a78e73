// BG/NBD, and the modified BG/NBD where the method says so.
import { bgNbd, fitBgNbd, fitMbgNbd, mbgNbd } from "../../../src/stats/index.ts";
import type { Answer, Question } from "../family.ts";
import { purchases } from "./purchases.ts";

const standard = "cdnow/cdnow_customers_summary.csv";

export function bgnbd(question: Question): Answer {
  return /modified|mbg/i.test(question.method)
    ? purchases(question, { model: mbgNbd, fit: fitMbgNbd, standard })
    : purchases(question, { model: bgNbd, fit: fitBgNbd, standard });
}
