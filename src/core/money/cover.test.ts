// Payments that no reward can cover: borne by the contingency line while it lasts, then a loss, and
// never a way around the grant itself.
import { describe, expect, it } from "vitest";
import { UnitLedger } from "../ledger.fixture.ts";
import { DAY_MS } from "../unit-campaign.fixture.ts";

const EXPIRES_MS = 2 * DAY_MS;
const paid = { grant: 0, paidAtMs: EXPIRES_MS - 1 };

/** Grants 0, 1 and 2 of 10 are expired, and their money is free. */
function over(limitMinor = 15): UnitLedger {
  const contingency = limitMinor === 0 ? {} : { contingency: { line: "late", limitMinor } };
  const ledger = new UnitLedger(contingency);
  for (const id of ["a", "b", "c"]) ledger.claim({ id, user: id });
  ledger.atMs = EXPIRES_MS;
  ledger.sweep();
  ledger.atMs = EXPIRES_MS + DAY_MS;
  ledger.sweep();
  return ledger;
}

describe("a payment that no reward can cover", () => {
  it("is borne by the line while it lasts, then in part, then not at all", () => {
    const ledger = over();
    const first = ledger.suspect("cover", { id: "1", ...paid, amountMinor: 10 });
    expect(first).toMatchObject({ status: "covered", amountMinor: 10, lostMinor: 0 });
    expect(ledger.kinds).toEqual(["contingency"]);
    const second = ledger.suspect("cover", { id: "2", ...paid, grant: 1, amountMinor: 8 });
    expect(second).toMatchObject({ status: "lost", amountMinor: 5, lostMinor: 3 });
    const third = ledger.suspect("cover", { id: "3", ...paid, grant: 2, amountMinor: 2 });
    expect(third).toMatchObject({ status: "lost", amountMinor: 0, lostMinor: 2 });
    expect(ledger.campaign.books).toMatchObject({ contingencyMinor: 15, lossMinor: 5 });
    expect(ledger.campaign.books).toMatchObject({ spentMinor: 0, budgetMinor: 100 });
  });

  it("is borne up to the grant's worth, by whatever ids", () => {
    const ledger = over(100);
    const cover = (id: string, amountMinor: number) =>
      ledger.suspect("cover", { id, ...paid, amountMinor });
    expect(cover("1", 6).status).toBe("covered");
    expect(cover("2", 5)).toMatchObject({ status: "amount_too_large", restMinor: 4 });
    expect(cover("3", 4).status).toBe("covered");
    expect(cover("4", 1)).toMatchObject({ status: "amount_too_large", restMinor: 0 });
    expect(ledger.campaign.books.contingencyMinor).toBe(10);
  });

  it("is answered the same again, and other content is a conflict", () => {
    const ledger = over();
    ledger.suspect("cover", { id: "1", ...paid, amountMinor: 10 });
    const again = ledger.suspect("cover", { id: "1", ...paid, amountMinor: 10 });
    expect(again).toMatchObject({ status: "covered", replayed: true, amountMinor: 10 });
    const other = ledger.suspect("cover", { id: "1", ...paid, amountMinor: 9 });
    expect(other.status).toBe("id_conflict");
    expect(ledger.campaign.books.contingencyMinor).toBe(10);
  });

  it("is a loss where the campaign has no line", () => {
    const answer = over(0).suspect("cover", { id: "1", ...paid, amountMinor: 10 });
    expect(answer).toMatchObject({ status: "lost", amountMinor: 0, lostMinor: 10 });
  });

  it("is refused while the grant itself can pay", () => {
    const ledger = new UnitLedger();
    ledger.claim({ id: "a", user: "a" });
    const cover = () => ledger.suspect("cover", { id: "1", ...paid, amountMinor: 10 }).status;
    expect(cover()).toBe("still_redeemable");
    ledger.atMs = EXPIRES_MS;
    expect(cover()).toBe("still_redeemable");
    ledger.sweep();
    expect(cover()).toBe("still_redeemable");
    ledger.atMs = EXPIRES_MS + DAY_MS;
    expect(cover()).toBe("lost");
  });

  it("is refused while somebody holds the grant, above its amount, or of no grant", () => {
    const ledger = new UnitLedger();
    ledger.claim({ id: "a", user: "a" });
    ledger.suspect("hold", { id: "h", grant: 0 });
    const refused = (more: object) =>
      ledger.suspect("cover", { id: "1", ...paid, amountMinor: 10, ...more }).status;
    expect(refused({})).toBe("held");
    expect(refused({ grant: 7 })).toBe("unknown_grant");
    ledger.suspect("clawback", { id: "x", grant: 0 });
    expect(refused({ amountMinor: 11 })).toBe("amount_too_large");
    expect(refused({})).toBe("lost");
  });
});

describe("a payment that was booked by mistake", () => {
  const back = (ledger: UnitLedger, more: object = {}) =>
    ledger.suspect("uncover", { id: "back", grant: 0, redemption: "1", ...more });

  it("goes back to the line and from the loss, exactly as it was taken", () => {
    const ledger = over(7);
    ledger.suspect("cover", { id: "1", ...paid, amountMinor: 10 });
    expect(back(ledger)).toMatchObject({ status: "reversed", amountMinor: 7, lostMinor: 3 });
    expect(ledger.kinds).toEqual(["loss"]);
    expect(ledger.campaign.books).toMatchObject({ contingencyMinor: 0, lossMinor: 0 });
    const right = ledger.suspect("cover", { id: "2", ...paid, amountMinor: 2 });
    expect(right).toMatchObject({ status: "covered", amountMinor: 2 });
    expect(ledger.suspect("cover", { id: "3", ...paid, amountMinor: 8 }).status).toBe("lost");
  });

  it("is taken back once: the same again is the same answer, another id finds it done", () => {
    const ledger = over();
    ledger.suspect("cover", { id: "1", ...paid, amountMinor: 10 });
    back(ledger);
    expect(back(ledger)).toMatchObject({ status: "reversed", replayed: true, amountMinor: 10 });
    expect(ledger.kinds).toEqual([]);
    expect(back(ledger, { id: "other" }).status).toBe("already_reversed");
    expect(back(ledger, { redemption: "9" }).status).toBe("id_conflict");
    expect(back(ledger, { id: "1" }).status).toBe("id_conflict");
    // The id of the payment is bound for ever: it is not booked anew by a retry.
    const again = ledger.suspect("cover", { id: "1", ...paid, amountMinor: 10 });
    expect(again).toMatchObject({ status: "covered", replayed: true });
    expect(ledger.campaign.books.contingencyMinor).toBe(0);
  });

  it("is named by its id and its grant", () => {
    const ledger = over();
    ledger.suspect("cover", { id: "1", ...paid, amountMinor: 10 });
    expect(back(ledger, { grant: 1 }).status).toBe("unknown_redemption");
    expect(back(ledger, { redemption: "a" }).status).toBe("unknown_redemption");
    expect(back(ledger, { redemption: "never" }).status).toBe("unknown_redemption");
    expect(back(ledger, { grant: 7 }).status).toBe("unknown_grant");
    expect(ledger.campaign.books.contingencyMinor).toBe(10);
  });

  it("goes back after the close, too", () => {
    const ledger = over();
    ledger.suspect("cover", { id: "1", ...paid, amountMinor: 10 });
    ledger.phase("end");
    ledger.phase("close");
    expect(ledger.campaign.phase).toBe("closed");
    expect(back(ledger).status).toBe("reversed");
    expect(ledger.campaign.books.contingencyMinor).toBe(0);
  });
});

describe("a payment that is recorded as a redemption already", () => {
  /** Grant 0 of 10, of which 4 were redeemed late, as paid at its last instant. */
  function toldLate(): UnitLedger {
    const ledger = new UnitLedger({ contingency: { line: "late", limitMinor: 50 } });
    ledger.claim({ id: "a", user: "a" });
    ledger.atMs = EXPIRES_MS;
    ledger.sweep();
    const told = ledger.redeem({ id: "till-1", ...paid, amountMinor: 4 });
    expect(told.status).toBe("redeemed");
    ledger.atMs = EXPIRES_MS + DAY_MS;
    ledger.sweep();
    return ledger;
  }
  const cover = (ledger: UnitLedger, more: object = {}) =>
    ledger.suspect("cover", { id: "2", ...paid, amountMinor: 4, ...more });

  it("is not paid a second time under another id, and the answer names the redemption", () => {
    const ledger = toldLate();
    const refused = cover(ledger);
    expect(refused).toMatchObject({ status: "already_recorded", redemption: 0, amountMinor: 4 });
    expect(ledger.kinds).toEqual([]);
    expect(ledger.campaign.books.contingencyMinor).toBe(0);
  });

  it("is another one where it was made at another instant, or somebody says so", () => {
    expect(cover(toldLate(), { paidAtMs: EXPIRES_MS - 2 }).status).toBe("covered");
    const ledger = toldLate();
    expect(cover(ledger, { separate: true }).status).toBe("covered");
    // A retry that no longer says so is the same request.
    expect(cover(ledger)).toMatchObject({ status: "covered", replayed: true });
  });

  it("is no longer recorded where the redemption was reversed", () => {
    const ledger = toldLate();
    ledger.reverse({ id: "back", redemption: "till-1" });
    expect(cover(ledger).status).toBe("covered");
  });

  it("is found behind later redemptions of the same grant, and not with another grant", () => {
    const ledger = new UnitLedger();
    for (const id of ["a", "b"]) ledger.claim({ id, user: id });
    ledger.redeem({ id: "1", grant: 0, paidAtMs: 5, amountMinor: 3 });
    ledger.redeem({ id: "2", grant: 1, paidAtMs: 6, amountMinor: 10 });
    ledger.redeem({ id: "3", grant: 0, amountMinor: 3 });
    ledger.redeem({ id: "4", grant: 0, paidAtMs: 7, amountMinor: 4 });
    const at = (paidAtMs: number) => cover(ledger, { id: `c-${paidAtMs}`, paidAtMs });
    expect(at(5)).toMatchObject({ status: "already_recorded", redemption: 0 });
    expect(at(7)).toMatchObject({ status: "already_recorded", redemption: 3 });
    expect(at(6).status).toBe("lost");
  });
});
