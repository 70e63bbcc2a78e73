// verify finds forged curves: money that re-enters too soon, or more of it than came back, and
// grants that got ahead of what was released.
import { describe, expect, it } from "vitest";
import { CURVE_REVISED } from "../src/core/event.ts";
import { execute } from "../src/host/index.ts";
import { verifyRecords } from "../src/journal/verify/verify.ts";
import { Drill } from "./drill.fixture.ts";
import { DAY_MS, HOUR_MS, pacedCampaign, START_MS } from "./simulation/plain-campaign.ts";
import { expectFound, honestJournal } from "./verify/expect-found.ts";
import type { Forgery } from "./verify/forge.ts";
import { LEDGER } from "./verify/live-in-memory.ts";

const EVEN = [
  { atMs: START_MS, share: 0 },
  { atMs: START_MS + DAY_MS, share: 1 },
];

/** The events of the record that holds one. */
function recordOf({ records }: Forgery, event: Uint32Array): Uint32Array[] {
  return records.find(({ events }) => events.includes(event))!.events;
}

/** The events by which curves of paced-life.ts go on. */
function revisedCurves(forgery: Forgery): Uint32Array[] {
  return forgery.all("curve_revised", forgery.campaignOf("curve_revised"));
}

describe("verify finds forged curves:", () => {
  const fields = { base: "released too early", rest: "of more than came back", back: "more back" };
  for (const [field, what] of Object.entries(fields)) {
    it(what, () =>
      expectFound("pacing", "curve_revised", (forgery) => {
        const [event] = revisedCurves(forgery);
        event![CURVE_REVISED[field as keyof typeof fields]]! += 100;
      }),
    );
  }

  it("settled money in another number of entries", () =>
    expectFound("pacing", "curve_revised", (forgery) => {
      revisedCurves(forgery)[0]![CURVE_REVISED.entries]! ^= 1;
    }));

  it("without a reason", () =>
    expectFound("pacing", "curve_revised", (forgery) => {
      revisedCurves(forgery)[0]![0]! &= ~0xff00;
    }));

  it("a grant ahead of what was released", () =>
    expectFound("pacing", "granted", (forgery) => {
      const paced = forgery.campaignOf("curve_revised");
      // Less was released than the campaign knew of.
      for (const event of revisedCurves(forgery)) forgery.replace(event);
      const first = forgery.all("granted", paced)[0]!;
      first[1] = first[1]! & 0xffff0000;
      const record = forgery.records.find(({ events }) => events.includes(first))!;
      record.header.atMs -= 30 * 60_000;
    }));

  /** The first such event beside which a sweep wrote something else, taken out. */
  const withoutBeside = (forgery: Forgery): void => {
    const beside = revisedCurves(forgery).find((one) => recordOf(forgery, one).length > 1);
    forgery.replace(beside!);
  };

  it("none where a sweep found an hour unused", async () => {
    await expectFound("pacing", "swept", withoutBeside);
    const forgery = await honestJournal();
    withoutBeside(forgery);
    const { problems } = await verifyRecords(forgery.encode(), { ledgerId: LEDGER });
    expect(problems).toMatchObject([
      {
        expected: "an event of wave-pacing:day with what was not used",
        found: "a sweep without it",
      },
    ]);
  });

  it("one that spreads nothing although an hour was not used", async () => {
    await expectFound("pacing", "curve_revised", (forgery) => {
      const both = revisedCurves(forgery).find((one) => ((one[0]! >>> 8) & 7) === 3)!;
      both[0]! &= ~(2 << 8);
    });
  });

  it("none where a sweep found money that was cancelled before", async () => {
    const { offers, ...rest } = pacedCampaign(EVEN, 1000);
    const expiry = { kind: "after", afterMs: HOUR_MS } as const;
    const drill = await new Drill().open({ ...rest, offers: [{ ...offers[0]!, expiry }] });
    await drill.at(START_MS + HOUR_MS);
    await drill.grant("ann");
    await drill.cancel(await drill.grant("bo"));
    await drill.wait(HOUR_MS);
    expect(await drill.problems()).toEqual([]);
    const found = await drill.findings((forgery) => {
      forgery.replace(forgery.event("curve_revised"));
    });
    expect(found).toEqual(["pacing: an event of wave-pacing:one with what came back"]);
  });

  it("none after a revision of the curve", async () => {
    const drill = await new Drill().open(pacedCampaign(EVEN, 1000));
    await drill.at(START_MS + HOUR_MS);
    const { dayStartsMs } = drill.campaign.definition;
    const definition = { ...pacedCampaign(EVEN, 2000), dayStartsMs };
    const body = { definition, version: 1, why: "more", moveExpiry: [] };
    const call = { params: { campaign: "drill" }, query: null, body };
    const { status } = await execute(drill.engine, "campaign.revise", call);
    expect(status).toBe("revised");
    const found = await drill.findings((forgery) => {
      forgery.replace(forgery.event("curve_revised"));
    });
    expect(found).toEqual(["pacing: the event by which the revised curve wave-pacing:one goes on"]);
  });

  it("control: the journal has such events of every cause but a revision", async () => {
    const causes = revisedCurves(await honestJournal()).map((one) => (one[0]! >>> 8) & 7);
    expect(new Set(causes).has(2) || new Set(causes).has(3)).toBe(true);
    expect(causes.some((cause) => (cause & 1) === 1)).toBe(true);
  });

  it("control: it has one of money that had settled", async () => {
    const curves = revisedCurves(await honestJournal());
    expect(curves.some((one) => one[CURVE_REVISED.entries]! > 0)).toBe(true);
  });
});

describe("a curve whose settling money was all paid after all", () => {
  it("goes on with nothing, and verify agrees", async () => {
    const { offers, ...rest } = pacedCampaign(EVEN, 1000);
    const expiry = { kind: "after", afterMs: HOUR_MS } as const;
    const drill = await new Drill().open({
      ...{ ...rest, settlingLagMs: 2 * HOUR_MS, offers: [{ ...offers[0]!, expiry }] },
    });
    await drill.at(START_MS + HOUR_MS);
    const { grant } = await drill.claim("ann");
    await drill.wait(HOUR_MS + 1000);
    expect(drill.campaign.books.settlingMinor).toBe(10);
    const late = { id: "late", grant: grant!, paidAtMs: START_MS + HOUR_MS + 1000 };
    expect((await drill.engine.money("redeem", "drill", late)).status).toBe("redeemed");
    await drill.wait(3 * HOUR_MS);
    const { now } = drill.campaign.paces[0]!.pace!;
    expect([now.settling, now.backMinor]).toEqual([[], 0]);
    const { problems, checks } = await drill.verify();
    expect(problems).toEqual([]);
    expect(checks.find(({ name }) => name === "pacing")!.count).toBeGreaterThan(1);
  });
});
