// The judgement from outside as one object: whether the campaign paid off as far as published
// figures can tell, what must be true for it, and how much that depends on whom one believes. Text,
// JSON and page are made from it alone. Nobody was held out: grade F, whatever the numbers say.

import { chancesOf } from "../monte-carlo/bind.ts";
import { PLAN_LEVEL } from "../monte-carlo/campaign-sample.ts";
import { hourlyTerms } from "../monte-carlo/hourly-terms.ts";
import { type Believed, believe, type JudgedVariant } from "./believe.ts";
import type { JudgeJob } from "./judge-block.ts";
import { answerSentence } from "./judge-words.ts";
import type { Judgement } from "./judged.ts";
import { judgedNumbers } from "./judged-numbers.ts";
import { judgedReadings } from "./judged-readings.ts";
import { learnedFrom } from "./learned.ts";
import { needsOf } from "./needs.ts";
import { PayoffChances } from "./payoff.ts";
import type { JudgeQuestion } from "./question.ts";
import { type DrawJudged, type RefineOptions, refine } from "./refine.ts";
import { SourceFits, variantsOf } from "./variants.ts";

export async function judgePublished(
  question: JudgeQuestion,
  draw: DrawJudged,
  options: RefineOptions = {},
): Promise<Judgement> {
  const job = jobOf(question);
  const variants = variantsOf(question);
  const fits = new SourceFits(question);
  const targets = variants.map((variant) => fits.targetOf(variant));
  const draws = await refine(job, targets, draw, options);
  const payoff = new PayoffChances(draws);
  const believed = variants.map((variant, i) => believe(draws, variant, targets[i]!, payoff));
  const plan = believed.at(-1) as Believed;
  const [all] = believed;
  const judged = believed.map((each) => each.judged);
  const after = all!.weights;
  const before = plan.weights!;
  return {
    headline: answerSentence({ within: question.within, variants: judged }),
    title: question.title,
    plan: question.plan.title,
    grade: "F",
    gradeReason: "before and after, nobody held out: it coincided with the campaign",
    currency: question.plan.terms.currency,
    seed: question.seed,
    draws: draws.count,
    level: PLAN_LEVEL,
    budget: question.plan.terms.budget,
    within: question.within,
    variants: judged,
    range: question.within.map((_, i) => rangeOver(judged, i)),
    numbers: after === null ? null : judgedNumbers(draws, before, after),
    needs: after === null ? null : needsOf(draws, after),
    learned: after === null ? null : learnedFrom(draws, before, after),
    readings: judgedReadings(question, draws, before, after),
    sources: question.sources,
    unused: question.unused,
    blank: question.blank,
  };
}

export function jobOf({ plan, seed, spendable, readings, within }: JudgeQuestion): JudgeJob {
  const terms = hourlyTerms(plan);
  return {
    terms,
    // What could be spent comes last, so that the plan's own draws stay what they are.
    assumptions: [...plan.assumptions, ...chancesOf(terms), spendable],
    correlations: plan.correlations,
    seed,
    numbers: readings.map(({ number }) => number),
    within,
  };
}

/** Over every reading of the sources, the one that believes nothing left out. */
function rangeOver(
  variants: readonly JudgedVariant[],
  months: number,
): { readonly least: number; readonly most: number } {
  const chances = variants
    .filter(({ kind, chances: own }) => kind !== "plan" && own !== null)
    .map(({ chances: own }) => own![months]!.share);
  return { least: Math.min(1, ...chances), most: Math.max(0, ...chances) };
}
