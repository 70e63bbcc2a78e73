// A campaign whose banner is seen before anything is claimed, as a report of the evening says.
import { execute } from "../../src/host/index.ts";
import type { CampaignLife } from "./campaign-life.ts";
import { thirdOfMay } from "./third-of-may.ts";

const SEEN = `${thirdOfMay("seen", "Seen in the app")}settlingLag: 1h
holdout: { share: 30 % }
audiences: [{ id: members, holdout: 50 % }]
surfaces: [push, banner]
offers:
  - { id: scarf, reward: { fixed: 4.00 }, expires: { after: 12h } }
`;

export async function seenLife(life: CampaignLife): Promise<void> {
  await life.open(SEEN);
  const users = Array.from({ length: 6 }, (_, i) => `user-${i}`);
  await execute(life.engine, "audience.assign", {
    ...{ params: { campaign: "seen", audience: "members" }, query: null, body: { users } },
  });
  await life.at("2026-05-03T09:45:00Z");
  for (const user of users.slice(2)) {
    await life.engine.money("claim", "seen", { id: `scarf-${user}`, user, offer: "scarf" });
  }
  const at = (time: string): number => Date.parse(`2026-05-03T${time}Z`);
  const lines = [
    { user: "user-0", seenAtMs: at("09:41:00") },
    { user: "user-0", seenAtMs: at("09:40:00") },
    { user: "user-2", seenAtMs: at("09:40:00") },
    { user: "user-3", seenAtMs: at("09:44:00") },
    { user: "user-3", seenAtMs: at("09:44:30") },
    { user: "stranger", seenAtMs: at("09:40:00") },
  ];
  const params = { campaign: "seen", surface: "banner" };
  await execute(life.engine, "exposure.import", { params, query: null, body: { lines } });
}
