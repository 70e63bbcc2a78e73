import { describe, expect, it } from "vitest";
import type { CampaignDefinition, DrawDefinition, InviteDefinition } from "./definition.ts";
import { violations } from "./invariants.ts";
import { UnitLedger } from "./ledger.fixture.ts";
import { DAY_MS, DEFINITION, HOUR_MS } from "./unit-campaign.fixture.ts";

const TERMS: InviteDefinition = {
  ...{ id: "friends", inviterOffer: 0, invitedOffer: 0, fromMs: 0, toMs: 10 * DAY_MS },
  ...{ openMs: null, uses: 99, accepts: "new" },
};

const DRAW: DrawDefinition = {
  ...{ id: "sunday", title: "Sunday", opensAtMs: 0, closesAtMs: 5 * DAY_MS, audience: null },
  ...{ entriesPerUser: 9, winsPerUser: 1, earn: { invites: 3, per: "day" } },
};

/** Ana has a code, and money is there for many. */
function ledger(draw: Partial<DrawDefinition> = {}, more: Partial<CampaignDefinition> = {}) {
  const draws = [{ ...DRAW, ...draw }];
  const one = new UnitLedger({ budgetMinor: 100_000, invites: [TERMS], draws, ...more });
  one.invite({ id: "code", user: "ana" });
  return one;
}

let friends = 0;

/** So many new users accept a code; returns how many entries each acceptance earned. */
function bring(one: UnitLedger, users: number, grant = 0): number[] {
  return Array.from({ length: users }, () => {
    friends += 1;
    const answer = one.accept({ id: `a${friends}`, user: `friend-${friends}`, grant });
    expect(answer.status).toBe("accepted");
    return one.kinds.filter((kind) => kind === "draw_entered").length;
  });
}

const entriesOf = ({ campaign }: UnitLedger, user = 0): number =>
  campaign.lots[0]!.userEntries.get(user);

describe("an entry earned by invites", () => {
  it("comes with the acceptance that makes the number of the day full, once that day", () => {
    const one = ledger();
    expect(bring(one, 7)).toEqual([0, 0, 1, 0, 0, 0, 0]);
    expect(entriesOf(one)).toBe(1);
    one.atMs = DAY_MS;
    expect(bring(one, 4)).toEqual([0, 0, 1, 0]);
    expect(entriesOf(one)).toBe(2);
    expect(violations(one.state)).toEqual([]);
  });

  it("starts from nothing at the campaign's midnight, however close the others were", () => {
    const dayStartsMs = [0, 23 * HOUR_MS, 48 * HOUR_MS, ...DEFINITION.dayStartsMs.slice(3)];
    const one = ledger({}, { dayStartsMs });
    one.atMs = 23 * HOUR_MS - 1;
    expect(bring(one, 2)).toEqual([0, 0]);
    one.atMs += 1;
    expect(bring(one, 3)).toEqual([0, 0, 1]);
  });

  it("stands in the same record, behind both rewards, without an id", () => {
    const one = ledger({ earn: { invites: 1, per: "day" } });
    bring(one, 1);
    expect(one.kinds).toEqual(["assigned", "accepted", "granted", "granted", "draw_entered"]);
    expect(one.campaign.ids.count).toBe(2);
  });

  it("counts what a user brings by all invites, and only his own", () => {
    const one = ledger({}, { invites: [TERMS, { ...TERMS, id: "family" }] });
    one.invite({ id: "code-2", user: "ana", offer: 1 });
    one.invite({ id: "code-3", user: "bo" });
    expect([...bring(one, 1, 0), ...bring(one, 2, 2), ...bring(one, 2, 1)]).toEqual([
      0, 0, 0, 0, 1,
    ]);
    expect([entriesOf(one, 0), entriesOf(one, 1)]).toEqual([1, 0]);
  });

  it("is not made where the draw refuses it, and the acceptance stands all the same", () => {
    const refusing: [string, Partial<DrawDefinition>][] = [
      ["not open yet", { opensAtMs: HOUR_MS }],
      ["closed", { closesAtMs: 1 }],
      ["for members only", { audience: 0 }],
    ];
    for (const [name, draw] of refusing) {
      const audiences = [{ id: "members", holdoutShare: 0, salt: DEFINITION.assignment.salt }];
      const one = ledger(draw, { audiences });
      one.atMs = 1;
      expect(bring(one, 3), name).toEqual([0, 0, 0]);
      expect(one.campaign.invites!.acceptances, name).toBe(3);
    }
    const full = ledger({ entriesPerUser: 1 });
    expect(full.enter({ id: "e1", user: "ana" }).status).toBe("entered");
    expect(bring(full, 3)).toEqual([0, 0, 0]);
    // Control: with room for another it is made.
    const roomy = ledger({ entriesPerUser: 2 });
    roomy.enter({ id: "e1", user: "ana" });
    expect(bring(roomy, 3)).toEqual([0, 0, 1]);
  });

  it("is the only way into a draw that says so", () => {
    const one = ledger({ by: "invite" });
    expect(one.enter({ id: "e1", user: "ana" }).status).toBe("not_eligible");
    expect(one.kinds).toEqual([]);
    expect(bring(one, 3)).toEqual([0, 0, 1]);
  });

  it("takes no account of friends who are held out", () => {
    const assignment = { ...DEFINITION.assignment, holdoutShare: 0.5 };
    const one = ledger({ earn: { invites: 2, per: "day" } }, { assignment });
    const inviter = ["ana", "bo", "chen", "dan", "eve"].find((user) => {
      return one.invite({ id: `code-${user}`, user }).status === "invited";
    })!;
    const statuses: string[] = [];
    const earned: number[] = [];
    for (let i = 0; statuses.filter((status) => status === "accepted").length < 2; i++) {
      statuses.push(one.accept({ id: `h${i}`, user: `held-${i}`, grant: 0 }).status);
      if (one.kinds.includes("draw_entered")) earned.push(i);
    }
    expect(inviter).toBeDefined();
    expect(statuses.filter((status) => status === "held_out").length).toBeGreaterThan(0);
    expect(earned).toEqual([statuses.length - 1]);
  });

  it("a second acceptance under the same id earns nothing more", () => {
    const one = ledger({ earn: { invites: 1, per: "day" } });
    one.accept({ id: "same", user: "bo", grant: 0 });
    expect(one.kinds).toContain("draw_entered");
    expect(one.accept({ id: "same", user: "bo", grant: 0 }).replayed).toBe(true);
    expect(one.kinds).toEqual([]);
    expect(entriesOf(one)).toBe(1);
  });

  it("a cancelled reward takes nothing back", () => {
    const one = ledger();
    bring(one, 2);
    one.cancel({ id: "x", grant: 0 });
    expect(bring(one, 1)).toEqual([1]);
  });
});
