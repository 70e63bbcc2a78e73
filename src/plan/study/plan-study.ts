// Everything that a plan says, as one object: text, JSON and page are made from it alone.

import { type DrawJob, ROWS_KEPT } from "../monte-carlo/block.ts";
import type { CampaignSample } from "../monte-carlo/campaign-sample.ts";
import { hourlyTerms } from "../monte-carlo/hourly-terms.ts";
import { withChanges } from "../monte-carlo/scenario.ts";
import { type LeftOut, leftOutLimits } from "../monte-carlo/shared-cap-terms.ts";
import type { PlanFile, ScenarioChange } from "../plan-file/plan.ts";
import { type BestSplit, bestSplit } from "./best-split.ts";
import { type BreakEven, breakEvens } from "./break-even.ts";
import { type ComparedScenario, compareScenario } from "./comparison.ts";
import type { DrawSample, DrawSamples } from "./draw-samples.ts";
import { type HoldoutValue, holdoutValue } from "./holdout-value.ts";
import { BUDGETS_TRIED, type Response, responseOf } from "./response.ts";
import { type SampledStudy, sampledStudy, withinMonthsOf } from "./sampled-study.ts";
import { type StudiedHours, studiedHours } from "./studied-hours.ts";
import { type Contributions, contributionsIn } from "./tornado.ts";

/** Of how many assumptions it is said where the net would be 0. */
const BREAK_EVENS = 10;

export interface PlanStudy extends SampledStudy {
  /** By wave and hour; claims and orders an hour. */
  readonly hours: StudiedHours;
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
  /** What asks for many variants: the best split, and what a holdout is worth. Default: yes. */
  readonly hasChoices?: boolean;
  /** What holds in the plan and in all of its scenarios, though its file says other. */
  readonly changes?: readonly ScenarioChange[];
  /** Least draws by which it is said where the spread comes from; default: all rows kept. */
  readonly whyDraws?: number;
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
  scope: StudyScope = {},
): Promise<{ readonly study: PlanStudy; readonly sample: CampaignSample }> {
  const { scenarioDraws = ROWS_KEPT, hasResponse = true } = scope;
  const { hasChoices = true, whyDraws = ROWS_KEPT, changes: own = [] } = scope;
  const job = jobOf(plan, own);
  const sample = await draw(job, draws);
  const some = Math.min(draws, ROWS_KEPT);
  // Fewer points of the sequence leave gaps between two of its dimensions.
  const together = draws >= whyDraws ? sample : await draw(job, whyDraws);
  const apart =
    plan.correlations.length === 0 ? together : await draw({ ...job, correlations: [] }, whyDraws);
  const withinMonths = withinMonthsOf(plan);
  const scenarios = [
    compareScenario({ id: "plan", title: "the plan" }, sample, null, withinMonths),
  ];
  const others = await drawAll(
    plan.scenarios.map(({ changes }) => jobOf(plan, [...own, ...changes])),
    Math.min(some, scenarioDraws),
  );
  plan.scenarios.forEach((scenario, i) => {
    scenarios.push(compareScenario(scenario, others[i]!, sample, withinMonths));
  });
  const why = contributionsIn(apart, together);
  const whyNet = why("net");
  const moving = whyNet.bars.slice(0, BREAK_EVENS).map(({ id }) => id);
  const study: PlanStudy = {
    ...sampledStudy(plan, sample),
    leftOut: leftOutLimits(plan.terms),
    hours: studiedHours(sample.job),
    whyNet,
    whyKept: why("kept"),
    breakEvens: breakEvens(sample.job, moving),
    scenarios,
    response: hasResponse ? await respond(plan, some, drawAll) : null,
    split:
      plan.split === null || !hasChoices
        ? null
        : await bestSplit(plan, {
            ...{ drawAll, sample, draws: some, withinMonths },
            jobOf: (changes) => jobOf(plan, changes),
          }),
    holdout:
      plan.decision === null || !hasChoices
        ? null
        : await holdoutValue(plan, sample, plan.decision, drawAll),
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
