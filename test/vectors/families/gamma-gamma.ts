// The Gamma-Gamma model of spend a purchase: fits and expectations.
import {
  fitGammaGamma,
  gammaGammaExpected,
  gammaGammaLikelihood,
  gammaGammaMean,
} from "../../../src/stats/index.ts";
import {
  answer,
  eachOf,
  fitValues,
  NAMES,
  parametersOf,
  readSpend,
  required,
} from "../customers.ts";
import { type Answer, type Question, skip, values } from "../family.ts";
import { has, numberOf } from "../fields.ts";

const NAMES_OF_MODEL = ["p", "q", "v"] as const;
const MEANS = ["m", "mx", "m_x", "zbar", "mean", "mean_value", "monetary_value"] as const;

export function gammaGamma(question: Question): Answer {
  const { method, input } = question;
  const given = parametersOf(input, NAMES_OF_MODEL);
  if (given === null && has(input, "file", "data")) {
    const fit = fitValues(fitGammaGamma(readSpend(question)));
    if (/MLE|\bfit|estimat|maximum likelihood/i.test(method)) {
      return values({ ...fit, gamma: fit.v!, n: fit.customers! });
    }
    return answer(question, gammaGammaMean(fit as { p: number; q: number; v: number }));
  }
  const parameters = required(given);
  if (/log-?lik|\bLL\b/i.test(method)) {
    return answer(question, gammaGammaLikelihood(readSpend(question)).logLikelihood(parameters));
  }
  if (!/E\[|expect|mean|average/i.test(method)) {
    return skip(`nothing of the Gamma-Gamma model is called "${method}" here`);
  }
  if (!has(input, ...MEANS) && !has(input, "cases")) {
    return answer(question, gammaGammaMean(parameters));
  }
  const found = eachOf(input, ["x", "m"], (line) =>
    gammaGammaExpected(parameters, numberOf(line, ...NAMES.repeats), numberOf(line, ...MEANS)),
  );
  return answer(question, found);
}
