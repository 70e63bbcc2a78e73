// Where a valuation's campaign comes from: a plan, the same after what was published, or a measured
// verdict.
import { basename, resolve } from "node:path";
import type { CampaignDraws } from "../../plan/campaign-draws.ts";
import { judgedCampaign } from "../../plan/judge/judged-campaign.ts";
import { ROWS_KEPT } from "../../plan/monte-carlo/block.ts";
import { jobOf } from "../../plan/study/plan-study.ts";
import { planDraws } from "../../plan/study/study-draws.ts";
import type { Uncertain } from "../../stats/draws.ts";
import { figureDraws } from "../../value/figure.ts";
import type { Problem, RawFigure, ReadValue } from "../../value/value-file/index.ts";
import { judgedDrawer } from "../plan/draw-judged.ts";
import { planDrawer } from "../plan/draw-plan.ts";
import { openPlan } from "../plan/open-plan.ts";
import { openPublished } from "../plan/open-published.ts";
import { verdictDraws } from "./verdict-draws.ts";

export interface SourcedCampaign {
  readonly campaign: CampaignDraws;
  /** In words, for the report. */
  readonly from: string;
}

const DRAWS = 4_000;

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
  const { from, seed, question } = read;
  const count = from.draws ?? DRAWS;
  const optional = (raw: RawFigure | undefined, name: "margin" | "survival"): Uncertain | null =>
    raw === undefined ? null : readDraws(read, raw, name, count, problem);
  const campaign = await verdictDraws(file, {
    ...{ seed, count, starts: from.starts!, currency: question.currency },
    kept: from.kept ?? "d30",
    scale: from.scale ?? 1,
    margin: optional(from.margin, "margin"),
    survival: optional(from.survival, "survival"),
    discount: readDraws(read, from.discount!, "discount", count, problem),
  });
  return { campaign, from: `${from.verdict}: a verdict, evidence ${campaign.grade}` };
}

/** A figure of `from` as draws; entered into the book, so that its source is listed. */
function readDraws(
  { figures, question }: ReadValue,
  raw: RawFigure,
  name: "margin" | "survival" | "discount",
  count: number,
  problem: Problem,
): Uncertain {
  const unit = name === "margin" ? question.currency : "share";
  const title = TITLES[name];
  const path = ["from", name];
  const figure = figures.read(raw, { path, title, unit, factor: 1 });
  const draws = figureDraws(figure, question.seed, count);
  const isRight = draws?.draws.every((value) => value >= 0 && (name !== "survival" || value <= 1));
  if (draws !== null && isRight === true) return draws;
  const expected = name === "survival" ? "a share of 0 to 1" : "a number of 0 or more";
  throw problem([...path, "value"], `expected ${expected}, found ${raw.value ?? "none"}`);
}

const TITLES = {
  margin: "margin a kept user and month",
  survival: "still active a month later",
  discount: "discount, a year",
} as const;
