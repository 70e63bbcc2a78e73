// All experiments, in the order of the table.
import { buyers, cohorts } from "./customers.ts";
import { costOf, credible, effectsOf, wrongQuestion } from "./effects.ts";
import type { Experiment } from "./experiment.ts";
import { FEW, fewOf } from "./few.ts";
import { fewLooksOf, fewPayback } from "./few-watched.ts";
import { looksOf } from "./looks.ts";
import { carriedOf, watchedOf } from "./payback.ts";
import { QUESTIONS } from "./population.ts";
import { nullsOf, verdictsOf } from "./verdicts.ts";

export const EXPERIMENTS: readonly Experiment[] = [
  ...QUESTIONS.flatMap((question) => [
    verdictsOf(question),
    effectsOf(question),
    credible(question),
    costOf(question),
    nullsOf(question),
    looksOf(question),
    watchedOf(question),
    carriedOf(question),
  ]),
  wrongQuestion(),
  ...FEW.flatMap((few) => [fewOf(few), fewLooksOf(few)]),
  fewPayback(),
  cohorts(),
  buyers(),
];
