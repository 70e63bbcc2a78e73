// What could be said before the first card: the example's own plan, drawn as `hongbao plan` draws
// it, a little less often. What it says goes on the screen; its draws go on to the value.
import { localDay } from "../../base/time.ts";
import type { CampaignDraws } from "../../plan/campaign-draws.ts";
import { ROWS_KEPT } from "../../plan/monte-carlo/block.ts";
import { type PlanStudy, studyPlan } from "../../plan/study/plan-study.ts";
import { planDraws } from "../../plan/study/study-draws.ts";
import { planDrawer, planDrawerOfMany } from "../plan/draw-plan.ts";
import { openPlan } from "../plan/open-plan.ts";

export interface DemoPlan {
  readonly study: PlanStudy;
  readonly draws: CampaignDraws;
  /** The campaign file is 1 : scale of what is planned. */
  readonly scale: number;
}

/** Side by side they need to be compared, not read to the last digit. */
const SCENARIO_DRAWS = 1_024;

/** @param folder of the example, with its plan.yaml */
export async function planDemo(
  folder: string,
  onProgress: (done: number, total: number) => void,
): Promise<DemoPlan> {
  const { plan } = await openPlan(folder);
  const brief = { ...plan, split: null };
  const scope = { scenarioDraws: SCENARIO_DRAWS, hasResponse: false };
  // Once more without correlations, to tell the assumptions apart.
  const whole = plan.correlations.length === 0 ? 1 : 2;
  const all = whole * ROWS_KEPT + plan.scenarios.length * SCENARIO_DRAWS;
  let before = 0;
  const onDrawn = (done: number, total: number): void => {
    onProgress(before + done, all);
    if (done === total) before += total;
  };
  const drawAll = planDrawerOfMany({ onDrawn });
  const { study, sample } = await studyPlan(
    brief,
    ROWS_KEPT,
    planDrawer({ onDrawn }),
    drawAll,
    scope,
  );
  const starts = localDay(plan.terms.timeZone)(plan.terms.startsAtMs);
  const draws = planDraws(plan, sample, starts);
  return { study, draws, scale: plan.scale };
}
