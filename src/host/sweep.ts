// The sweep of expired grants and settled money, a bounded number a turn, so that a million
// expiries at midnight hold nobody up.
import { LIMITS } from "../base/limits.ts";
import { decideSweep, nextSweepAtMs } from "../core/decide-campaign.ts";
import { answerBase } from "./answers.ts";
import type { Engine } from "./engine.ts";
import { LANE } from "./job.ts";
import { describeLine } from "./money-job.ts";

/** Sweeps every campaign in which something is due at `atMs`. */
export async function sweepDue(engine: Engine, atMs: number): Promise<void> {
  for (const campaign of engine.state.campaigns) {
    if (campaign.phase === "closed") continue;
    let due = nextSweepAtMs(campaign) <= atMs;
    while (due && engine.failure === null) {
      await engine.single(
        LANE.claim,
        (now, out) => {
          due = decideSweep(campaign, now, LIMITS.sweepGrants, out);
          return answerBase("ok", now);
        },
        () => describeLine("sweep", campaign.definition.id, null),
      );
    }
  }
}
