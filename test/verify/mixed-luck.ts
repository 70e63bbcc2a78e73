// A third campaign, whose luck waits for a public round; after the two that golden journals hold.
import { execute } from "../../src/host/index.ts";
import { drillChain, drillRound } from "../simulation/drill-chain.ts";
import type { CampaignLife } from "./campaign-life.ts";

const CHAIN = drillChain(Date.parse("2026-04-22T00:00:00Z"), 30_000);
/** Due at 10:00. */
const ROUND = 1201;

const MIXED = `campaign: mixed
title: Luck with a public round
currency: EUR
timeZone: UTC
budget: 300.00
starts: 2026-04-22T08:00:00Z
ends: 2026-04-23T00:00:00Z
closes: 2026-04-24T00:00:00Z
settlingLag: 0h
offers:
  - id: luck
    reward: { table: [{ amount: 8.00, odds: 1 }, { amount: 2.00, odds: 3 }] }
    expires: { after: 12h }
beacon:
  chain:
    hash: ${CHAIN.hash}
    publicKey: ${CHAIN.publicKey}
    scheme: ${CHAIN.scheme}
    genesis: 2026-04-22T00:00:00Z
    period: 30s
  round: ${ROUND}
holdout: { share: 20 % }
`;

export async function mixedLuck(life: CampaignLife): Promise<void> {
  await life.open(MIXED);
  await life.at("2026-04-22T09:00:00Z");
  await life.claim("mixed", "too-early", "user-1", "luck");
  await life.at("2026-04-22T10:00:05Z");
  const call = { params: { campaign: "mixed" }, query: null, body: drillRound(ROUND) };
  await execute(life.engine, "campaign.beacon", call);
  for (let i = 0; i < 30; i++) await life.claim("mixed", `mixed-${i}`, `user-${i % 20}`, "luck");
  await life.at("2026-04-25T00:00:00Z");
  await life.at("2026-04-25T01:00:00Z");
  await life.phase("mixed", "close");
}
