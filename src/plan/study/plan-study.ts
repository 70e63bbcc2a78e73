// Everything that a plan says, as one object: text, JSON and page are made from it alone.

import type { Assumption, Correlation } from "../assumptions/index.ts";
import { OUTPUT_IDS, OUTPUTS, type OutputId, type OutputUnit } from "../model/outputs.ts";
import { type DrawJob, ROWS_KEPT } from "../monte-carlo/block.ts";
import {
  type CampaignSample,
  PLAN_LEVEL,
  type PlannedNumber,
} from "../monte-carlo/campaign-sample.ts";
import { hourlyTerms } from "../monte-carlo/hourly-terms.ts";
import { withChanges } from "../monte-carlo/scenario.ts";
import { type LeftOut, leftOutLimits } from "../monte-carlo/shared-cap-terms.ts";
import type { PlanFile, ScenarioChange } from "../plan-file/plan.ts";
import { type BestSplit, bestSplit } from "./best-split.ts";
import { type BreakEven, breakEvens } from "./break-even.ts";
import { type ComparedScenario, compareScenario } from "./comparison.ts";
import type { DrawSample, DrawSamples } from "./draw-samples.ts";
import { FAN_QUANTILES, type FanPoint, monthlyFan, spendingFan } from "./fan.ts";
import { type HoldoutValue, holdoutValue } from "./holdout-value.ts";
import { BUDGETS_TRIED, type Response, responseOf } from "./response.ts";
import { type StudiedHours, studiedHours } from "./studied-hours.ts";
import { type Contributions, contributionsIn } from "./tornado.ts";

/** Of how many assumptions it is said where the net would be 0. */
const BREAK_EVENS = 10;

/** Months within which a plan is asked to pay back where no decision says otherwise. */
const WITHIN_MONTHS = 12;

export interface StudiedNumber extends PlannedNumber {
  readonly id: OutputId;
  readonly title: string;
  readonly unit: OutputUnit;
}

export interface StudiedWave {
  readonly id: string;
  readonly budget: number;
  /** Chance that its money is gone before it ends, and after how many days. */
  readonly runOutChance: number;
  readonly runOutDays: PlannedNumber;
  readonly spent: PlannedNumber;
  readonly kept: PlannedNumber;
}

export interface PlanStudy {
  readonly title: string;
  readonly currency: string;
  readonly seed: string;
  readonly draws: number;
  readonly level: number;
  readonly months: number;
  readonly startsAtMs: number;
  readonly budget: number;
  readonly assumptions: readonly Assumption[];
  readonly correlations: readonly Correlation[];
  readonly numbers: readonly StudiedNumber[];
  readonly waves: readonly StudiedWave[];
  readonly withinMonths: number;
  /** Chance that it has paid back within those months, and within all that are counted. */
  readonly paybackChance: number;
  readonly paybackChanceAtEnd: number;
  readonly meanNet: number;
  /** The loss at the end that one in twenty draws exceeds; below 0: a gain. */
  readonly valueAtRisk: number;
  readonly fanQuantiles: readonly number[];
  /** Money spent by hour, kept users active and net money by month. */
  readonly spending: readonly FanPoint[];
  /** By wave and hour; claims and orders an hour. */
  readonly hours: StudiedHours;
  readonly active: readonly FanPoint[];
  readonly net: readonly FanPoint[];
  /** What the spread of the net at the end, and of the kept users, comes from. */
  readonly whyNet: Contributions;
  readonly whyKept: Contributions;
  /** Of what moves the net most: where it would be 0, all else at its point. */
  readonly breakEvens: readonly BreakEven[];
  /** The plan itself first. */
  readonly scenarios: readonly ComparedScenario[];
  /** Null where it was left out. */
  readonly response: Response | null;
  /** Null where the plan states no limits for it. */
  readonly split: BestSplit | null;
  readonly holdout: HoldoutValue | null;
  /** Limits of the campaign file that the plan does not count. */
  readonly leftOut: readonly LeftOut[];
}

/** What a study may spare where it has to be quick. */
export interface StudyScope {
  /** Of each scenario; default: all whose rows are kept. */
  readonly scenarioDraws?: number;
  /** Default: yes. */
  readonly hasResponse?: boolean;
}

/**
 * @param draw called for the plan itself
 * @param drawAll for scenarios and what is tried in many variants; default: one after the other
 */
export async function studyPlan(
  plan: PlanFile,
  draws: number,
  draw: DrawSample,
  drawAll: DrawSamples = oneByOne(draw),
  { scenarioDraws = ROWS_KEPT, hasResponse = true }: StudyScope = {},
): Promise<{ readonly study: PlanStudy; readonly sample: CampaignSample }> {
  const sample = await draw(jobOf(plan, []), draws);
  const some = Math.min(draws, ROWS_KEPT);
  // Fewer points of the sequence leave gaps between two of its dimensions.
  const together = draws >= ROWS_KEPT ? sample : await draw(jobOf(plan, []), ROWS_KEPT);
  const apart =
    plan.correlations.length === 0
      ? together
      : await draw({ ...jobOf(plan, []), correlations: [] }, ROWS_KEPT);
  const withinMonths = plan.decision?.withinMonths ?? Math.min(WITHIN_MONTHS, plan.months);
  const scenarios = [
    compareScenario({ id: "plan", title: "the plan" }, sample, null, withinMonths),
  ];
  const others = await drawAll(
    plan.scenarios.map(({ changes }) => jobOf(plan, changes)),
    Math.min(some, scenarioDraws),
  );
  plan.scenarios.forEach((scenario, i) => {
    scenarios.push(compareScenario(scenario, others[i]!, sample, withinMonths));
  });
  const why = contributionsIn(apart, together);
  const whyNet = why("net");
  const moving = whyNet.bars.slice(0, BREAK_EVENS).map(({ id }) => id);
  const study: PlanStudy = {
    title: plan.title,
    currency: plan.terms.currency,
    seed: plan.seed,
    draws,
    level: PLAN_LEVEL,
    months: plan.months,
    startsAtMs: plan.terms.startsAtMs,
    budget: plan.terms.budget,
    leftOut: leftOutLimits(plan.terms),
    assumptions: plan.assumptions,
    correlations: plan.correlations,
    numbers: OUTPUT_IDS.map((id) => ({ id, ...OUTPUTS[id], ...sample.number(id) })),
    waves: sample.job.terms.waves.map((wave) => waveOf(sample, wave)),
    withinMonths,
    paybackChance: sample.shareAtMost("payback", withinMonths),
    paybackChanceAtEnd: sample.shareAtMost("payback", plan.months),
    meanNet: sample.mean("net"),
    valueAtRisk: -sample.quantile("net", 0.05),
    fanQuantiles: FAN_QUANTILES,
    spending: spendingFan(sample),
    hours: studiedHours(sample.job),
    active: monthlyFan(sample, "active"),
    net: monthlyFan(sample, "net"),
    whyNet,
    whyKept: why("kept"),
    breakEvens: breakEvens(sample.job, moving),
    scenarios,
    response: hasResponse ? await respond(plan, some, drawAll) : null,
    split:
      plan.split === null
        ? null
        : await bestSplit(plan, {
            ...{ drawAll, sample, draws: some, withinMonths },
            jobOf: (changes) => jobOf(plan, changes),
          }),
    holdout:
      plan.decision === null ? null : await holdoutValue(plan, sample, plan.decision, drawAll),
  };
  return { study, sample };
}

function oneByOne(draw: DrawSample): DrawSamples {
  return async (jobs, draws) => {
    const samples: CampaignSample[] = [];
    for (const job of jobs) samples.push(await draw(job, draws));
    return samples;
  };
}

/** The plan with some things changed, as what threads draw. */
export function jobOf(plan: PlanFile, changes: readonly ScenarioChange[]): DrawJob {
  const { terms, overrides } = withChanges(hourlyTerms(plan), changes);
  const { assumptions, correlations, seed } = plan;
  return { terms, assumptions, correlations, overrides, seed };
}

async function respond(plan: PlanFile, draws: number, drawAll: DrawSamples): Promise<Response> {
  const budgets = BUDGETS_TRIED.map((ratio) => ratio * plan.terms.budget);
  const jobs = budgets.map((value) => {
    return jobOf(plan, [{ kind: "budget", change: { kind: "to", value } }]);
  });
  return responseOf(budgets, await drawAll(jobs, Math.min(draws, RESPONSE_DRAWS)));
}

/** Enough for a curve of means, since all budgets are drawn with the same numbers. */
const RESPONSE_DRAWS = 1_000;

function waveOf(
  sample: CampaignSample,
  wave: {
    readonly id: string;
    readonly budget: number;
    readonly fromHour: number;
    readonly toHour: number;
  },
): StudiedWave {
  const runOut = `runOut.wave.${wave.id}`;
  return {
    id: wave.id,
    budget: wave.budget,
    runOutChance: sample.shareAtMost(runOut, (wave.toHour - wave.fromHour) / 24),
    runOutDays: sample.number(runOut),
    spent: sample.number(`spent.wave.${wave.id}`),
    kept: sample.number(`kept.wave.${wave.id}`),
  };
}
