// Grants under suspicion, from the request to the journal: held, released, clawed back, settled;
// and what verify says of a journal in which somebody did otherwise.
import { describe, expect, it } from "vitest";
import type { EventKind } from "../src/core/event.ts";
import { SUSPECT } from "../src/core/suspicion/suspicion-event.ts";
import { execute } from "../src/host/index.ts";
import type { VerifyCheck } from "../src/journal/verify/findings.ts";
import { cap, DAY_MS, HOUR_MS, plainCampaign, START_MS } from "./simulation/plain-campaign.ts";
import { drill, type SuspicionDrill } from "./suspicion-drill.fixture.ts";
import type { Forgery } from "./verify/forge.ts";

describe("a held grant", () => {
  it("cannot be redeemed, cancelled or held again, and its time stands still", async () => {
    const it = await drill();
    const grant = await it.grant("ana");
    expect(await it.suspect("hold", grant, "h-1")).toMatchObject({ status: "hold_placed" });
    expect((await it.redeem(grant)).status).toBe("held");
    expect((await it.cancel(grant)).status).toBe("held");
    expect((await it.suspect("hold", grant)).status).toBe("held");
    expect(await it.suspect("hold", grant, "h-1")).toMatchObject({ replayed: true });
    expect((await it.suspect("hold", grant, "h-1", "another reason")).status).toBe("id_conflict");
    await it.after(3 * DAY_MS);
    expect(await it.show(grant)).toMatchObject({ state: "held", restMinor: 0 });
    expect((await it.books()).reservedMinor).toBe(10);
    await it.verified();
  });

  it("lives at least for the grace after its release, and then expires", async () => {
    const it = await drill();
    const grant = await it.grant("ana");
    await it.suspect("hold", grant);
    await it.after(3 * DAY_MS);
    const released = await it.suspect("release", grant);
    const until = START_MS + 3 * DAY_MS + 2 * HOUR_MS;
    expect(released).toMatchObject({ status: "released", expiresAtMs: until });
    expect((await it.suspect("release", grant)).status).toBe("not_held");
    await it.after(3 * DAY_MS + 2 * HOUR_MS - 1);
    expect((await it.redeem(grant, 4)).status).toBe("redeemed");
    await it.after(3 * DAY_MS + 2 * HOUR_MS);
    expect((await it.redeem(grant)).status).toBe("expired");
    expect(await it.books()).toMatchObject({ spentMinor: 4, reservedMinor: 0, settlingMinor: 6 });
    await it.verified();
  });

  it("expires where its release leaves it no time, whatever the sweep has passed", async () => {
    for (const lateMs of [0, 1]) {
      const it = await drill({ releaseGraceMs: 0 });
      const grant = await it.grant("ana");
      await it.grant("bo");
      await it.suspect("hold", grant);
      await it.after(DAY_MS);
      it.clock.set(START_MS + DAY_MS + lateMs);
      expect((await it.suspect("release", grant)).status).toBe("released");
      await it.after(DAY_MS + lateMs);
      expect(await it.books()).toMatchObject({ reservedMinor: 0, settlingMinor: 20 });
      await it.verified();
    }
  });

  it("keeps its own expiry where that is later than the grace", async () => {
    const it = await drill();
    const grant = await it.grant("ana");
    await it.suspect("hold", grant);
    await it.after(HOUR_MS);
    expect((await it.suspect("release", grant)).expiresAtMs).toBe(START_MS + DAY_MS);
    await it.after(DAY_MS);
    expect((await it.show(grant)).state).toBe("expired");
    await it.verified();
  });

  it("is swept neither too early nor twice, whoever expires before or after it", async () => {
    const it = await drill();
    const [a, b, c] = [await it.grant("a"), await it.grant("b"), await it.grant("c")];
    await it.suspect("hold", a);
    await it.suspect("hold", b);
    await it.after(DAY_MS - 1);
    await it.suspect("release", a);
    await it.after(DAY_MS + HOUR_MS);
    expect([await it.show(a), await it.show(b), await it.show(c)]).toMatchObject([
      { state: "reserved" },
      { state: "held" },
      { state: "expired" },
    ]);
    await it.suspect("release", b);
    await it.suspect("hold", b);
    await it.suspect("release", b);
    await it.after(5 * DAY_MS);
    const { expired } = (await it.verified()).campaigns[0]!;
    expect(expired).toBe(3);
  });

  it("expires when the campaign closes, so that it can", async () => {
    const it = await drill({ settlingLagMs: 0 });
    const grant = await it.grant("ana");
    await it.suspect("hold", grant);
    await it.after(20 * DAY_MS - 1);
    expect((await it.close()).status).toBe("settling_unfinished");
    await it.after(20 * DAY_MS);
    expect((await it.suspect("release", grant)).status).toBe("not_held");
    expect((await it.show(grant)).state).toBe("expired");
    await it.after(20 * DAY_MS + 60_000);
    expect((await it.close()).status).toBe("ok");
    await it.verified();
  });

  it("takes back what a merchant reverses, and stays held", async () => {
    const it = await drill();
    const grant = await it.grant("ana");
    await it.redeem(grant, 4, "r-1");
    await it.suspect("hold", grant);
    expect(await it.reverse("r-1")).toMatchObject({ status: "reversed", redeemableAgain: true });
    expect(await it.show(grant)).toMatchObject({ state: "held", spentMinor: 0 });
    expect(await it.suspect("clawback", grant)).toMatchObject({ returnedMinor: 10, owedMinor: 0 });
    await it.verified();
  });
});

describe("a claw-back", () => {
  it("returns what is unspent, and what is spent is owing until it comes in", async () => {
    const it = await drill({ caps: [cap({ id: "money", counts: "money", limit: 10 })] });
    const grant = await it.grant("ana");
    await it.redeem(grant, 4, "r-1");
    await it.suspect("hold", grant);
    const answer = await it.suspect("clawback", grant, "b-1");
    expect(answer).toMatchObject({ status: "clawed_back", returnedMinor: 6, owedMinor: 4 });
    expect(await it.books()).toMatchObject({
      ...{ spentMinor: 4, reservedMinor: 0, freeMinor: 96 },
      suspicion: { holds: 1, clawBacks: 1, clawedBackMinor: 6, receivableMinor: 4 },
    });
    expect((await it.redeem(grant)).status).toBe("already_clawed_back");
    expect((await it.suspect("clawback", grant)).status).toBe("already_clawed_back");
    expect(await it.repay(grant, 5)).toMatchObject({ status: "more_than_owed", owedMinor: 4 });
    expect(await it.repay(grant, 3, "p-1")).toMatchObject({ status: "received", owedMinor: 1 });
    expect(await it.repay(grant, 3, "p-1")).toMatchObject({ replayed: true, owedMinor: 1 });
    // A merchant gives the money back: only what is still owing is forgiven.
    expect(await it.reverse("r-1")).toMatchObject({ redeemableAgain: false });
    expect(await it.show(grant)).toMatchObject({ state: "clawed_back", owedMinor: 0 });
    expect((await it.repay(grant, 1)).status).toBe("nothing_owed");
    expect(await it.suspect("clawback", grant, "b-1")).toMatchObject({
      ...{ replayed: true, returnedMinor: 6, owedMinor: 4 },
    });
    expect((await it.verified()).campaigns[0]).toMatchObject({
      ...{ spentMinor: 0, clawedBackMinor: 6, receivableMinor: 0, receivedMinor: 3 },
    });
  });

  it("is possible after the grant's end if anything was spent, also after the close", async () => {
    const it = await drill({ settlingLagMs: 0 });
    const [spent, unspent] = [await it.grant("a"), await it.grant("b")];
    await it.redeem(spent, 4);
    it.clock.set(START_MS + DAY_MS); // over, and not swept yet
    expect((await it.suspect("clawback", unspent)).status).toBe("expired");
    const answer = await it.suspect("clawback", spent);
    expect(answer).toMatchObject({ status: "clawed_back", returnedMinor: 0, owedMinor: 4 });
    await it.after(DAY_MS);
    const whole = await it.grant("c");
    await it.redeem(whole);
    await it.after(20 * DAY_MS);
    await it.after(20 * DAY_MS + 60_000);
    expect((await it.close()).status).toBe("ok");
    expect(await it.suspect("clawback", whole)).toMatchObject({ owedMinor: 10 });
    expect((await it.suspect("hold", whole)).status).toBe("campaign_closed");
    expect((await it.repay(whole, 10)).status).toBe("received");
    await it.verified();
  });

  it("gives a count back only where nothing was spent, and only once", async () => {
    const it = await drill({ caps: [cap({ id: "one", limit: 1 })] });
    const grant = await it.grant("ana");
    await it.suspect("clawback", grant);
    const again = await it.grant("ana");
    await it.redeem(again, 1);
    await it.suspect("clawback", again);
    const input = { id: "third", user: "ana", offer: "card" };
    expect((await it.engine.money("claim", "drill", input)).status).toBe("cap_reached");
    await it.verified();
  });
});

describe("a reward that matures", () => {
  it("can be redeemed only later, and a revision may shorten that, not lengthen it", async () => {
    const [card] = plainCampaign().offers;
    const it = await drill({ offers: [{ ...card!, maturesMs: 3 * HOUR_MS }] });
    const grant = await it.grant("ana");
    const refused = { status: "immature", retryAtMs: START_MS + 3 * HOUR_MS };
    expect(await it.redeem(grant)).toMatchObject(refused);
    await it.after(3 * HOUR_MS - 1);
    expect((await it.redeem(grant)).status).toBe("immature");
    const revise = (maturesMs: number) => {
      const definition = { ...it.engine.find("drill")!.state.definition };
      const offers = definition.offers.map((offer) => ({ ...offer, maturesMs }));
      const body = { definition: { ...definition, offers }, version: 1, why: "sooner" };
      const call = { params: { campaign: "drill" }, query: null, body };
      return execute(it.engine, "campaign.revise", call);
    };
    await expect(revise(4 * HOUR_MS)).rejects.toMatchObject({ code: "invalid_campaign" });
    expect((await revise(2 * HOUR_MS)).status).toBe("revised");
    expect((await it.redeem(grant)).status).toBe("redeemed");
    await it.verified();
  });
});

describe("verify", () => {
  /** A life with everything in it. */
  async function lived(): Promise<SuspicionDrill> {
    const it = await drill();
    const [a, b, c] = [await it.grant("a"), await it.grant("b"), await it.grant("c")];
    await it.redeem(a, 4);
    for (const grant of [a, b, c]) await it.suspect("hold", grant);
    await it.after(2 * DAY_MS);
    await it.suspect("release", b);
    await it.redeem(b, 3);
    await it.suspect("clawback", a);
    await it.repay(a, 1);
    await it.after(3 * DAY_MS);
    return it;
  }

  const cases: [string, VerifyCheck, EventKind, (forgery: Forgery) => void][] = [
    [
      "a held grant redeemed",
      "transitions",
      "redeemed",
      (forgery) => forgery.replace(forgery.event("released")),
    ],
    [
      "a release with a longer grace",
      "suspicions",
      "released",
      (forgery) => {
        forgery.event("released")[SUSPECT.amount]! += 1000;
      },
    ],
    [
      "a claw-back that returns spent money",
      "suspicions",
      "clawed_back",
      (forgery) => {
        const event = forgery.event("clawed_back");
        event[SUSPECT.amount] = 10;
        event[SUSPECT.owed] = 0;
      },
    ],
    [
      "a claw-back that forgets what is owing",
      "suspicions",
      "clawed_back",
      (forgery) => {
        forgery.event("clawed_back")[SUSPECT.owed] = 3;
      },
    ],
    [
      "a hold of another amount",
      "suspicions",
      "held",
      (forgery) => {
        forgery.event("held")[SUSPECT.amount]! += 1;
      },
    ],
    [
      "more received than was owing",
      "suspicions",
      "receivable_settled",
      (forgery) => {
        forgery.event("receivable_settled")[SUSPECT.amount] = 5;
      },
    ],
    [
      "a released grant forgotten by the sweep",
      "sweeps",
      "swept",
      (forgery) => forgery.replace(forgery.event("expired", -1)),
    ],
  ];

  it.each(cases)("finds %s", async (_, check, event, forge) => {
    await (await lived()).expectFound(`${check} ${event}`, forge);
  });
});
