// Quantile metrics: the difference of two arms' quantiles, frequentist or with a prior.
import {
  differenceInQuantiles,
  type Effect,
  effectOf,
  effectPosterior,
  type QuantileSummary,
  relativeLift,
  summarizeQuantile,
} from "../../../src/stats/index.ts";
import { armsOf, effectFields } from "../arms.ts";
import { type Answer, type Fields, type Question, values } from "../family.ts";
import { has, numberOf } from "../fields.ts";
import { isRelative, levelOf, unknownMethod } from "../words.ts";
import { isInverse, posteriorFields, priorFor } from "./bayesian.ts";

export function quantile(question: Question): Answer {
  const { input, method } = question;
  if (!/quantile|percentile|median|\bp\d\d/i.test(method)) unknownMethod("quantile", method);
  const arms = armsOf(input);
  const [control, treatment] = [quantileOf(arms.control), quantileOf(arms.treatment)];
  const relative = isRelative(question, false);
  const effect = readQuantiles(control, treatment, relative, levelOf(question));
  const shown = { control_quantile: control.quantile, treatment_quantile: treatment.quantile };
  if (!/prior|bayes|posterior/i.test(method) && !has(input, "prior")) {
    return values({ ...shown, ...effectFields(effect) });
  }
  const prior = priorFor(question, relative, control.quantile);
  const posterior = effectPosterior(effect, prior, levelOf(question));
  return values({ ...shown, ...posteriorFields(posterior, isInverse(question)) });
}

function readQuantiles(
  control: QuantileSummary,
  treatment: QuantileSummary,
  relative: boolean,
  level: number,
): Effect {
  if (!relative) return differenceInQuantiles(control, treatment, level);
  const lift = relativeLift(summarizeQuantile(control), summarizeQuantile(treatment), level);
  return effectOf(lift.estimate, lift.standardError, Number.POSITIVE_INFINITY, level);
}

function quantileOf(arm: Fields): QuantileSummary {
  const summary = {
    n: numberOf(arm, "n"),
    quantile: numberOf(arm, "q", "quantile", "quantile_hat"),
    lower: numberOf(arm, "lower", "quantile_lower"),
    upper: numberOf(arm, "upper", "quantile_upper"),
  };
  return has(arm, "n_star") ? { ...summary, sampled: numberOf(arm, "n_star") } : summary;
}
