// The year that the bench `plan` draws: read from its files, as `hongbao plan` reads them, and
// paced evenly.
import { join } from "node:path";
import { openPlan } from "../../src/cli/plan/open-plan.ts";
import type { DrawJob } from "../../src/plan/monte-carlo/block.ts";
import { jobOf } from "../../src/plan/study/plan-study.ts";
import { ROOT } from "../root.ts";

export async function openYear(): Promise<DrawJob> {
  const { plan } = await openPlan(join(ROOT, "bench", "plan", "plan.yaml"));
  return jobOf(plan, plan.scenarios.find(({ id }) => id === "even")!.changes);
}
