// Pareto/NBD.
import { fitParetoNbd, paretoNbd } from "../../../src/stats/index.ts";
import type { Answer, Question } from "../family.ts";
import { purchases } from "./purchases.ts";

const standard = "cdnow/cdnow_customers_summary.csv";

export function paretoNbdFamily(question: Question): Answer {
  return purchases(question, { model: paretoNbd, fit: fitParetoNbd, standard });
}
