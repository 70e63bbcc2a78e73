// A campaign that lets in a share of its users first, and then a larger one: every user who asks is
// let in or not, both times.
import { execute } from "../../src/host/index.ts";
import type { CampaignLife } from "./campaign-life.ts";
import { thirdOfMay } from "./third-of-may.ts";

const GREY = `${thirdOfMay("grey", "Grey")}grey: { share: 30 %, until: 2026-05-03T20:00:00Z }
offers:
  - { id: tea, reward: { fixed: 1.00 }, expires: { after: 12h } }
`;

export async function greyLife(life: CampaignLife): Promise<void> {
  await life.open(GREY);
  const ask = async (wave: string): Promise<void> => {
    for (let i = 0; i < 12; i++) {
      const claim = { id: `${wave}-${i}`, user: `user-${i}`, offer: "tea" };
      await life.engine.money("claim", "grey", claim);
    }
  };
  await ask("first");
  const yaml = GREY.replace("30 %", "60 %");
  const body = { yaml, version: 1, why: "All is well" };
  const call = { params: { campaign: "grey" }, query: null, body, by: "a test" };
  await execute(life.engine, "campaign.revise", call);
  await ask("second");
}
