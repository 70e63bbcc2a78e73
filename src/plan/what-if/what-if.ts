// A plan that somebody turns knobs of: drawn in blocks, so that whoever waits sees it go on and can
// give it up between two of them.
import { type DrawJob, drawCampaigns } from "../monte-carlo/block.ts";
import { CampaignSample } from "../monte-carlo/campaign-sample.ts";
import {
  checkPlanFile,
  type PlanFile,
  requirePlan,
  type ScenarioChange,
} from "../plan-file/index.ts";
import { jobOf, type PlanStudy, studyPlan } from "../study/plan-study.ts";
import { type SampledStudy, sampledStudy } from "../study/sampled-study.ts";
import { BUDGET } from "./knobs.ts";
import type { PlanTexts } from "./plan-texts.ts";
import { type Turned, turnedPlanText } from "./turned-plan.ts";

/** Enough for a chart and a first decimal; the command line draws ten times as many. */
export const WHAT_IF_DRAWS = 1_000;
const BLOCK = 125;

/** Called after each block with what is done of it all; throws to give up. */
export type OnBlock = (done: number, total: number) => Promise<void> | void;

export interface TurnedPlan {
  readonly plan: PlanFile;
  /** What its own file cannot say. */
  readonly changes: readonly ScenarioChange[];
}

/** Remembers the plan that it read last: only what is turned changes from answer to answer. */
export class PlanReader {
  private last: { readonly key: string; readonly plan: PlanFile } | null = null;

  /** Throws HongbaoError `invalid_file` with the place of what is wrong. */
  read({ plan, campaign }: PlanTexts): PlanFile {
    const key = JSON.stringify([plan, campaign]);
    if (this.last?.key !== key) {
      this.last = { key, plan: requirePlan(checkPlanFile(plan, campaign)) };
    }
    return this.last.plan;
  }
}

/** Throws HongbaoError `invalid_file`, also where what is turned does not go together. */
export function turnedPlan(reader: PlanReader, texts: PlanTexts, turned: Turned): TurnedPlan {
  const base = reader.read(texts);
  const isTurned = Object.keys(turned).length > 0;
  const text = isTurned ? turnedPlanText(texts.plan.text, base, turned) : texts.plan.text;
  const plan = isTurned
    ? requirePlan(checkPlanFile({ file: texts.plan.file, text }, texts.campaign))
    : base;
  const budget = turned[BUDGET];
  if (budget === undefined) return { plan, changes: [] };
  return { plan, changes: [{ kind: "budget", change: { kind: "to", value: budget } }] };
}

/** What is seen at once. */
export async function sampledWhatIf(
  reader: PlanReader,
  texts: PlanTexts,
  turned: Turned,
  onBlock: OnBlock,
): Promise<SampledStudy> {
  const { plan, changes } = turnedPlan(reader, texts, turned);
  return sampledStudy(plan, await drawnSample(jobOf(plan, changes), onBlock));
}

/** Everything that a study says, but for what asks for many variants of the plan. */
export async function studiedWhatIf(
  reader: PlanReader,
  texts: PlanTexts,
  turned: Turned,
  onBlock: OnBlock,
): Promise<PlanStudy> {
  const { plan, changes } = turnedPlan(reader, texts, turned);
  // The plan, the same without correlations where it has some, and each scenario.
  const samples = (plan.correlations.length > 0 ? 2 : 1) + plan.scenarios.length;
  let before = 0;
  const draw = async (each: DrawJob, draws: number): Promise<CampaignSample> => {
    const sample = await drawn(each, draws, (done, total) =>
      onBlock(before + done / total, samples),
    );
    before += 1;
    return sample;
  };
  const { study } = await studyPlan(plan, WHAT_IF_DRAWS, draw, undefined, {
    ...{ scenarioDraws: WHAT_IF_DRAWS, whyDraws: WHAT_IF_DRAWS },
    ...{ hasResponse: false, hasChoices: false, changes },
  });
  return study;
}

/** The draws of a job, for whoever computes more from them. */
export function drawnSample(job: DrawJob, onBlock: OnBlock): Promise<CampaignSample> {
  return drawn(job, WHAT_IF_DRAWS, onBlock);
}

async function drawn(job: DrawJob, draws: number, onBlock: OnBlock): Promise<CampaignSample> {
  const sample = new CampaignSample(job, draws);
  for (let from = 0; from < draws; from += BLOCK) {
    const count = Math.min(BLOCK, draws - from);
    sample.add(drawCampaigns({ job, from, count }));
    await onBlock(from + count, draws);
  }
  return sample;
}
