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
import { has, numberOf, numberOr } from "../fields.ts";
import { isRelative, levelOf, unknownMethod } from "../words.ts";
import { isInverse, posteriorFields, priorFor } from "./bayesian.ts";

export function quantile(question: Question): Answer {
  const { input, method } = question;
  if (!/quantile|percentile|median|\bp\d\d/i.test(method)) unknownMethod("quantile", method);
  const arms = armsOf(input);
  const share = numberOr(input, 0.5, "nu", "share");
  const control = quantileOf(arms.control, share);
  const treatment = quantileOf(arms.treatment, share);
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

function quantileOf(arm: Fields, share: number): QuantileSummary {
  const summary = {
    n: numberOf(arm, "n"),
    quantile: numberOf(arm, "q", "quantile", "quantile_hat"),
    lower: numberOf(arm, "lower", "quantile_lower"),
    upper: numberOf(arm, "upper", "quantile_upper"),
    ...(has(arm, "n_star") ? { sampled: numberOf(arm, "n_star") } : {}),
  };
  if (!has(arm, "n_clusters")) return summary;
  const moments = {
    n: numberOf(arm, "n_clusters"),
    sumX: numberOf(arm, "main_sum"),
    sumXX: numberOf(arm, "main_sum_squares"),
    sumY: numberOf(arm, "denominator_sum"),
    sumYY: numberOf(arm, "denominator_sum_squares"),
    sumXY: numberOf(arm, "main_denominator_sum_product", "sum_products"),
  };
  return { ...summary, clusters: { share: numberOr(arm, share, "nu", "share"), moments } };
}
