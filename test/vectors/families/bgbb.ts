// BG/BB: at most one purchase in each of a row of periods.
import {
  bgBbChanceAlive,
  bgBbChanceOf,
  bgBbDiscounted,
  bgBbExpected,
  bgBbExpectedPurchases,
  bgBbLikelihood,
  fitBgBb,
  historyTable,
} from "../../../src/stats/index.ts";
import {
  answer,
  eachOf,
  fitValues,
  historyOf,
  NAMES,
  parametersOf,
  readHistories,
  required,
} from "../customers.ts";
import { type Answer, type Question, skip, values } from "../family.ts";
import { has, numberOf, numberOr } from "../fields.ts";

const PARAMETERS = ["alpha", "beta", "gamma", "delta"] as const;

export function bgbb(question: Question): Answer {
  const { method, input } = question;
  const given = parametersOf(input, PARAMETERS);
  if (given === null) return values(fitValues(fitBgBb(readHistories(question))));
  const parameters = required(given);
  if (/log-?lik|\bLL\b/i.test(method)) {
    const table = has(input, "file") ? readHistories(question) : historyTable([historyOf(input)]);
    return answer(question, bgBbLikelihood(table).logLikelihood(parameters));
  }
  const isCount = /number of (customers|donors|people|users)/i.test(method);
  if (isCount || /pmf|P\(X|probability of/i.test(method)) {
    const customers = isCount ? numberOf(input, "customers", "donors", "people") : 1;
    const counts = { ...input, x: input.x ?? numbersNamed(method) };
    const chances = eachOf(counts, ["x"], (line) => {
      const periods = numberOf(line, "n", "periods", "n_cal");
      return customers * bgBbChanceOf(parameters, periods, numberOf(line, "x", "frequency"));
    });
    return answer(question, chances);
  }
  const hasHistory = has(input, ...NAMES.recency) || has(input, "cases");
  if (!hasHistory && /E\[|expect/i.test(method)) {
    const means = eachOf(input, ["n"], (line) => bgBbExpected(parameters, numberOf(line, "n")));
    return answer(question, means);
  }
  if (!/alive|active|E\[|expect|DERT|discount/i.test(method)) {
    return skip(`nothing of BG/BB is called "${method}" here`);
  }
  const found = eachOf(input, ["x", "t_x", "n"], (line) => {
    const history = historyOf(line);
    if (/alive|active/i.test(method)) {
      return bgBbChanceAlive(parameters, history, numberOr(line, 1, "m", "ahead"));
    }
    if (/DERT|discount/i.test(method)) {
      const rate = numberOf(line, "d", "rate", "discount");
      return bgBbDiscounted(parameters, history, {
        rate,
        horizon: numberOr(line, Number.POSITIVE_INFINITY, "horizon"),
      });
    }
    return bgBbExpectedPurchases(parameters, history, numberOf(line, "n_star", "n.star", "m", "t"));
  });
  return answer(question, found);
}

/** The counts in words such as "donors with 0 and 6 transactions". */
function numbersNamed(method: string): number[] {
  const words = /with ([\d, and]+) (?:transactions|purchases|donations|repeat)/i.exec(method)?.[1];
  return (words?.match(/\d+/g) ?? []).map(Number);
}
