// verify finds every kind of fraud in payments that were made in time and told late.
import { describe, expect, it } from "vitest";
import { GRANTED, REDEEMED, RETURNED } from "../src/core/event.ts";
import { COVER, TAKEN_BACK } from "../src/core/money/cover.ts";
import { verifyRecords } from "../src/journal/verify/verify.ts";
import { expectFound, honestJournal } from "./verify/expect-found.ts";
import type { Forgery } from "./verify/forge.ts";
import { LEDGER } from "./verify/live-in-memory.ts";

const MINUTE_MS = 60_000;

/** The campaign of the merchants, and how often each kind of late payment stands in it. */
function campaignOf(forgery: Forgery): number {
  for (let campaign = 0; ; campaign++) {
    const names = forgery.all("opened", campaign);
    if (names.length === 0) throw new Error("no campaign of merchants");
    if (new TextDecoder().decode(new Uint8Array(names[0]!.buffer)).includes('"id":"shops"')) {
      return campaign;
    }
  }
}

/** Redemptions that were paid from what settles. */
function fromSettling(forgery: Forgery): Uint32Array[] {
  return forgery
    .all("redeemed", campaignOf(forgery))
    .filter((event) => ((event[0]! >>> 8) & 2) !== 0);
}

describe("verify of late payments:", () => {
  it("control: three are in the journal, and a whole packet that was clawed back", async () => {
    const forgery = await honestJournal();
    expect(fromSettling(forgery).length).toBe(3);
    const campaign = campaignOf(forgery);
    const back = forgery.all("packet_returned", campaign).map((event) => event[RETURNED.grant]);
    const clawed = forgery.all("clawed_back", campaign).map((event) => event[GRANTED.grant]);
    expect(back[0]).toBe(clawed[0]);
    const report = await verifyRecords(forgery.encode(), { ledgerId: LEDGER });
    expect(report.problems).toEqual([]);
  });

  it("finds one that was made at the grant's end", () =>
    expectFound("transitions", "redeemed", (forgery) => {
      fromSettling(forgery)[0]![REDEEMED.paidAt]! += 1;
    }));

  it("finds one that nobody dates", () =>
    expectFound("transitions", "redeemed", (forgery) => {
      const event = fromSettling(forgery)[0]!;
      event[REDEEMED.paidAt] = 0;
      event[REDEEMED.paidAt + 1] = 0;
    }));

  it("finds one of more than settles", () =>
    expectFound("transitions", "redeemed", (forgery) => {
      fromSettling(forgery)[0]![REDEEMED.amount]! += 1000;
    }));

  it("finds one from money of another instant", () =>
    expectFound("settlements", "redeemed", (forgery) => {
      const event = fromSettling(forgery)[0]!;
      event[event.length - 2]! += MINUTE_MS;
    }));

  it("finds one called told late while the grant lived", () =>
    expectFound("transitions", "redeemed", (forgery) => {
      forgery.all("redeemed", campaignOf(forgery))[0]![0]! |= 1 << 8;
    }));

  it("finds one whose money settles all the same", () =>
    expectFound("settlements", "settled", (forgery) => {
      forgery.all("settled", campaignOf(forgery))[0]![3]! += 1;
    }));
});

describe("verify of payments that no reward could cover:", () => {
  const isBack = (event: Uint32Array): boolean => ((event[0]! >>> 8) & TAKEN_BACK) !== 0;
  const all = (forgery: Forgery, kind: "contingency" | "loss"): Uint32Array[] =>
    forgery.all(kind, campaignOf(forgery));
  const covers = (forgery: Forgery, kind: "contingency" | "loss"): Uint32Array[] =>
    all(forgery, kind).filter((event) => !isBack(event));
  const backs = (forgery: Forgery, kind: "contingency" | "loss"): Uint32Array[] =>
    all(forgery, kind).filter(isBack);

  it("control: one is borne, one in part, the others not at all; three go back", async () => {
    const forgery = await honestJournal();
    expect([covers(forgery, "contingency").length, covers(forgery, "loss").length]).toEqual([1, 4]);
    expect([backs(forgery, "contingency").length, backs(forgery, "loss").length]).toEqual([1, 2]);
    const { campaigns } = await verifyRecords(forgery.encode(), { ledgerId: LEDGER });
    const found = campaigns.find(({ id }) => id === "shops");
    expect(found).toMatchObject({ contingencyMinor: 500, lossMinor: 400 });
  });

  it("finds more borne than the line has", () =>
    expectFound("covers", "loss", (forgery) => {
      const [event] = covers(forgery, "loss");
      event![COVER.charged]! += 1;
      event![COVER.lost]! -= 1;
    }));

  it("finds a loss that the line could have borne", () =>
    expectFound("covers", "contingency", (forgery) => {
      const [event] = covers(forgery, "contingency");
      event![COVER.charged]! -= 1;
      event![COVER.lost]! += 1;
    }));

  it("finds one of more than the grant was worth", () =>
    expectFound("covers", "contingency", (forgery) => {
      covers(forgery, "contingency")[0]![COVER.charged]! += 1;
    }));

  it("finds several that are more than the grant was worth together", () =>
    expectFound("covers", "loss", (forgery) => {
      const event = covers(forgery, "loss")[1]!;
      event[COVER.lost] = 201;
    }));

  it("finds one that says no more that they are bounded", () =>
    expectFound("covers", "loss", (forgery) => {
      covers(forgery, "loss")[1]![0]! &= ~(1 << 8);
    }));

  it("finds one of a grant that was never made", () =>
    expectFound("covers", "contingency", (forgery) => {
      covers(forgery, "contingency")[0]![COVER.grant] = 99_999;
    }));

  it("finds one with a grant that settled still", () =>
    expectFound("covers", "contingency", (forgery) => {
      const campaign = campaignOf(forgery);
      forgery.reopen(({ definition }) => {
        definition.settlingLagMs *= 100;
      }, campaign);
    }));

  it("finds more attributes than it has, at once", () =>
    expectFound("events", "contingency", (forgery) => {
      covers(forgery, "contingency")[0]![COVER.counts]! |= 1 << 31;
    }));

  it("finds one written twice", () =>
    expectFound("ids", "contingency", (forgery) => {
      const [event] = covers(forgery, "contingency");
      forgery.replace(event!, event!, event!.slice());
    }));

  it("finds one without a reason", () =>
    expectFound("covers", "contingency", (forgery) => {
      const event = covers(forgery, "contingency")[0]!;
      const lengths = event[COVER.note]!;
      // All of it is evidence now.
      const evidence = ((lengths >>> 8) & 0xff) + (lengths >>> 16);
      event[COVER.note] = (lengths & 0xff) | (evidence << 8);
    }));

  it("finds more or less going back than was borne", async () => {
    for (const [kind, word, by] of [
      ["contingency", COVER.charged, -1],
      ["loss", COVER.lost, 1],
    ] as const) {
      await expectFound("covers", kind, (forgery) => {
        backs(forgery, kind)[0]![word]! += by;
      });
    }
  });

  it("finds one that goes back twice", () =>
    expectFound("covers", "contingency", (forgery) => {
      const [event] = backs(forgery, "contingency");
      const again = event!.slice();
      again[COVER.id]! += 1;
      forgery.replace(event!, event!, again);
    }));

  it("finds one going back that was never booked, or with another grant", async () => {
    for (const [word, value] of [
      [COVER.of, 99],
      [COVER.grant, 0],
    ] as const) {
      await expectFound("covers", "contingency", (forgery) => {
        backs(forgery, "contingency")[0]![word] = value;
      });
    }
  });

  it("finds a payment that was made out of one going back", () =>
    expectFound("covers", "contingency", (forgery) => {
      backs(forgery, "contingency")[0]![0]! &= ~(TAKEN_BACK << 8);
    }));

  it("finds one going back without a reason", () =>
    expectFound("covers", "loss", (forgery) => {
      const event = backs(forgery, "loss")[0]!;
      const lengths = event[COVER.note]!;
      event[COVER.note] = (lengths & 0xff) | ((lengths >>> 16) << 8);
    }));
});
