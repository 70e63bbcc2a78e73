// Two arms compared: means by Welch's or Student's t or the normal reference, shares by z tests and
// by the intervals that the method names. Several may be named in one method.
import {
  agrestiCaffoInterval,
  differenceInProportions,
  type Effect,
  effectOf,
  equivalence,
  type Interval,
  newcombeInterval,
  nonInferiority,
  normalCdf,
  oddsRatioInterval,
  pooledDifferenceInMeans,
  pooledProportionTest,
  riskRatioInterval,
  riskRatioScoreInterval,
  type Share,
  scoreDifferenceInterval,
  scoreOddsRatioInterval,
  shareInterval,
} from "../../../src/stats/index.ts";
import { type Arms, armsOf, isShare, shareOf, summaryOf } from "../arms.ts";
import { readEffect } from "../effects.ts";
import { type Answer, type Question, type Value, values } from "../family.ts";
import { has, numberOf } from "../fields.ts";
import { readingFields } from "../reading.ts";
import { directionOf, isRelative, levelOf, unknownMethod } from "../words.ts";

type Named = { [name: string]: Value };

export function twoSample(question: Question): Answer {
  const { method, input } = question;
  if (isShare(input) && /wilson/i.test(method)) {
    return values(intervalFields(shareInterval(shareOf(input), levelOf(question))));
  }
  const arms = armsOf(input);
  const relative = isRelative(question, false);
  if (!isShare(arms.control) || /\bt\b|t-?test|welch/i.test(method)) {
    if (!/\bt\b|t-?test|welch|student|\bz\b|z-?test|differ|lift/i.test(method)) {
      unknownMethod("two_sample", method);
    }
    return ofMeans(question, arms, relative);
  }
  const found = ofShares(question, shareOf(arms.control), shareOf(arms.treatment));
  if (found === null) unknownMethod("two_sample", method);
  return values(found);
}

function ofMeans(question: Question, arms: Arms, relative: boolean): Answer {
  const reading = readEffect(arms, relative, levelOf(question));
  const effect = referenced(question, arms, reading.effect);
  if (/tost|equivalen|non-?inferior/i.test(question.method)) return ofMargin(question, effect);
  return values({ ...reading.extra, ...readingFields(question, { ...reading, effect }) });
}

/** Two one-sided tests within margins, or one against a margin. */
function ofMargin(question: Question, effect: Effect): Answer {
  const { method, input } = question;
  const level = levelOf(question);
  if (/non-?inferior/i.test(method)) {
    const margin = Math.abs(numberOf(input, "margin", "nim"));
    const found = nonInferiority(effect, margin, directionOf(question) ?? "greater", level);
    const { p, bound, nonInferior } = found;
    return values({ p, p_value: p, bound, non_inferior: nonInferior, estimate: effect.estimate });
  }
  const low = has(input, "low", "lower") ? numberOf(input, "low", "lower") : null;
  const high = has(input, "high", "upper", "upp") ? numberOf(input, "high", "upper", "upp") : null;
  const margin = low === null || high === null ? Math.abs(numberOf(input, "margin")) : 0;
  const found = equivalence(effect, low ?? -margin, high ?? margin, level);
  const { p, pLower, pUpper, equivalent } = found;
  const bounds = { p, p_value: p, p_lower: pLower, p_upper: pUpper, equivalent };
  return values({ ...bounds, estimate: effect.estimate, ...intervalFields(found) });
}

/** The effect by the reference that the method names: Welch's t unless it is the normal one. */
function referenced({ method }: Question, arms: Arms, effect: Effect): Effect {
  const { estimate, level } = effect;
  if (/\bz\b|z-?test|normal reference/i.test(method)) {
    return effectOf(estimate, effect.standardError, Number.POSITIVE_INFINITY, level);
  }
  if (!/student|pooled variance|equal variance/i.test(method)) return effect;
  return pooledDifferenceInMeans(summaryOf(arms.control), summaryOf(arms.treatment), level);
}

/** Every interval and test that the method names; null if it names none. */
function ofShares(question: Question, control: Share, treatment: Share): Named | null {
  const { method } = question;
  const level = levelOf(question);
  const difference = treatment.successes / treatment.n - control.successes / control.n;
  const ratio = treatment.successes / treatment.n / (control.successes / control.n);
  const named: Named = { abs: difference, diff: difference, difference, estimate: difference };
  Object.assign(named, { rel: ratio - 1, relative: ratio - 1, risk_ratio: ratio, ratio });
  const before = Object.keys(named).length;
  if (/pooled|\bz\b|z-?test|chi/i.test(method)) Object.assign(named, testFields(question));
  if (/wald|\bz\b|z-?test|chi/i.test(method)) {
    const wald = differenceInProportions(control, treatment, level);
    Object.assign(named, { se: wald.standardError, wald_ci: pair(wald) }, intervalFields(wald));
  }
  if (/agresti|caffo/i.test(method)) {
    const found = agrestiCaffoInterval(control, treatment, level);
    Object.assign(named, { agresti_caffo_ci: pair(found) }, intervalFields(found));
  }
  if (/newcomb/i.test(method)) {
    const found = newcombeInterval(control, treatment, level);
    Object.assign(named, { abs_ci: pair(found), newcombe_ci: pair(found) }, intervalFields(found));
  }
  if (/odds/i.test(method)) Object.assign(named, oddsFields(question, control, treatment));
  else if (/score|miettinen|nurminen|\bmee\b/i.test(method) && /diff/i.test(method)) {
    const corrected = !/\bmee\b|uncorrected|without correction/i.test(method);
    const found = scoreDifferenceInterval(control, treatment, { level, corrected });
    Object.assign(named, { score_ci: pair(found) }, intervalFields(found));
  } else if (/ratio|koopman|relative/i.test(method))
    Object.assign(named, ratioFields(question, named));
  if (/wilson/i.test(method)) {
    const [t, c] = [shareInterval(treatment, level), shareInterval(control, level)];
    Object.assign(named, { wilson_t: pair(t), wilson_c: pair(c) });
  }
  return Object.keys(named).length === before ? null : named;
}

/** The pooled z test in the direction that is asked for, also as a chi-square. */
function testFields(question: Question): Named {
  const arms = armsOf(question.input);
  const { z, p } = pooledProportionTest(shareOf(arms.control), shareOf(arms.treatment));
  const direction = directionOf(question);
  const oneSided = direction === "greater" ? normalCdf(-z) : normalCdf(z);
  const reached = direction === null ? p : oneSided;
  return { z, p: reached, p_value: reached, statistic: z, chi2: z * z };
}

function ratioFields(question: Question, before: Named): Named {
  const { method, input } = question;
  const { control, treatment } = armsOf(input);
  const [a, b] = [shareOf(control), shareOf(treatment)];
  const level = levelOf(question);
  const log = riskRatioInterval(a, b, { level });
  const adjusted = riskRatioInterval(a, b, { adjusted: true, level });
  const score = riskRatioScoreInterval(a, b, level);
  const relative = { lower: log.lower - 1, upper: log.upper - 1 };
  const named: Named = {
    score_ci: pair(score),
    koopman_ci: pair(score),
    log_ci: pair(log),
    katz_ci: pair(log),
    log_adjusted_ci: pair(adjusted),
    rel_ci: pair(relative),
    relative_ci: pair(relative),
  };
  if (before.ci !== undefined || has(input, "values")) return named;
  // A bare "ci" is that of the one method that is named.
  const only = /score|koopman/i.test(method) ? score : /adjust/i.test(method) ? adjusted : log;
  const shown = /lift|relative/i.test(method) && only === log ? relative : only;
  return { ...named, ...intervalFields(shown) };
}

function oddsFields(question: Question, control: Share, treatment: Share): Named {
  const { method } = question;
  const level = levelOf(question);
  const log = oddsRatioInterval(control, treatment, { level });
  const adjusted = oddsRatioInterval(control, treatment, { level, adjusted: true });
  const score = scoreOddsRatioInterval(control, treatment, { level });
  const only = /score/i.test(method) ? score : /adjust/i.test(method) ? adjusted : log;
  const odds = ({ successes, n }: Share): number => successes / (n - successes);
  const ratio = odds(treatment) / odds(control);
  return {
    odds_ratio: ratio,
    estimate: ratio,
    logit_ci: pair(log),
    log_ci: pair(log),
    logit_adjusted_ci: pair(adjusted),
    log_adjusted_ci: pair(adjusted),
    score_ci: pair(score),
    ...intervalFields(only),
  };
}

function intervalFields(interval: Interval): Named {
  return { ci: pair(interval), ci_lower: interval.lower, ci_upper: interval.upper };
}

function pair({ lower, upper }: Interval): [number, number] {
  return [lower, upper];
}
