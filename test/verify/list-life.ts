// A campaign with a condition over a fact and a list, which is imported, replaced, and asked for.
import { execute } from "../../src/host/index.ts";
import type { CampaignLife } from "./campaign-life.ts";
import { thirdOfMay } from "./third-of-may.ts";

const REGULARS = `${thirdOfMay("regulars", "For regulars")}settlingLag: 1h
facts: { age: int }
lists: [regulars]
offers:
  - id: cake
    reward: { fixed: 4.00 }
    expires: { after: 12h }
    eligible: age >= 18 && inList("regulars")
`;

export async function listLife(life: CampaignLife): Promise<void> {
  await life.open(REGULARS);
  await life.at("2026-05-03T09:00:00Z");
  const params = { campaign: "regulars", list: "regulars" };
  for (const users of [["user-1"], ["user-1", "user-2"]]) {
    const body = { import: users.join(), part: 0, users, done: true };
    await execute(life.engine, "list.import", { params, query: null, body });
  }
  for (const [i, age] of [20, 20, 17, 30].entries()) {
    const claim = { id: `cake-${i}`, user: `user-${i}`, offer: "cake", facts: { age } };
    await life.engine.money("claim", "regulars", claim);
  }
}
