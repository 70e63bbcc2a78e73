import { describe, expect, it } from "vitest";
import { UnitLedger } from "../ledger.fixture.ts";
import { cap, DAY_MS, HOUR_MS } from "../unit-campaign.fixture.ts";

const COUNT = 0;
const MONEY = 1;
const CAPS = [cap({ id: "count", limit: 9 }), cap({ id: "money", counts: "money", limit: 90 })];

function withGrant(caps = CAPS, offer = 0): UnitLedger {
  const ledger = new UnitLedger({ caps, budgetMinor: 1000 });
  ledger.atMs = HOUR_MS;
  ledger.claim({ id: "claim", user: "u", offer, device: "d" });
  return ledger;
}

describe("what comes back", () => {
  it("of an untouched grant is its whole amount and its count", () => {
    const ledger = withGrant();
    expect([ledger.used(COUNT), ledger.used(MONEY)]).toEqual([1, 10]);
    ledger.cancel({ id: "x", grant: 0 });
    expect([ledger.used(COUNT), ledger.used(MONEY)]).toEqual([0, 0]);
  });

  it("of a grant spent in part is the rest, and no count", () => {
    const ledger = withGrant();
    ledger.redeem({ id: "r", grant: 0, amountMinor: 4 });
    ledger.cancel({ id: "x", grant: 0 });
    expect([ledger.used(COUNT), ledger.used(MONEY)]).toEqual([1, 4]);
  });

  it("of a lucky grant is money alone, else cancelling would be drawing again", () => {
    const ledger = withGrant(CAPS, 1);
    ledger.cancel({ id: "x", grant: 0 });
    expect([ledger.used(COUNT), ledger.used(MONEY)]).toEqual([1, 0]);
  });

  it("is nothing where the cap says no", () => {
    const ledger = withGrant(CAPS.map((one) => ({ ...one, refund: false })));
    ledger.cancel({ id: "x", grant: 0 });
    expect([ledger.used(COUNT), ledger.used(MONEY)]).toEqual([1, 10]);
  });

  it("reaches the window that was charged only while it is open", () => {
    const caps = [cap({ id: "day", per: "day", limit: 9 })];
    const sameDay = withGrant(caps);
    sameDay.cancel({ id: "x", grant: 0 });
    expect(sameDay.used(0)).toBe(0);
    const nextDay = withGrant(caps);
    nextDay.atMs = DAY_MS;
    nextDay.claim({ id: "b", user: "u" });
    nextDay.cancel({ id: "x", grant: 0 });
    expect(nextDay.used(0)).toBe(1);
  });

  it("of an expired grant is what a cancellation would have returned", () => {
    const ledger = withGrant();
    ledger.redeem({ id: "r", grant: 0, amountMinor: 4 });
    ledger.atMs = 3 * DAY_MS;
    ledger.sweep();
    expect([ledger.used(COUNT), ledger.used(MONEY)]).toEqual([1, 4]);
  });

  it("of a reversal before expiry is nothing yet, since it can be redeemed again", () => {
    const ledger = withGrant();
    ledger.redeem({ id: "r", grant: 0 });
    ledger.reverse({ id: "v", redemption: "r" });
    expect([ledger.used(COUNT), ledger.used(MONEY)]).toEqual([1, 10]);
  });

  it("of reversals after the grant's end is all money, and the count with the last of it", () => {
    const ledger = withGrant();
    ledger.redeem({ id: "r", grant: 0, amountMinor: 4 });
    ledger.redeem({ id: "s", grant: 0, amountMinor: 3 });
    ledger.cancel({ id: "x", grant: 0 });
    expect([ledger.used(COUNT), ledger.used(MONEY)]).toEqual([1, 7]);
    ledger.reverse({ id: "v", redemption: "r" });
    expect([ledger.used(COUNT), ledger.used(MONEY)]).toEqual([1, 3]);
    ledger.reverse({ id: "w", redemption: "s" });
    expect([ledger.used(COUNT), ledger.used(MONEY)]).toEqual([0, 0]);
  });

  it("comes once when a reversal falls between expiry and sweep", () => {
    const ledger = withGrant();
    ledger.redeem({ id: "r", grant: 0, amountMinor: 4 });
    ledger.atMs = 3 * DAY_MS;
    ledger.reverse({ id: "v", redemption: "r" });
    expect([ledger.used(COUNT), ledger.used(MONEY)]).toEqual([1, 6]);
    ledger.sweep();
    expect([ledger.used(COUNT), ledger.used(MONEY)]).toEqual([0, 0]);
    expect(ledger.campaign.books).toMatchObject({ returnedMinor: 4, settlingMinor: 6 });
  });

  it("ends a redeemed grant whose reversal comes after its expiry", () => {
    const ledger = withGrant();
    ledger.redeem({ id: "r", grant: 0, amountMinor: 4 });
    ledger.redeem({ id: "s", grant: 0 });
    ledger.atMs = 3 * DAY_MS;
    ledger.reverse({ id: "v", redemption: "s" });
    expect([ledger.used(COUNT), ledger.used(MONEY)]).toEqual([1, 4]);
    ledger.sweep();
    expect(ledger.campaign.books).toMatchObject({ returnedMinor: 6, expiredMinor: 0 });
    ledger.reverse({ id: "w", redemption: "r" });
    expect([ledger.used(COUNT), ledger.used(MONEY)]).toEqual([0, 0]);
  });

  it("of a redemption's own caps comes with its reversal, to the shop that was charged", () => {
    const caps = [
      cap({ id: "shop", dimension: "shop", counts: "money", limit: 9, on: "redemption" }),
    ];
    const ledger = withGrant(caps);
    ledger.redeem({ id: "r", grant: 0, amountMinor: 4, shop: "a" });
    ledger.redeem({ id: "s", grant: 0, amountMinor: 5, shop: "b" });
    ledger.reverse({ id: "v", redemption: "s" });
    expect([ledger.used(0, 0), ledger.used(0, 1)]).toEqual([4, 0]);
  });
});
