// The value of a promised round, handed in as drand published it. It is checked here, before and
// apart from the journal's order: whether the chain signed it depends on nothing that can change.
import { fromHex, sameBytes, toHex } from "../base/bytes.ts";
import { drandRandomness, isSignedByDrand } from "../base/drand-signature.ts";
import type { BeaconAnswer, BeaconInput } from "../contract/index.ts";
import type { BeaconValue } from "../core/luck/beacon.ts";
import { decideBeacon } from "../core/luck/decide-beacon.ts";
import type { CampaignState } from "../core/state.ts";
import { answerBase } from "./answers.ts";
import type { Engine } from "./engine.ts";
import { inCampaign } from "./writer/in-campaign.ts";
import { LANE } from "./writer/job.ts";

export function handInBeacon(
  engine: Engine,
  campaign: string,
  input: BeaconInput,
  timeoutMs?: number,
): Promise<BeaconAnswer> {
  const value = beaconValue(input);
  const named = { campaign, round: input.round };
  return inCampaign(
    engine,
    LANE.redemption,
    ["campaign.beacon", campaign, input],
    named,
    ({ state }, atMs, out) => {
      const genuine = () => isGenuine(state, value, input);
      const decided = decideBeacon(state, value, genuine, atMs, out);
      const base = answerBase(decided.status, atMs, decided.replayed);
      const answer: BeaconAnswer = { ...base, ...named };
      if (decided.status === "ok") answer.randomness = toHex(value.randomness);
      if (decided.status === "beacon_unexpected") answer.awaited = awaitedRounds(state);
      if (decided.retryAtMs > 0) answer.retryAtMs = decided.retryAtMs;
      return answer;
    },
    timeoutMs,
  );
}

function beaconValue({ round, signature, previous_signature: previous }: BeaconInput): BeaconValue {
  const bytes = fromHex(signature)!;
  return {
    round,
    signature: bytes,
    previousSignature: previous === undefined ? new Uint8Array(0) : fromHex(previous)!,
    randomness: drandRandomness(bytes),
  };
}

function isGenuine(state: CampaignState, value: BeaconValue, { randomness }: BeaconInput): boolean {
  const isHash = randomness === undefined || sameBytes(fromHex(randomness)!, value.randomness);
  return isHash && isSignedByDrand(state.definition.beacon!.chain, value);
}

/** Rounds whose values are not in yet. */
function awaitedRounds({ rounds }: CampaignState): number[] {
  const waiting = rounds.filter(({ randomness }) => randomness === null);
  return [...new Set(waiting.map(({ round }) => round))];
}
