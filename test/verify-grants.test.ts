// verify finds every kind of fraud in what becomes of grants: redemptions, cancellations, expiries,
// reversals, and the money that they move.
import { describe, it } from "vitest";
import {
  CANCELLED,
  CLOSED,
  EXPIRED,
  REDEEMED,
  REVERSED,
  SETTLED,
  SWEPT,
  TOTALS,
} from "../src/core/event.ts";
import { expectFound } from "./verify/expect-found.ts";
import { spliced } from "./verify/forge.ts";

const DAY_CAP = 6;

/** A copy with another id, so that only what it does twice is wrong. */
function again(event: Uint32Array, idAt: number): Uint32Array {
  const copy = event.slice();
  copy[idAt]! ^= 0x5a5a5a5a;
  return copy;
}

describe("verify finds forged redemptions:", () => {
  it("one of more than the rest", () =>
    expectFound("transitions", "redeemed", (forgery) => {
      forgery.event("redeemed", 0)[REDEEMED.amount]! += 100_000;
    }));

  it("one of nothing", () =>
    expectFound("transitions", "redeemed", (forgery) => {
      forgery.event("redeemed", 0)[REDEEMED.amount] = 0;
    }));

  it("a rest that does not follow", () =>
    expectFound("transitions", "redeemed", (forgery) => {
      forgery.event("redeemed", 0)[REDEEMED.rest]! += 1;
    }));

  it("one of a grant that was never made", () =>
    expectFound("transitions", "redeemed", (forgery) => {
      forgery.event("redeemed", 0)[REDEEMED.grant] = 99_999;
    }));

  it("one after the grant expired", () =>
    expectFound("transitions", "redeemed", (forgery) => {
      forgery.reopen(({ definition }) => {
        definition.offers[0]!.expiry = { kind: "after", afterMs: 1000 };
      });
    }));

  it("one of a grant that is spent", () =>
    expectFound("transitions", "redeemed", (forgery) => {
      const event = forgery.event("redeemed", 0);
      const second = again(event, REDEEMED.id);
      second[REDEEMED.redemption]! += 1;
      forgery.replace(event, event, second);
    }));

  it("one written twice", () =>
    expectFound("ids", "redeemed", (forgery) => {
      const event = forgery.event("redeemed", 0);
      forgery.replace(event, event, event.slice());
    }));

  it("one dropped", () =>
    expectFound("transitions", "redeemed", (forgery) => {
      forgery.replace(forgery.event("redeemed", 3));
    }));

  it("a merchant's cap left out", () =>
    expectFound("charges", "redeemed", (forgery) => {
      const event = forgery.event("redeemed", 0);
      const at = REDEEMED.tail + 6 * (event[REDEEMED.counts]! & 0xff);
      const short = spliced(event, at, 2);
      short[REDEEMED.counts]! -= 1 << 8;
      forgery.replace(event, short);
    }));

  it("a merchant's cap above its limit", () =>
    expectFound("limits", "redeemed", (forgery) => {
      forgery.reopen(({ definition }) => {
        definition.caps.find((cap) => cap.id === "merchant-hour")!.limit = 2000;
      });
    }));
});

describe("verify finds forged refunds:", () => {
  it("a cancellation that gives back more than the rest", () =>
    expectFound("refunds", "cancelled", (forgery) => {
      forgery.event("cancelled", 0)[CANCELLED.amount]! += 1;
    }));

  it("one grant cancelled twice", () =>
    expectFound("transitions", "cancelled", (forgery) => {
      const event = forgery.event("cancelled", 0);
      forgery.replace(event, event, again(event, CANCELLED.id));
    }));

  it("a refund into a window that has closed", () =>
    expectFound("refunds", "cancelled", (forgery) => {
      const event = forgery.event("cancelled", -1);
      const cell = [(DAY_CAP << 24) | 1, 10];
      const long = spliced(event, CANCELLED.tail + 2 * 4, 0, ...cell);
      long[CANCELLED.counts]! += 1;
      forgery.replace(event, long);
    }));

  it("a refund of a cap that gives nothing back", () =>
    expectFound("refunds", "cancelled", (forgery) => {
      forgery.reopen(({ definition }) => {
        definition.caps.find((cap) => cap.id === "user-money")!.refund = false;
      });
    }));

  it("a refund left out", () =>
    expectFound("refunds", "cancelled", (forgery) => {
      const event = forgery.event("cancelled", 0);
      const short = spliced(event, CANCELLED.tail, 2);
      short[CANCELLED.counts]! -= 1;
      forgery.replace(event, short);
    }));

  it("a count given back for a lucky grant, so that the user draws again", () =>
    expectFound("refunds", "cancelled", (forgery) => {
      const lucky = forgery.event("cancelled", -3);
      const long = spliced(lucky, CANCELLED.tail, 0, 0, 0);
      long[CANCELLED.counts]! += 1;
      forgery.replace(lucky, long);
    }));

  it("a cancellation dropped", () =>
    expectFound("sweeps", "swept", (forgery) => {
      forgery.replace(forgery.event("cancelled", 0));
    }));

  it("a redemption reversed twice", () =>
    expectFound("transitions", "reversed", (forgery) => {
      const event = forgery.event("reversed", 0);
      forgery.replace(event, event, again(event, REVERSED.id));
    }));

  it("a reversal of more than was redeemed", () =>
    expectFound("refunds", "reversed", (forgery) => {
      forgery.event("reversed", 0)[REVERSED.amount]! += 1;
    }));

  it("a reversal of another grant's redemption", () =>
    expectFound("transitions", "reversed", (forgery) => {
      forgery.event("reversed", 0)[REVERSED.grant]! += 1;
    }));

  it("a reversal of a redemption that was never made", () =>
    expectFound("transitions", "reversed", (forgery) => {
      forgery.event("reversed", 0)[REVERSED.redemption] = 99_999;
    }));

  it("money made redeemable again after the grant's expiry", () =>
    expectFound("transitions", "reversed", (forgery) => {
      const event = forgery.event("reversed", -1);
      event[0] = (event[0]! & 0xffff00ff) | (1 << 8);
    }));

  it("a reversal that gives a count back while something is still spent", () =>
    expectFound("refunds", "reversed", (forgery) => {
      const event = forgery.event("reversed", 0);
      const long = spliced(event, REVERSED.tail, 0, 0, 0);
      long[REVERSED.counts]! += 1;
      forgery.replace(event, long);
    }));
});

describe("verify finds forged expiries:", () => {
  it("one before its instant", () =>
    expectFound("transitions", "expired", (forgery) => {
      forgery.reopen(({ definition }) => {
        definition.offers[0]!.expiry = { kind: "at", atMs: definition.closesAtMs };
      });
    }));

  it("one of more than the rest", () =>
    expectFound("refunds", "expired", (forgery) => {
      forgery.event("expired", 0)[EXPIRED.amount]! += 1;
    }));

  it("one dropped", () =>
    expectFound("sweeps", "swept", (forgery) => {
      forgery.replace(forgery.event("expired", 0));
    }));

  it("one written twice", () =>
    expectFound("transitions", "expired", (forgery) => {
      const event = forgery.event("expired", 0);
      forgery.replace(event, event, event.slice());
    }));

  it("money that is free before its lag is over", () =>
    expectFound("settlements", "expired", (forgery) => {
      forgery.event("expired", 0)[EXPIRED.freeAt]! -= 60_000;
    }));

  it("more money settled than expired", () =>
    expectFound("settlements", "settled", (forgery) => {
      forgery.event("settled", 0)[SETTLED.amount]! += 1;
    }));

  it("settling before it is due", () =>
    expectFound("settlements", "settled", (forgery) => {
      forgery.reopen(({ definition }) => {
        definition.settlingLagMs *= 3;
      });
    }));

  it("settling written twice", () =>
    expectFound("settlements", "settled", (forgery) => {
      const event = forgery.event("settled", -1);
      forgery.replace(event, event, event.slice());
    }));

  it("a cursor that skips live grants", () =>
    expectFound("sweeps", "swept", (forgery) => {
      forgery.event("swept", 0)[SWEPT.cursor]! += 1;
    }));

  it("a cursor that goes back", () =>
    expectFound("sweeps", "swept", (forgery) => {
      forgery.event("swept", -1)[SWEPT.cursor] = 0;
    }));
});

describe("verify finds forged ends:", () => {
  it("a close while money settles", () =>
    expectFound("phases", "closed", (forgery) => {
      forgery.replace(forgery.event("settled", -1));
    }));

  it("a close before the end", () =>
    expectFound("phases", "closed", (forgery) => {
      forgery.replace(forgery.event("ended"));
      forgery.reopen(({ definition }) => {
        definition.endsAtMs = definition.closesAtMs;
      });
    }));

  it("a seed other than the one committed to", () =>
    expectFound("draws", "closed", (forgery) => {
      forgery.event("closed")[CLOSED.seed]! ^= 1;
    }));

  it("a campaign that ends twice", () =>
    expectFound("phases", "ended", (forgery) => {
      const event = forgery.event("ended");
      forgery.replace(event, event, event.slice());
    }));

  for (let i = 0; i < 9; i++) {
    it(`totals that do not add up, figure ${i + 1}`, () =>
      expectFound("totals", "totals", (forgery) => {
        forgery.event("totals")[TOTALS.body + 2 * i]! += 1;
      }));
  }
});
