// A campaign with a split pot and a draw: packets that are cancelled and that expire, and go out
// again; winners, and a reserve winner.
import { execute } from "../../src/host/index.ts";
import type { CampaignLife } from "./campaign-life.ts";

const POT = `campaign: pot
title: A pot for the room
currency: EUR
timeZone: UTC
budget: 100.00
starts: 2026-04-26T00:00:00Z
ends: 2026-04-30T00:00:00Z
closes: 2026-05-02T00:00:00Z
settlingLag: 1h
offers:
  - id: packet
    reward: { pot: { total: 60.00, packets: 8, min: 1.00, max: 20.00 } }
    expires: { after: 12h }
draws:
  - id: night
    closes: 2026-04-26T20:00:00Z
    entriesPerUser: 3
    takeUp: 1h
    prizes: [{ id: grand, amount: 20.00, stock: 1 }, { id: small, amount: 5.00, stock: 2 }]
holdout: { share: 20 % }
`;

export async function potLife(life: CampaignLife): Promise<void> {
  await life.open(POT);
  await life.at("2026-04-26T09:00:00Z");
  for (let i = 0; i < 6; i++) await life.claim("pot", `packet-${i}`, `user-${i}`, "packet");
  const params = { campaign: "pot", draw: "night" };
  for (let i = 0; i < 30; i++) {
    const body = { id: `entry-${i}`, user: `user-${i % 10}` };
    await execute(life.engine, "draw.enter", { params, query: null, body });
  }
  const held = [...life.grants.entries()].filter(([claim]) => claim.startsWith("packet-"));
  await life.engine.money("cancel", "pot", { id: "cancel-packet", grant: held[0]![1] });
  await life.redeem("pot", "redeem-packet", held[1]![0], { amountMinor: 50 });
  await life.at("2026-04-26T20:00:00Z");
  await life.at("2026-04-26T21:00:00Z");
  await life.at("2026-04-26T22:00:00Z");
  for (let i = 0; i < 20; i++) await life.claim("pot", `again-${i}`, `user-${i}`, "packet");
  await life.at("2026-04-30T00:00:00Z");
  // Reserves win until the last redemption; then what they hold expires and settles.
  await life.at("2026-05-02T00:00:00Z");
  await life.at("2026-05-02T01:00:00Z");
  await life.at("2026-05-02T02:00:00Z");
  await life.phase("pot", "close");
}
