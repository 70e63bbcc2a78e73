import { describe, expect, it } from "vitest";
import type { CampaignDefinition, CapDefinition, InviteDefinition } from "../definition.ts";
import { keyOf, UnitLedger } from "../ledger.fixture.ts";
import { cap, DAY_MS, DEFINITION, HOUR_MS } from "../unit-campaign.fixture.ts";
import { MISTYPED, NO_INVITE } from "./decide-accept.ts";

const TERMS: InviteDefinition = {
  id: "friends",
  inviterOffer: 0,
  invitedOffer: 0,
  fromMs: 0,
  toMs: 10 * DAY_MS,
  openMs: DAY_MS,
  uses: 3,
  accepts: "new",
};

function ledger(terms: Partial<InviteDefinition> = {}, more: Partial<CampaignDefinition> = {}) {
  return new UnitLedger({ invites: [{ ...TERMS, ...terms }], ...more });
}

function onInviters(more: Partial<CapDefinition>): CapDefinition {
  return cap({ id: "invites:friends", dimension: "inviter:friends", refund: false, ...more });
}

/** A name whose arm by hash is the holdout, or not. */
function userIn(arm: 0 | 1, { campaign }: UnitLedger): string {
  const names = Array.from({ length: 200 }, (_, i) => `u${i}`);
  return names.find((name) => Math.min(1, campaign.arms.armOf(keyOf(`user ${name}`), 0)) === arm)!;
}

const HALF_HELD_OUT = { assignment: { ...DEFINITION.assignment, holdoutShare: 0.5 } };

describe("a code", () => {
  it("is made once and told again while it is open, whatever the id", () => {
    const one = ledger();
    expect(one.invite({ id: "n1", user: "ana" })).toMatchObject({ status: "invited", invite: 0 });
    expect(one.kinds).toEqual(["assigned", "exposed", "invited"]);
    const again = one.invite({ id: "n1", user: "ana" });
    expect(again).toMatchObject({ status: "invited", invite: 0, replayed: true });
    const other = one.invite({ id: "n2", user: "ana" });
    expect(other).toMatchObject({ status: "invited", invite: 0, replayed: false });
    expect(one.kinds).toEqual([]);
    one.atMs = DAY_MS;
    expect(one.invite({ id: "n3", user: "ana" })).toMatchObject({ status: "invited", invite: 1 });
  });

  it("is not for the held-out, the blocked, or outside its time", () => {
    const held = ledger({}, HALF_HELD_OUT);
    expect(held.invite({ id: "n1", user: userIn(0, held) }).status).toBe("held_out");
    const one = ledger({ fromMs: HOUR_MS });
    expect(one.invite({ id: "n1", user: "ana" })).toMatchObject({
      ...{ status: "not_open", retryAtMs: HOUR_MS },
    });
    expect(one.invite({ id: "n1", user: "ana", offer: -1 }).status).toBe("unknown_invite");
    one.atMs = HOUR_MS;
    one.invite({ id: "n1", user: "ana" });
    one.block({ user: "ana" });
    expect(one.invite({ id: "n2", user: "ana" }).status).toBe("blocked");
    one.phase("pause");
    expect(one.invite({ id: "n3", user: "bo" }).status).toBe("paused");
    one.phase("end");
    expect(one.invite({ id: "n3", user: "bo" }).status).toBe("ended");
  });
});

describe("an acceptance", () => {
  it("rewards both sides in one go", () => {
    const one = ledger();
    one.invite({ id: "n1", user: "ana" });
    const answer = one.accept({ id: "a1", user: "bo", grant: 0 });
    expect(answer).toMatchObject({ status: "accepted", grant: 1, amountMinor: 10, invite: 0 });
    expect(one.kinds).toEqual(["assigned", "accepted", "granted", "granted"]);
    const { campaign } = one;
    expect([campaign.grantUser.get(0), campaign.grantUser.get(1)]).toEqual([0, 1]);
    expect(campaign.books.reservedMinor).toBe(20);
    const again = one.accept({ id: "a1", user: "bo", grant: 0 });
    expect(again).toMatchObject({ status: "accepted", grant: 1, replayed: true });
    expect(one.accept({ id: "a1", user: "chen", grant: 0 }).status).toBe("id_conflict");
    expect(one.claim({ id: "a1", user: "bo" }).status).toBe("id_conflict");
  });

  it("both sides of an invite with only one cap left: neither is rewarded", () => {
    const shared: [string, Partial<CapDefinition>][] = [
      ["a count of the campaign", { dimension: "campaign", limit: 1 }],
      ["money of the campaign", { dimension: "campaign", counts: "money", limit: 19 }],
      ["a count of the offer", { dimension: "offer:card", limit: 1 }],
      ["a count of the device", { dimension: "device", limit: 1 }],
      ["a count of the hour", { dimension: "wave", per: "hour", limit: 1 }],
    ];
    for (const [name, one] of shared) {
      const caps = [cap({ id: "shared", ...one })];
      const tried = ledger({}, { caps });
      tried.invite({ id: "n1", user: "ana", device: "d" });
      const answer = tried.accept({ id: "a1", user: "bo", device: "d", grant: 0 });
      expect(answer, name).toMatchObject({ status: "cap_reached", cap: 0, side: "invited" });
      expect(tried.kinds, name).toEqual(["assigned"]);
      expect(tried.campaign.grantCount, name).toBe(0);
      expect(tried.used(0), name).toBe(0);
      // Control: with room for two both are rewarded.
      const roomy = ledger({}, { caps: [{ ...caps[0]!, limit: 2 * caps[0]!.limit + 1 }] });
      roomy.invite({ id: "n1", user: "ana", device: "d" });
      const given = roomy.accept({ id: "a1", user: "bo", device: "d", grant: 0 });
      expect(given.status, name).toBe("accepted");
    }
  });

  it("needs money for both", () => {
    const one = ledger({}, { budgetMinor: 19 });
    one.invite({ id: "n1", user: "ana" });
    expect(one.accept({ id: "a1", user: "bo", grant: 0 }).status).toBe("budget_exhausted");
    expect(one.campaign.grantCount).toBe(0);
  });

  it("is refused to the own code, in a circle, twice, late, used up, or mistyped", () => {
    const one = ledger({ accepts: "anyone", uses: 1 }, { budgetMinor: 1000 });
    one.invite({ id: "n1", user: "ana" });
    expect(one.accept({ id: "a1", user: "ana", grant: 0 }).status).toBe("own_invite");
    expect(one.accept({ id: "a2", user: "bo", grant: MISTYPED }).status).toBe("code_mistyped");
    expect(one.accept({ id: "a2", user: "bo", grant: NO_INVITE }).status).toBe("unknown_code");
    expect(one.accept({ id: "a2", user: "bo", grant: 1 }).status).toBe("unknown_code");
    expect(one.accept({ id: "a2", user: "bo", grant: 0 }).status).toBe("accepted");
    expect(one.accept({ id: "a3", user: "chen", grant: 0 }).status).toBe("invite_used_up");
    one.invite({ id: "n2", user: "bo" });
    expect(one.accept({ id: "a3", user: "ana", grant: 1 }).status).toBe("invite_circle");
    expect(one.accept({ id: "a3", user: "chen", grant: 1 }).status).toBe("accepted");
    one.invite({ id: "n3", user: "chen" });
    expect(one.accept({ id: "a4", user: "ana", grant: 2 }).status).toBe("invite_circle");
    one.invite({ id: "n4", user: "dan" });
    expect(one.accept({ id: "a5", user: "bo", grant: 3 }).status).toBe("already_accepted");
    one.atMs = DAY_MS;
    expect(one.accept({ id: "a5", user: "eve", grant: 3 }).status).toBe("invite_expired");
    one.atMs = 10 * DAY_MS - 1;
    one.invite({ id: "n5", user: "dan" });
    one.atMs = 10 * DAY_MS;
    expect(one.accept({ id: "a5", user: "eve", grant: 4 }).status).toBe("ended");
  });

  it("is for users without a grant, unless the terms say otherwise", () => {
    const one = ledger();
    one.invite({ id: "n1", user: "ana" });
    one.claim({ id: "c1", user: "bo" });
    expect(one.accept({ id: "a1", user: "bo", grant: 0 }).status).toBe("not_new");
    const other = ledger({ accepts: "anyone" });
    other.invite({ id: "n1", user: "ana" });
    other.claim({ id: "c1", user: "bo" });
    expect(other.accept({ id: "a1", user: "bo", grant: 0 }).status).toBe("accepted");
  });

  it("by a held-out user rewards nobody, and is recorded with what it would have been", () => {
    const one = ledger({}, HALF_HELD_OUT);
    one.invite({ id: "n1", user: userIn(1, one) });
    const user = userIn(0, one);
    const answer = one.accept({ id: "a1", user, grant: 0 });
    expect(answer.status).toBe("held_out");
    expect(one.kinds).toEqual(["assigned", "accepted", "withheld"]);
    expect(one.accept({ id: "a1", user, grant: 0 })).toMatchObject({
      ...{ status: "held_out", replayed: true },
    });
    one.accept({ id: "a2", user, grant: 0 });
    expect(one.campaign.invites).toMatchObject({ withheld: 2, reached: 1, acceptances: 0 });
    expect(one.campaign.grantCount).toBe(0);
    // Nothing of the code was used up.
    expect(one.campaign.invites!.used.get(0)).toBe(0);
  });

  it("is void when whoever invited was blocked since", () => {
    const one = ledger();
    one.invite({ id: "n1", user: "ana" });
    one.block({ user: "ana" });
    expect(one.accept({ id: "a1", user: "bo", grant: 0 }).status).toBe("invite_void");
    expect(one.kinds).toEqual([]);
  });

  it("is counted for whoever invites, by day and in all, and never given back", () => {
    const caps = [
      onInviters({ id: "invites:friends:day", per: "day", limit: 2 }),
      onInviters({ id: "invites:friends:total", limit: 3 }),
    ];
    const one = ledger({ uses: 9, openMs: null }, { caps, budgetMinor: 1000 });
    one.invite({ id: "n1", user: "ana" });
    const accept = (user: string) => one.accept({ id: `a-${user}`, user, grant: 0 });
    expect([accept("b").status, accept("c").status]).toEqual(["accepted", "accepted"]);
    const full = accept("d");
    expect(full).toMatchObject({ status: "cap_reached", cap: 0, side: "inviter" });
    expect(full.retryAtMs).toBe(DAY_MS);
    one.cancel({ id: "x1", grant: 0 });
    expect(accept("d").status).toBe("cap_reached");
    one.atMs = DAY_MS;
    expect(accept("d").status).toBe("accepted");
    expect(accept("e")).toMatchObject({ status: "cap_reached", cap: 1, retryAtMs: 0 });
    // Claims of the inviter are not charged to it.
    expect(one.claim({ id: "c1", user: "ana" }).status).toBe("granted");
  });

  it("charges the inviter's side to the attributes that came with his code", () => {
    const caps = [cap({ id: "device", dimension: "device", limit: 2 })];
    const one = ledger({}, { caps });
    one.invite({ id: "n1", user: "ana", device: "hers" });
    expect(one.accept({ id: "a1", user: "bo", grant: 0 })).toMatchObject({
      ...{ status: "missing_attribute", side: "invited" },
    });
    one.accept({ id: "a1", user: "bo", device: "his", grant: 0 });
    expect([one.used(0, 0), one.used(0, 1)]).toEqual([1, 1]);
  });

  it("is not made without what acceptances will be charged to: nobody could ever accept it", () => {
    const caps = [
      cap({ id: "shop", dimension: "shop", missing: "skip" }),
      cap({ id: "device", dimension: "device", limit: 2 }),
    ];
    const one = ledger({}, { caps, ...HALF_HELD_OUT });
    const ana = userIn(1, one);
    const refused = { status: "missing_attribute", attribute: 0, cap: 1 };
    expect(one.invite({ id: "n1", user: ana, shop: "s" })).toMatchObject(refused);
    expect(one.campaign.invites!.count).toBe(0);
    // The same in both arms, so that nobody is exposed by it.
    expect(one.kinds).toEqual(["assigned"]);
    const held = userIn(0, one);
    expect(one.invite({ id: "n2", user: held, shop: "s" }).status).toBe("held_out");
    expect(one.kinds).toEqual(["assigned"]);
    expect(one.invite({ id: "n2", user: held, device: "d" }).status).toBe("held_out");
    expect(one.kinds).toEqual(["exposed"]);
    // Refusals are not remembered; and an open code is told again, whatever came with the request.
    const made = { status: "invited", invite: 0, replayed: false };
    expect(one.invite({ id: "n1", user: ana, device: "hers" })).toMatchObject(made);
    expect(one.invite({ id: "n3", user: ana })).toMatchObject(made);
  });

  it("is made anew where a revision asks for what the open one lacks", () => {
    const one = ledger();
    one.invite({ id: "n1", user: "ana" });
    one.revise({ caps: [cap({ id: "device", dimension: "device", limit: 2 })] });
    const again = one.invite({ id: "n2", user: "ana" });
    expect(again).toMatchObject({ status: "missing_attribute", cap: 0 });
    const made = one.invite({ id: "n3", user: "ana", device: "hers" });
    expect(made).toMatchObject({ status: "invited", invite: 1 });
    expect(one.accept({ id: "a1", user: "bo", device: "his", grant: 1 }).status).toBe("accepted");
  });

  it("gives new values of both sides ordinals of their own", () => {
    const caps = [cap({ id: "device", dimension: "device", limit: 1, missing: "shared" })];
    const one = ledger({}, { caps });
    one.invite({ id: "n1", user: "ana" });
    expect(one.accept({ id: "a1", user: "bo", device: "his", grant: 0 }).status).toBe("accepted");
    expect([one.used(0, 0), one.used(0, 1)]).toEqual([1, 1]);
    const other = ledger({}, { caps });
    other.invite({ id: "n1", user: "ana" });
    // Neither has a device: they share one cell, which has room for one.
    expect(other.accept({ id: "a1", user: "bo", grant: 0 }).status).toBe("cap_reached");
  });

  it("may be lucky on both sides", () => {
    const one = ledger({ inviterOffer: 1, invitedOffer: 1 }, { budgetMinor: 1000 });
    one.invite({ id: "n1", user: "ana" });
    expect(one.accept({ id: "a1", user: "bo", grant: 0 }).status).toBe("accepted");
    expect([one.campaign.draws[1]!.get(0), one.campaign.draws[1]!.get(1)]).toEqual([1, 1]);
  });

  it("is the only way to an offer that invites alone grant", () => {
    const offers = DEFINITION.offers.map((offer) => ({ ...offer, by: "invite" as const }));
    const one = ledger({}, { offers });
    expect(one.claim({ id: "c1", user: "ana" }).status).toBe("not_eligible");
    expect(one.offers("ana")).toEqual([]);
    one.invite({ id: "n1", user: "ana" });
    expect(one.accept({ id: "a1", user: "bo", grant: 0 }).status).toBe("accepted");
  });
});
