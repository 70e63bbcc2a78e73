// A campaign whose merchants tell late of what they paid, in the settling grace and after it; and a
// whole packet that is clawed back.
import { execute } from "../../src/host/index.ts";
import type { CampaignLife } from "./campaign-life.ts";

const SHOPS = `campaign: shops
title: Shops
currency: EUR
timeZone: UTC
budget: 200.00
starts: 2026-08-10T00:00:00Z
ends: 2026-08-11T00:00:00Z
closes: 2026-08-14T00:00:00Z
settlingLag: 6h
waves:
  - { id: all, from: 2026-08-10T00:00:00Z, to: 2026-08-11T00:00:00Z, budget: 80.00, pacing: even }
  - { id: pots, from: 2026-08-10T00:00:00Z, to: 2026-08-11T00:00:00Z }
offers:
  - { id: lunch, wave: all, reward: { fixed: 10.00 }, expires: { at: 2026-08-10T20:00:00Z } }
  - id: packet
    wave: pots
    reward: { pot: { total: 20.00, packets: 4, min: 1.00, max: 10.00 } }
    expires: { at: 2026-08-10T20:00:00Z }
attributes: [merchant]
contingency: { line: cost centre 4711, amount: 15.00 }
caps:
  - { id: user-money, of: user, counts: money, limit: 20.00, refund: yes }
  - { id: shop-hour, of: merchant, counts: money, per: hour, limit: 30.00, on: redemption }
`;

const EXPIRES_MS = Date.parse("2026-08-10T20:00:00Z");

export async function shopLife(life: CampaignLife): Promise<void> {
  await life.open(SHOPS);
  await life.at("2026-08-10T12:00:00Z");
  for (let i = 0; i < 4; i++) await life.claim("shops", `lunch-${i}`, `user-${i}`, "lunch");
  await life.claim("shops", "packet-back", "user-0", "packet");
  const grant = life.grants.get("packet-back")!;
  const body = { id: "claw", why: "two accounts on one device" };
  const call = { params: { campaign: "shops", grant }, query: null, body };
  await execute(life.engine, "grant.clawback", call);
  await life.claim("shops", "packet-1", "user-1", "packet");
  const noodles = { attributes: { merchant: "noodles" } };
  const paid = { paidAtMs: EXPIRES_MS - 1, ...noodles };
  await life.redeem("shops", "in-time", "lunch-0", { amountMinor: 300, ...noodles });
  await life.at("2026-08-10T20:00:00Z");
  await life.at("2026-08-10T21:00:00Z");
  await life.redeem("shops", "told-late", "lunch-0", { ...paid, amountMinor: 200 });
  await life.redeem("shops", "told-late-again", "lunch-0", paid);
  await life.redeem("shops", "told-late-1", "lunch-1", { ...paid, amountMinor: 400 });
  await life.at("2026-08-11T02:00:00Z");
  await life.redeem("shops", "too-late", "lunch-2", paid);
  const back = { id: "taken-back", redemption: "told-late-1" };
  await life.engine.money("reverse", "shops", back);
  const cover = (id: string, lunch: string, amountMinor: number, more: object = {}) => {
    const grant = life.grants.get(lunch)!;
    const body = {
      id,
      amountMinor,
      paidAtMs: EXPIRES_MS - 1,
      why: "the till was offline",
      ...more,
    };
    return execute(life.engine, "grant.cover", {
      ...{ params: { campaign: "shops", grant }, query: null, body },
    });
  };
  await cover("borne", "lunch-2", 1000, { merchant: "noodles", evidence: "case 8" });
  await cover("half-borne", "lunch-3", 800);
  const uncover = (id: string, lunch: string, of: string) => {
    const grant = life.grants.get(lunch)!;
    const body = { id, cover: of, why: "typed by mistake" };
    const call = { params: { campaign: "shops", grant }, query: null, body };
    return execute(life.engine, "grant.uncover", call);
  };
  await cover("mistyped", "lunch-3", 200, { merchant: "teahouse" });
  await uncover("mistyped-back", "lunch-3", "mistyped");
  await life.at("2026-08-14T00:00:00Z");
  await life.phase("shops", "close");
  await cover("lost", "lunch-3", 100, { merchant: "teahouse" });
  await cover("by-mistake", "lunch-3", 100, { merchant: "noodles" });
  await uncover("by-mistake-back", "lunch-3", "by-mistake");
  await uncover("borne-back", "lunch-2", "borne");
}
