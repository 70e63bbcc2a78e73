// Published figures as somebody names them: a folder with a published.yaml, or the file, with the
// plan that it is held against and that plan's campaign.
import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { JudgeQuestion } from "../../plan/judge/question.ts";
import { planNameOf, readJudgeQuestion } from "../../plan/judge/read-judge.ts";
import { readText } from "../read-text.ts";
import { openPlan, PLAN_FILE } from "./open-plan.ts";

export const PUBLISHED_FILE = "published.yaml";

export interface OpenedPublished {
  readonly question: JudgeQuestion;
  /** Every file that it was read from. */
  readonly files: readonly string[];
}

/** Throws `invalid_file` with the place of what is wrong, or that a file is not there. */
export async function openPublished(given: string): Promise<OpenedPublished> {
  const info = await stat(given).catch(() => null);
  const file = info?.isDirectory() === true ? join(given, PUBLISHED_FILE) : given;
  const text = await readText(file);
  const { plan, files } = await openPlan(resolve(dirname(file), planNameOf(text) ?? PLAN_FILE));
  return { question: readJudgeQuestion({ file, text }, plan), files: [file, ...files] };
}
