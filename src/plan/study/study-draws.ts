// What a plan hands on to the company's figures: its first draws, month by month.
import type { Uncertain } from "../../stats/draws.ts";
import type { CampaignDraws, UnsourcedAssumption } from "../campaign-draws.ts";
import { setOf } from "../monte-carlo/block.ts";
import type { CampaignSample } from "../monte-carlo/campaign-sample.ts";
import type { PlanFile } from "../plan-file/plan.ts";
import { drawnInputs } from "./tornado.ts";

/**
 * A plan is no evidence: grade F.
 * @param starts the local day on which the campaign begins, as 2026-02-06
 */
export function planDraws(plan: PlanFile, sample: CampaignSample, starts: string): CampaignDraws {
  const months = Array.from({ length: plan.months }, (_, month) => month);
  const monthly = (id: string): Uncertain[] =>
    months.map((month) => sample.uncertain(`${id}.month.${month}`));
  const margin = assumed(sample, "margin");
  return {
    title: plan.title,
    currency: plan.terms.currency,
    starts,
    grade: "F",
    count: sample.rowCount,
    granted: monthly("granted"),
    redeemed: monthly("spent"),
    otherCost: monthly("otherCost"),
    cannibalised: monthly("displaced"),
    kept: sample.uncertain("kept"),
    activeByMonth: monthly("active"),
    marginPerMonth: margin,
    discount: assumed(sample, "discount"),
    assumptions: unsourced(plan),
  };
}

function assumed(sample: CampaignSample, id: string): Uncertain {
  const set = setOf(sample.job);
  const at = set.ordinal(id);
  return { point: set.points[at]!, draws: drawnInputs(sample)[at]! };
}

function unsourced(plan: PlanFile): UnsourcedAssumption[] {
  return plan.assumptions
    .filter(({ origin }) => origin === "assumption")
    .map(({ id, why }) => ({ id, says: why ?? "assumed" }));
}
