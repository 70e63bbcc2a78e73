// Bayesian readings: normal posteriors of effects and of given moments, beta posteriors of shares.
import {
  absolutePrior,
  type BetaPrior,
  compareShares,
  type EffectPrior,
  effectPosterior,
  expectedLoss,
  JEFFREYS,
  normalCdf,
  relativePrior,
  sharePosterior,
  UNIFORM,
} from "../../../src/stats/index.ts";
import { armsOf, isShare, shareOf } from "../arms.ts";
import { readEffect } from "../effects.ts";
import { type Answer, type Fields, type Question, type Value, values } from "../family.ts";
import { fieldsOf, has, isFields, numberOf, textOf } from "../fields.ts";
import { isRelative, levelOf, parts } from "../words.ts";

export function bayesian(question: Question): Answer {
  const { input, method } = question;
  if (/\bbeta\b|beta-?binomial/i.test(method)) return ofShares(question);
  if (has(input, "mu", "mean") && has(input, "sigma", "sd")) return ofMoments(input);
  return ofEffect(question);
}

function ofMoments(input: Fields): Answer {
  const [mu, sigma] = [numberOf(input, "mu", "mean"), numberOf(input, "sigma", "sd")];
  const { lossOfControl, lossOfTreatment } = expectedLoss(mu, sigma);
  return values({
    ...lossFields(lossOfControl, lossOfTreatment),
    chance_to_win: normalCdf(mu / sigma),
  });
}

function ofEffect(question: Question): Answer {
  const relative = isRelative(question, true);
  const level = levelOf(question);
  const { effect, controlLevel, extra } = readEffect(armsOf(question.input), relative, level);
  const prior = priorFor(question, relative, controlLevel);
  const posterior = effectPosterior(effect, prior, level);
  return values({ ...extra, ...posteriorFields(posterior, isInverse(question)) });
}

/** The prior on the scale of the effect; one on the other scale is carried over. */
export function priorFor(question: Question, relative: boolean, controlLevel: number): EffectPrior {
  const { input, method } = question;
  let prior: EffectPrior = "flat";
  let scale = "";
  if (isFields(input.prior)) {
    const raw = fieldsOf(input, "prior");
    if (raw.proper !== false) {
      const variance = has(raw, "variance", "var")
        ? numberOf(raw, "variance", "var")
        : numberOf(raw, "sd", "stddev") ** 2;
      prior = { mean: has(raw, "mean") ? numberOf(raw, "mean") : 0, variance };
    }
    scale = textOf(raw, "type", "on") ?? "";
  } else {
    const words = parts(method)[0]!;
    const form = /N\(\s*(-?\d*\.?\d+)\s*,\s*(\d*\.?\d+)\s*(\^2)?\s*\)\s*prior/i.exec(words);
    const spelt = /prior mean (-?\d*\.?\d+),? variance (\d*\.?\d+)/i.exec(words);
    if (spelt) prior = { mean: Number(spelt[1]), variance: Number(spelt[2]) };
    if (form) prior = { mean: Number(form[1]), variance: Number(form[2]) ** (form[3] ? 2 : 1) };
  }
  // Engines state priors of effects on the relative scale unless they say otherwise.
  if (/absolut/i.test(scale)) return relative ? relativePrior(prior, controlLevel) : prior;
  return relative ? prior : absolutePrior(prior, controlLevel);
}

/** A posterior under the names in use; `inverse` where less of the metric is better. */
export function posteriorFields(
  posterior: ReturnType<typeof effectPosterior>,
  inverse: boolean,
): { [name: string]: Value } {
  const { mean, standardDeviation, lower, upper, chanceToBeat } = posterior;
  const [kept, taken] = [posterior.lossOfControl, posterior.lossOfTreatment];
  const loss = inverse ? lossFields(taken, kept) : lossFields(kept, taken);
  const chance = inverse ? 1 - chanceToBeat : chanceToBeat;
  return {
    mean,
    estimate: mean,
    expected: mean,
    sd: standardDeviation,
    stddev: standardDeviation,
    se: standardDeviation,
    ci: [lower, upper],
    ci_lower: lower,
    ci_upper: upper,
    chance_to_win: chance,
    chance_to_beat: chance,
    ...loss,
  };
}

export function isInverse({ input, method }: Question): boolean {
  return input.inverse === true || /\binverse\b|less is better|lower is better/i.test(method);
}

function lossFields(control: number, treatment: number): { [name: string]: Value } {
  return {
    risk: [control, treatment],
    expected_loss: [control, treatment],
    risk_control: control,
    risk_treatment: treatment,
  };
}

function ofShares(question: Question): Answer {
  const { input, method } = question;
  const level = levelOf(question);
  const prior = betaPrior(input, method);
  if (isShare(input)) return values(shareFields(sharePosterior(shareOf(input), prior, level)));
  const { control, treatment } = armsOf(input);
  const a = sharePosterior(shareOf(control), prior, level);
  const b = sharePosterior(shareOf(treatment), prior, level);
  const { chanceToBeat, lossOfControl, lossOfTreatment } = compareShares(a, b);
  return values({
    control: shareFields(a),
    treatment: shareFields(b),
    difference: b.mean - a.mean,
    mean: b.mean - a.mean,
    chance_to_win: chanceToBeat,
    chance_to_beat: chanceToBeat,
    ...lossFields(lossOfControl, lossOfTreatment),
  });
}

function betaPrior(input: Fields, method: string): BetaPrior {
  const raw = input.prior;
  if (Array.isArray(raw)) return { a: Number(raw[0]), b: Number(raw[1]) };
  if (isFields(raw)) return { a: numberOf(raw, "a", "alpha"), b: numberOf(raw, "b", "beta") };
  const form = /\(\s*(\d*\.?\d+)\s*,\s*(\d*\.?\d+)\s*\)/.exec(method);
  if (form) return { a: Number(form[1]), b: Number(form[2]) };
  return /uniform|flat/i.test(method) ? UNIFORM : JEFFREYS;
}

function shareFields(posterior: ReturnType<typeof sharePosterior>): { [name: string]: Value } {
  const { mean, standardDeviation, lower, upper, a, b } = posterior;
  return {
    mean,
    estimate: mean,
    sd: standardDeviation,
    ci: [lower, upper],
    ci_lower: lower,
    ci_upper: upper,
    a,
    b,
  };
}
