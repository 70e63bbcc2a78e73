import { describe, expect, it } from "vitest";
import { UnitLedger } from "../ledger.fixture.ts";
import { cap, DAY_MS } from "../unit-campaign.fixture.ts";

function withGrant(more: ConstructorParameters<typeof UnitLedger>[0] = {}): UnitLedger {
  const ledger = new UnitLedger(more);
  ledger.claim({ id: "claim", user: "u", device: "d" });
  return ledger;
}

const EXPIRY = 2 * DAY_MS;

describe("a redemption", () => {
  it("spends the whole rest when it names no amount", () => {
    const ledger = withGrant();
    expect(ledger.redeem({ id: "r", grant: 0 })).toMatchObject({
      status: "redeemed",
      amountMinor: 10,
      restMinor: 0,
    });
    expect(ledger.campaign.books).toMatchObject({ reservedMinor: 0, spentMinor: 10 });
    expect(ledger.redeem({ id: "s", grant: 0 }).status).toBe("already_redeemed");
  });

  it("spends a part, and once only when it is repeated", () => {
    const ledger = withGrant();
    const part = { id: "r", grant: 0, amountMinor: 4 };
    expect(ledger.redeem(part)).toMatchObject({ amountMinor: 4, restMinor: 6 });
    expect(ledger.redeem(part)).toMatchObject({ replayed: true, amountMinor: 4, restMinor: 6 });
    ledger.redeem({ id: "s", grant: 0, amountMinor: 5 });
    expect(ledger.redeem(part)).toMatchObject({ replayed: true, amountMinor: 4, restMinor: 6 });
    expect(ledger.campaign.books.spentMinor).toBe(9);
  });

  it("conflicts when its id comes with another amount", () => {
    const ledger = withGrant();
    ledger.redeem({ id: "r", grant: 0, amountMinor: 4 });
    expect(ledger.redeem({ id: "r", grant: 0, amountMinor: 5 }).status).toBe("id_conflict");
    expect(ledger.redeem({ id: "r", grant: 0 }).status).toBe("id_conflict");
    expect(ledger.cancel({ id: "r", grant: 0 }).status).toBe("id_conflict");
  });

  it("of more than the rest is refused with the rest", () => {
    const ledger = withGrant();
    ledger.redeem({ id: "r", grant: 0, amountMinor: 4 });
    expect(ledger.redeem({ id: "s", grant: 0, amountMinor: 7 })).toMatchObject({
      status: "amount_too_large",
      restMinor: 6,
    });
    expect(ledger.redeem({ id: "s", grant: 0, amountMinor: Number.NaN }).status).toBe(
      "amount_too_large",
    );
  });

  it("is expired at the very instant of expiry, swept or not", () => {
    const ledger = withGrant();
    ledger.atMs = EXPIRY - 1;
    expect(ledger.redeem({ id: "r", grant: 0, amountMinor: 1 }).status).toBe("redeemed");
    ledger.atMs = EXPIRY;
    expect(ledger.redeem({ id: "s", grant: 0 }).status).toBe("expired");
    ledger.sweep();
    expect(ledger.redeem({ id: "s", grant: 0 }).status).toBe("expired");
  });

  it("goes on while the campaign pauses and after it ended", () => {
    const ledger = withGrant();
    ledger.phase("pause");
    expect(ledger.redeem({ id: "r", grant: 0, amountMinor: 1 }).status).toBe("redeemed");
    ledger.phase("end");
    expect(ledger.redeem({ id: "s", grant: 0, amountMinor: 1 }).status).toBe("redeemed");
  });

  it("of an unknown grant is refused", () => {
    const ledger = withGrant();
    expect(ledger.redeem({ id: "r", grant: 1 }).status).toBe("unknown_grant");
    expect(ledger.redeem({ id: "r", grant: -1 }).status).toBe("unknown_grant");
  });

  it("is stale past its deadline", () => {
    const ledger = withGrant();
    ledger.atMs = 2;
    expect(ledger.redeem({ id: "r", grant: 0, notAfterMs: 1 }).status).toBe("stale");
  });

  it("is charged to the caps on redemptions, by its own attributes", () => {
    const caps = [
      cap({ id: "shop", dimension: "shop", counts: "money", limit: 6, on: "redemption" }),
    ];
    const ledger = withGrant({ caps });
    const redeem = (id: string, amountMinor: number, shop: string) =>
      ledger.redeem({ id, grant: 0, amountMinor, shop });
    expect(redeem("r", 5, "a").status).toBe("redeemed");
    expect(redeem("s", 2, "a")).toMatchObject({ status: "cap_reached", cap: 0 });
    expect(redeem("s", 2, "b").status).toBe("redeemed");
    expect(ledger.redeem({ id: "t", grant: 0 }).status).toBe("missing_attribute");
  });
});

describe("a cancellation", () => {
  it("returns the rest, once", () => {
    const ledger = withGrant();
    ledger.redeem({ id: "r", grant: 0, amountMinor: 3 });
    expect(ledger.cancel({ id: "x", grant: 0 })).toMatchObject({
      status: "cancelled",
      amountMinor: 7,
    });
    expect(ledger.cancel({ id: "x", grant: 0 })).toMatchObject({ replayed: true, amountMinor: 7 });
    expect(ledger.cancel({ id: "y", grant: 0 }).status).toBe("already_cancelled");
    expect(ledger.campaign.grantableMinor).toBe(97);
  });

  it("of a spent grant is refused", () => {
    const ledger = withGrant();
    ledger.redeem({ id: "r", grant: 0 });
    expect(ledger.cancel({ id: "x", grant: 0 }).status).toBe("already_redeemed");
  });

  it("at the instant of expiry comes too late", () => {
    const ledger = withGrant();
    ledger.atMs = EXPIRY;
    expect(ledger.cancel({ id: "x", grant: 0 }).status).toBe("expired");
  });

  it("tells the same amount when it is repeated after a reversal", () => {
    const ledger = withGrant();
    ledger.redeem({ id: "r", grant: 0, amountMinor: 3 });
    ledger.cancel({ id: "x", grant: 0 });
    ledger.reverse({ id: "v", redemption: "r" });
    expect(ledger.cancel({ id: "x", grant: 0 })).toMatchObject({ replayed: true, amountMinor: 7 });
  });
});

describe("a reversal", () => {
  it("before expiry makes the money redeemable again", () => {
    const ledger = withGrant();
    ledger.redeem({ id: "r", grant: 0 });
    expect(ledger.reverse({ id: "v", redemption: "r" })).toMatchObject({
      status: "reversed",
      amountMinor: 10,
      redeemableAgain: true,
    });
    expect(ledger.campaign.books).toMatchObject({ reservedMinor: 10, spentMinor: 0 });
    expect(ledger.redeem({ id: "s", grant: 0 }).status).toBe("redeemed");
  });

  it("after expiry returns the money, which is not granted again", () => {
    const ledger = withGrant({ budgetMinor: 10 });
    ledger.redeem({ id: "r", grant: 0 });
    ledger.atMs = EXPIRY;
    expect(ledger.reverse({ id: "v", redemption: "r" }).redeemableAgain).toBe(false);
    expect(ledger.campaign.books).toMatchObject({ returnedMinor: 10, spentMinor: 0 });
    expect(ledger.redeem({ id: "s", grant: 0 }).status).toBe("expired");
    expect(ledger.claim({ id: "b", user: "v" }).status).toBe("budget_exhausted");
  });

  it("happens once to a redemption, and is answered again by its id", () => {
    const ledger = withGrant();
    ledger.redeem({ id: "r", grant: 0 });
    ledger.reverse({ id: "v", redemption: "r" });
    expect(ledger.reverse({ id: "v", redemption: "r" })).toMatchObject({
      replayed: true,
      redeemableAgain: true,
    });
    expect(ledger.reverse({ id: "w", redemption: "r" }).status).toBe("already_reversed");
  });

  it("of something else than a redemption is refused", () => {
    const ledger = withGrant();
    expect(ledger.reverse({ id: "v", redemption: "claim" }).status).toBe("unknown_redemption");
    expect(ledger.reverse({ id: "v", redemption: "none" }).status).toBe("unknown_redemption");
  });

  it("is possible after the close, when nothing else is", () => {
    const ledger = withGrant();
    ledger.redeem({ id: "r", grant: 0 });
    ledger.phase("end");
    ledger.phase("close");
    expect(ledger.redeem({ id: "s", grant: 0 }).status).toBe("campaign_closed");
    expect(ledger.reverse({ id: "v", redemption: "r" })).toMatchObject({
      status: "reversed",
      redeemableAgain: false,
    });
  });
});
