// A campaign that makes good what was lost: one list, repeated, of a loser and of a stranger.
import { execute } from "../../src/host/index.ts";
import type { CampaignLife } from "./campaign-life.ts";
import { thirdOfMay } from "./third-of-may.ts";

const OWED = `${thirdOfMay("owed", "Owed")}settlingLag: 1h
offers:
  - { id: tea, reward: { fixed: 4.00 }, expires: { after: 12h } }
compensation: { budget: 20.00, amount: 4.00, max: 8.00, expires: { after: 12h } }
`;

export async function owedLife(life: CampaignLife): Promise<void> {
  await life.open(OWED);
  await life.at("2026-05-03T09:30:00Z");
  const params = { campaign: "owed" };
  const claim = { id: "tea-1", user: "user-1", offer: "tea" };
  const { grant } = await life.engine.money("claim", "owed", claim);
  const lines = [{ user: "user-1", grant: grant! }, { user: "user-2" }];
  const list = { batch: "lost", why: "A till that lied", total: 2, sha256: "ab".repeat(32), lines };
  for (let time = 0; time < 2; time++) {
    await execute(life.engine, "campaign.compensate", { params, query: null, body: list });
  }
}
