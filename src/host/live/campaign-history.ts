// What a campaign granted and redeemed since its first grant. The sums are kept from the first
// question on; a restart, or a long silence, is caught up with in short turns.
import { LIMITS } from "../../base/limits.ts";
import type { HistoryAnswer } from "../../contract/index.ts";
import type { CampaignState } from "../../core/state.ts";
import { answerBase } from "../answers.ts";
import type { Engine } from "../engine.ts";
import type { Call } from "../writer/call.ts";
import { inCampaign } from "../writer/in-campaign.ts";
import { LANE } from "../writer/job.ts";
import { plannedBurn } from "./planned-burn.ts";
import { StepSums } from "./step-sums.ts";

const KEPT = new WeakMap<CampaignState, StepSums>();

export async function showHistory(
  engine: Engine,
  { params: { campaign } }: Call<"campaign.history">,
  timeoutMs?: number,
): Promise<HistoryAnswer> {
  const asked = ["campaign.history", campaign, null] as const;
  for (;;) {
    let isWhole = true;
    const answer: HistoryAnswer = await inCampaign(
      engine,
      LANE.read,
      asked,
      { campaign },
      ({ state }, atMs) => {
        const sums = sumsOf(state);
        isWhole = sums.catchUp(state, LIMITS.historyRows);
        const base = { ...answerBase("ok", atMs), campaign };
        return isWhole ? { ...base, history: historyOf(state, sums, atMs) } : base;
      },
      timeoutMs,
    );
    if (isWhole) return answer;
  }
}

function sumsOf(state: CampaignState): StepSums {
  const kept = KEPT.get(state);
  if (kept !== undefined) return kept;
  const sums = new StepSums();
  KEPT.set(state, sums);
  return sums;
}

function historyOf(
  state: CampaignState,
  sums: StepSums,
  atMs: number,
): NonNullable<HistoryAnswer["history"]> {
  const { definition } = state;
  const { startsAtMs } = definition;
  // Nothing happens after the close.
  const steps = sums.stepsUntil(Math.min(atMs, definition.closesAtMs) - startsAtMs);
  const { stepMs, beginsMs, grants, redemptions } = sums;
  const shown = (all: Float64Array): number[] => [...all.subarray(0, steps)];
  return {
    ...{ fromMs: startsAtMs + beginsMs, stepMs },
    ...{ grants: shown(grants.counts), redemptions: shown(redemptions.counts) },
    ...{ issuedMinor: shown(grants.minor), redeemedMinor: shown(redemptions.minor) },
    ...plannedBurn(state),
  };
}
