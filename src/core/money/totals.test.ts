import { describe, expect, it } from "vitest";
import { applyEvents } from "../apply.ts";
import { TOTALS } from "../event.ts";
import { UnitLedger } from "../ledger.fixture.ts";
import { TOTALS_FIELDS, totalsOf, writeTotals } from "./totals.ts";

function lived(): UnitLedger {
  const ledger = new UnitLedger();
  ledger.claim({ id: "a", user: "u" });
  ledger.claim({ id: "b", user: "u" });
  ledger.redeem({ id: "r", grant: 0, amountMinor: 3 });
  ledger.cancel({ id: "x", grant: 1 });
  ledger.out.reset(0);
  writeTotals(ledger.campaign, 0, ledger.out);
  return ledger;
}

describe("totals", () => {
  it("are the books and counts of the campaign", () => {
    expect(totalsOf(lived().campaign)).toEqual({
      spentMinor: 3,
      reservedMinor: 7,
      settlingMinor: 0,
      returnedMinor: 0,
      issuedMinor: 20,
      granted: 2,
      redeemed: 1,
      cancelled: 1,
      expired: 0,
    });
  });

  it("pass replay when they are right", () => {
    const { state, out } = lived();
    expect(() => applyEvents(state, out.words, 0, out.length, 0)).not.toThrow();
  });

  it("stop replay when any of them is wrong", () => {
    TOTALS_FIELDS.forEach((field, i) => {
      const { state, out } = lived();
      out.words[TOTALS.body + 2 * i]! += 1;
      expect(() => applyEvents(state, out.words, 0, out.length, 0)).toThrow(field);
    });
  });
});
