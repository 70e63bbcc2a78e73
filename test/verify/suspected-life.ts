// One more campaign, in which grants are held, released and clawed back.
import { execute } from "../../src/host/index.ts";
import type { CampaignLife } from "./campaign-life.ts";

const WATCHED = `campaign: watched
title: Watched
currency: EUR
timeZone: UTC
budget: 300.00
starts: 2026-06-02T02:00:00Z
ends: 2026-06-03T00:00:00Z
closes: 2026-06-05T00:00:00Z
settlingLag: 0h
releaseGrace: 3h
offers:
  - { id: card, reward: { fixed: 10.00 }, expires: { after: 12h }, matures: 1h }
caps:
  - { id: user-money, of: user, counts: money, limit: 20.00 }
`;

export async function suspectedLife(life: CampaignLife): Promise<void> {
  await life.open(WATCHED);
  await life.at("2026-06-02T03:00:00Z");
  for (let i = 0; i < 6; i++) await life.claim("watched", `watched-${i}`, `user-${i}`, "card");
  await life.at("2026-06-02T04:00:00Z");
  await life.redeem("watched", "watched-spent", "watched-0", { amountMinor: 400 });
  const suspect = (step: "hold" | "release" | "clawback", i: number) => {
    const params = { campaign: "watched", grant: life.grants.get(`watched-${i}`)! };
    const body = { id: `${step}-${i}`, why: "six accounts on one device", evidence: "case 7" };
    return execute(life.engine, `grant.${step}`, { params, query: null, body });
  };
  for (let i = 0; i < 5; i++) await suspect("hold", i);
  await life.at("2026-06-02T16:00:00Z");
  await suspect("clawback", 0);
  await suspect("clawback", 1);
  await suspect("release", 2);
  await suspect("release", 3);
  await life.redeem("watched", "watched-late", "watched-2");
  const params = { campaign: "watched", grant: life.grants.get("watched-0")! };
  const body = { id: "settled", why: "paid back", amountMinor: 150 };
  await execute(life.engine, "grant.repay", { params, query: null, body });
  await life.at("2026-06-02T20:00:00Z");
  await life.at("2026-06-05T00:00:00Z");
  await life.at("2026-06-05T00:02:00Z");
  await life.phase("watched", "close");
}
