// The sweep of expired grants and settled money, a bounded number a turn, so that a million
// expiries at midnight hold nobody up.
import { HongbaoError } from "../../base/error.ts";
import { LIMITS } from "../../base/limits.ts";
import { drawsAreDue } from "../../core/draws/decide-draw.ts";
import { decideSweep, nextSweepAtMs } from "../../core/grants/decide-sweep.ts";
import type { CampaignState } from "../../core/state.ts";
import { answerBase } from "../answers.ts";
import type { Engine } from "../engine.ts";
import { LANE } from "./job.ts";
import { describeLine } from "./money-job.ts";

/** Sweeps every campaign in which something is due at `atMs`. */
export async function sweepDue(engine: Engine, atMs: number): Promise<void> {
  for (const campaign of engine.state.campaigns) {
    if (campaign.phase === "closed") continue;
    if (nextSweepAtMs(campaign) > atMs && !drawsAreDue(campaign, atMs)) continue;
    try {
      await sweepCampaign(engine, campaign);
    } catch (error) {
      // A sweep that stopped the writer once is kept out; other campaigns are swept all the same.
      if (!(error instanceof HongbaoError) || error.code !== "quarantined") throw error;
    }
  }
}

async function sweepCampaign(engine: Engine, campaign: CampaignState): Promise<void> {
  let due = true;
  while (due && engine.failure === null) {
    await engine.single(
      LANE.claim,
      (now, out) => {
        due = decideSweep(campaign, now, LIMITS.sweepGrants, out, () => engine.apply(out));
        return answerBase("ok", now);
      },
      () => describeLine("sweep", campaign.definition.id, null),
    );
  }
}
