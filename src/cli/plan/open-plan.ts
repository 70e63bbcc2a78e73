// A plan as somebody names it: a folder with a plan.yaml, or the file, with the campaign beside it.
import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import {
  campaignNameOf,
  checkPlanFile,
  type PlanFile,
  requirePlan,
} from "../../plan/plan-file/index.ts";
import { readText } from "../read-text.ts";

export const PLAN_FILE = "plan.yaml";

export interface OpenedPlan {
  readonly plan: PlanFile;
  /** Every file that it was read from. */
  readonly files: readonly string[];
}

/** Throws `invalid_file` with the place of what is wrong, or that a file is not there. */
export async function openPlan(given: string): Promise<OpenedPlan> {
  const info = await stat(given).catch(() => null);
  const file = info?.isDirectory() === true ? join(given, PLAN_FILE) : given;
  const text = await readText(file);
  const campaign = resolve(dirname(file), campaignNameOf(text));
  const check = checkPlanFile({ file, text }, { file: campaign, text: await readText(campaign) });
  return { plan: requirePlan(check), files: [file, campaign] };
}
