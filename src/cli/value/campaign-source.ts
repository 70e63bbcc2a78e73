// Where a valuation's campaign comes from: a plan, the same after what was published, or a measured
// verdict.
import { basename, resolve } from "node:path";
import type { CampaignDraws } from "../../plan/campaign-draws.ts";
import { judgedCampaign } from "../../plan/judge/judged-campaign.ts";
import { ROWS_KEPT } from "../../plan/monte-carlo/block.ts";
import { jobOf } from "../../plan/study/plan-study.ts";
import { planDraws } from "../../plan/study/study-draws.ts";
import type { Problem, ReadValue } from "../../value/value-file/index.ts";
import { assumedBeside, verdictCampaign } from "../../value/verdict/verdict-campaign.ts";
import { readVerdictSlice } from "../../value/verdict/verdict-slice.ts";
import { judgedDrawer } from "../plan/draw-judged.ts";
import { planDrawer } from "../plan/draw-plan.ts";
import { openPlan } from "../plan/open-plan.ts";
import { openPublished } from "../plan/open-published.ts";
import { readText } from "../read-text.ts";

export interface SourcedCampaign {
  readonly campaign: CampaignDraws;
  /** In words, for the report. */
  readonly from: string;
}

/** @param folder that of value.yaml */
export async function campaignDraws(
  read: ReadValue,
  folder: string,
  problem: Problem,
): Promise<SourcedCampaign> {
  const { from } = read;
  if (from.published !== undefined) return fromPublished(from.published, folder);
  if (from.verdict !== undefined) return fromVerdict(read, resolve(folder, from.verdict), problem);
  return fromPlan(from.plan!, folder);
}

/** The plan's first draws: as many as it keeps row by row. */
async function fromPlan(name: string, folder: string): Promise<SourcedCampaign> {
  const { plan } = await openPlan(resolve(folder, name));
  const draws = Math.min(plan.draws, ROWS_KEPT);
  const sample = await planDrawer()(jobOf(plan, []), draws);
  const { startsAtMs, timeZone } = plan.terms;
  const campaign = planDraws(plan, sample, localDate(startsAtMs, timeZone));
  return {
    campaign,
    from: `${basename(name)}: a plan, which is no evidence`,
  };
}

/** 2026-02-06, as the campaign's own place has it. */
function localDate(atMs: number, timeZone: string): string {
  const parts = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  return new Intl.DateTimeFormat("en-CA", { timeZone, ...parts }).format(atMs);
}

/** The plan that the published file names, as its figures leave it. */
async function fromPublished(name: string, folder: string): Promise<SourcedCampaign> {
  const { question } = await openPublished(resolve(folder, name));
  const { startsAtMs, timeZone } = question.plan.terms;
  const starts = localDate(startsAtMs, timeZone);
  const campaign = await judgedCampaign(question, judgedDrawer(), starts, ROWS_KEPT);
  return {
    campaign,
    from: `${basename(name)}: a plan, weighed by what was published, nobody held out`,
  };
}

async function fromVerdict(
  read: ReadValue,
  file: string,
  problem: Problem,
): Promise<SourcedCampaign> {
  const verdict = readVerdictSlice(await readText(file), file);
  const campaign = verdictCampaign(read, assumedBeside(read), verdict, file, problem);
  return { campaign, from: `${read.from.verdict}: a verdict, evidence ${campaign.grade}` };
}
