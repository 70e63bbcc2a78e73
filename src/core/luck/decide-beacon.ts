// Takes the value of a promised round of the beacon: the round that was named beforehand, after it
// was due, signed by the chain. It is recorded once for everything that waits for it.
import { fromHex, sameBytes } from "../../base/bytes.ts";
import { roundAtMs } from "../../base/drand.ts";
import type { EventWriter } from "../event.ts";
import { type Outcome, outcome } from "../outcome.ts";
import type { CampaignState } from "../state.ts";
import { type BeaconValue, writeBeacon } from "./beacon.ts";

/** @param isGenuine asked only for a round that was promised, since it takes long */
export function decideBeacon(
  campaign: CampaignState,
  value: BeaconValue,
  isGenuine: () => boolean,
  atMs: number,
  out: EventWriter,
): Outcome {
  const { beacon } = campaign.definition;
  const promised = campaign.rounds.filter(({ round }) => round === value.round);
  if (beacon === undefined || promised.length === 0) return outcome("beacon_unexpected");
  if (!isGenuine()) return outcome("beacon_invalid");
  const waiting = promised.filter(({ randomness }) => randomness === null);
  if (waiting.length === 0) {
    const known = fromHex(promised[0]!.randomness!)!;
    const isSame = sameBytes(known, value.randomness);
    return { ...outcome(isSame ? "ok" : "beacon_invalid"), replayed: isSame };
  }
  if (campaign.phase === "closed") return outcome("campaign_closed");
  const dueAtMs = roundAtMs(beacon.chain, value.round);
  if (atMs < dueAtMs) return { ...outcome("beacon_early"), retryAtMs: dueAtMs };
  for (const { purpose } of waiting) writeBeacon(campaign.ordinal, purpose, value, atMs, out);
  return outcome("ok");
}
