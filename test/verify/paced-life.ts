// A campaign whose wave is paced: claims that come too early, money that is cancelled or expires
// and comes back, and an hour that nobody used.
import type { CampaignLife } from "./campaign-life.ts";

const PACED = `campaign: paced
title: Let out by the hour
currency: EUR
timeZone: UTC
budget: 100.00
starts: 2026-05-08T00:00:00Z
ends: 2026-05-09T00:00:00Z
closes: 2026-05-11T00:00:00Z
settlingLag: 1h
waves:
  - id: day
    from: 2026-05-08T00:00:00Z
    to: 2026-05-09T00:00:00Z
    budget: 100.00
    pacing: { curve: even, unused: spread }
offers:
  - { id: tea, reward: { fixed: 4.00 }, expires: { after: 2h } }
`;

export async function pacedLife(life: CampaignLife): Promise<void> {
  await life.open(PACED);
  await life.at("2026-05-08T00:30:00Z");
  const grants: string[] = [];
  const claim = async (id: string): Promise<void> => {
    const answer = await life.engine.money("claim", "paced", { id, user: id, offer: "tea" });
    if (answer.grant !== undefined) grants.push(answer.grant);
  };
  await claim("too-early");
  await life.at("2026-05-08T00:59:00Z");
  await claim("just-in-time");
  await life.engine.money("cancel", "paced", { id: "cancel-1", grant: grants[0]! });
  for (const hour of ["01:00", "01:59", "02:30", "03:00", "05:00", "08:00", "12:00"]) {
    await life.at(`2026-05-08T${hour}:30Z`);
    for (let i = 0; i < 3; i++) await claim(`${hour}-${i}`);
  }
}
