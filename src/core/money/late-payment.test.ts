// Payments that merchants made in time and told late: paid from what settles, once, and only while
// it settles.
import { describe, expect, it } from "vitest";
import { UnitLedger } from "../ledger.fixture.ts";
import { cap, DAY_MS, HOUR_MS } from "../unit-campaign.fixture.ts";

const EXPIRES_MS = 2 * DAY_MS;
const paid = { grant: 0, paidAtMs: EXPIRES_MS - 1 };

function expired(): UnitLedger {
  const money = cap({ id: "money", counts: "money", limit: 50 });
  const ledger = new UnitLedger({ caps: [money, cap({ id: "count", limit: 5 })] });
  ledger.claim({ id: "c", user: "u" });
  ledger.atMs = EXPIRES_MS;
  ledger.sweep();
  expect(ledger.campaign.books).toMatchObject({ settlingMinor: 10, reservedMinor: 0 });
  return ledger;
}

describe("a payment made in time and told late", () => {
  it("is paid from what settles, in parts and never more than there is", () => {
    const ledger = expired();
    expect(ledger.redeem({ id: "a", ...paid, amountMinor: 4 }).status).toBe("redeemed");
    expect(ledger.campaign.books).toMatchObject({ settlingMinor: 6, spentMinor: 4 });
    const more = ledger.redeem({ id: "b", ...paid, amountMinor: 7 });
    expect(more).toMatchObject({ status: "amount_too_large", restMinor: 6 });
    expect(ledger.redeem({ id: "a", ...paid, amountMinor: 4 })).toMatchObject({ replayed: true });
    expect(ledger.redeem({ id: "b", ...paid }).amountMinor).toBe(6);
    expect(ledger.redeem({ id: "d", ...paid }).status).toBe("expired");
    ledger.atMs = EXPIRES_MS + DAY_MS;
    ledger.sweep();
    expect(ledger.campaign.books).toMatchObject({ settlingMinor: 0, spentMinor: 10 });
  });

  it("is paid from the grant itself where no sweep came yet", () => {
    const ledger = new UnitLedger();
    ledger.claim({ id: "c", user: "u" });
    ledger.atMs = EXPIRES_MS;
    expect(ledger.redeem({ id: "a", ...paid, amountMinor: 4 }).status).toBe("redeemed");
    ledger.sweep();
    expect(ledger.campaign.books).toMatchObject({ settlingMinor: 6, spentMinor: 4 });
  });

  it.each([
    ["nobody says when it was paid", 0],
    ["it was paid at the expiry or after it", EXPIRES_MS],
  ])("is refused where %s", (_, paidAtMs) => {
    expect(expired().redeem({ id: "a", grant: 0, paidAtMs }).status).toBe("expired");
  });

  it("is refused from the instant on at which the money is free", () => {
    const ledger = expired();
    ledger.atMs = EXPIRES_MS + DAY_MS;
    expect(ledger.redeem({ id: "a", ...paid }).status).toBe("expired");
  });

  it("gives the claim's caps nothing back a second time when it is reversed", () => {
    const ledger = expired();
    ledger.redeem({ id: "a", ...paid });
    ledger.atMs += HOUR_MS;
    expect(ledger.reverse({ id: "r", redemption: "a" })).toMatchObject({ redeemableAgain: false });
    expect([ledger.used(0), ledger.used(1)]).toEqual([0, 0]);
    expect(ledger.campaign.books).toMatchObject({ returnedMinor: 10, spentMinor: 0 });
  });
});

describe("caps on redemptions", () => {
  it("of an hour take no payment that is told late, and those without a window do", () => {
    const redemption = { on: "redemption", counts: "money" } as const;
    const hour = cap({ id: "hour", ...redemption, per: "hour", limit: 5 });
    const ledger = new UnitLedger({ caps: [hour, cap({ id: "all", ...redemption, limit: 8 })] });
    ledger.claim({ id: "c", user: "u" });
    ledger.atMs = EXPIRES_MS;
    expect(ledger.redeem({ id: "a", ...paid, amountMinor: 6 }).status).toBe("redeemed");
    expect([ledger.used(0), ledger.used(1)]).toEqual([0, 6]);
    expect(ledger.redeem({ id: "b", ...paid })).toMatchObject({ status: "cap_reached", cap: 1 });
    expect(ledger.reverse({ id: "r", redemption: "a" }).status).toBe("reversed");
    expect([ledger.used(0), ledger.used(1)]).toEqual([0, 0]);
  });
});
