// A campaign that is a rehearsal: a grant that nobody can redeem, cancelled in the end.
import type { CampaignLife } from "./campaign-life.ts";
import { thirdOfMay } from "./third-of-may.ts";

const REHEARSED = `${thirdOfMay("rehearsed", "Rehearsed")}rehearsal: true
offers:
  - { id: tea, reward: { fixed: 4.00 }, expires: { after: 12h } }
`;

export async function rehearsedLife(life: CampaignLife): Promise<void> {
  await life.open(REHEARSED);
  const claim = { id: "tea-1", user: "user-1", offer: "tea" };
  const { grant } = await life.engine.money("claim", "rehearsed", claim);
  await life.engine.money("redeem", "rehearsed", { id: "spend-1", grant: grant! });
  await life.engine.money("cancel", "rehearsed", { id: "back-1", grant: grant! });
}
