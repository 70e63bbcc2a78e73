// One more campaign, in which grants are held, released, extended and clawed back, and users and
// devices are blocked, by a list and by a cap.
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
  - { id: farms, of: device, counts: grants, per: hour, limit: 2, blockFor: 2h, missing: skip }
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
  await extend(life, 3, "2026-06-03T00:00:00Z");
  await life.redeem("watched", "watched-late", "watched-2");
  const params = { campaign: "watched", grant: life.grants.get("watched-0")! };
  const body = { id: "settled", why: "paid back", amountMinor: 150 };
  await execute(life.engine, "grant.repay", { params, query: null, body });
  await blocked(life);
  await life.at("2026-06-02T20:00:00Z");
  await life.at("2026-06-05T00:00:00Z");
  await life.at("2026-06-05T00:02:00Z");
  await life.phase("watched", "close");
}

async function extend(life: CampaignLife, i: number, until: string): Promise<void> {
  const params = { campaign: "watched", grant: life.grants.get(`watched-${i}`)! };
  const body = { id: `extend-${i}`, why: "held by mistake", expiresAtMs: Date.parse(until) };
  await execute(life.engine, "grant.extend", { params, query: null, body });
}

async function blocked(life: CampaignLife): Promise<void> {
  const params = { campaign: "watched" };
  const who = { by: "user", values: ["user-8", "user-9"], why: "sold their rewards" };
  await execute(life.engine, "block.add", { params, query: null, body: who });
  await life.claim("watched", "blocked-0", "user-9", "card");
  const some = { ...who, values: ["user-9"], why: "a mix-up" };
  await execute(life.engine, "block.remove", { params, query: null, body: some });
  await life.claim("watched", "unblocked-0", "user-9", "card");
  const farm = { attributes: { device: "farm" } };
  for (let i = 0; i < 4; i++) {
    await life.claim("watched", `farm-${i}`, `farm-${i}`, "card", farm);
  }
}
