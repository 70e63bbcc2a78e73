import { describe, expect, it } from "vitest";
import type { CapDefinition } from "../definition.ts";
import { UnitLedger } from "../ledger.fixture.ts";
import { cap, DAY_MS, DEFINITION, HOUR_MS } from "../unit-campaign.fixture.ts";

describe("a block", () => {
  it("refuses a user before he gets an arm, until it ends", () => {
    const one = new UnitLedger();
    expect(one.block({ user: "ana" }, HOUR_MS)).toBe(true);
    expect(one.kinds).toEqual(["blocked"]);
    expect(one.claim({ id: "c1", user: "ana" }).status).toBe("blocked");
    expect(one.kinds).toEqual([]);
    expect(one.campaign.users.count).toBe(0);
    expect(one.offers("ana")).toEqual([]);
    one.atMs = HOUR_MS - 1;
    expect(one.claim({ id: "c1", user: "ana" }).status).toBe("blocked");
    one.atMs = HOUR_MS;
    expect(one.claim({ id: "c1", user: "ana" }).status).toBe("granted");
  });

  it("refuses whoever comes with a blocked device, and nobody else", () => {
    const one = new UnitLedger();
    one.block({ device: "d1" });
    expect(one.claim({ id: "c1", user: "ana", device: "d1" }).status).toBe("blocked");
    expect(one.claim({ id: "c1", user: "ana", device: "d2" }).status).toBe("granted");
    expect(one.claim({ id: "c2", user: "bo", shop: "d1" }).status).toBe("granted");
    expect(one.claim({ id: "c3", user: "bo" }).status).toBe("granted");
  });

  it("is written once, moved by another end, and lifted", () => {
    const one = new UnitLedger();
    one.block({ user: "ana" });
    expect(one.block({ user: "ana" })).toBe(false);
    expect(one.kinds).toEqual([]);
    expect(one.block({ user: "ana" }, DAY_MS)).toBe(true);
    expect(one.unblock({ user: "ana" })).toBe(true);
    expect(one.unblock({ user: "ana" })).toBe(false);
    expect(one.claim({ id: "c1", user: "ana" }).status).toBe("granted");
    expect(one.campaign.blocks.counts).toEqual({ listed: 2, byCap: 0, lifted: 1 });
  });

  it("takes nothing that was given before, and answers repeated ids as before", () => {
    const one = new UnitLedger();
    const { grant } = one.claim({ id: "c1", user: "ana" });
    one.block({ user: "ana" });
    const again = one.claim({ id: "c1", user: "ana" });
    expect(again).toMatchObject({ status: "granted", replayed: true });
    expect(one.redeem({ id: "r1", grant }).status).toBe("redeemed");
  });
});

function ledger(...caps: CapDefinition[]): UnitLedger {
  return new UnitLedger({ caps });
}

const FARM = cap({ id: "farm", dimension: "device", limit: 2, missing: "skip", blockMs: DAY_MS });

describe("a cap with a block", () => {
  it("blocks the device that asks beyond it, for everybody", () => {
    const one = ledger({ ...FARM, per: "hour" });
    for (const user of ["a", "b"]) one.claim({ id: user, user, device: "d1" });
    const third = one.claim({ id: "c", user: "c", device: "d1" });
    expect(third).toMatchObject({ status: "cap_reached", cap: 0 });
    expect(one.kinds).toEqual(["assigned", "blocked"]);
    one.atMs = 2 * HOUR_MS;
    expect(one.claim({ id: "d", user: "d", device: "d1" }).status).toBe("blocked");
    expect(one.claim({ id: "a2", user: "a", device: "d2" }).status).toBe("granted");
    one.atMs = DAY_MS;
    expect(one.claim({ id: "d", user: "d", device: "d1" }).status).toBe("granted");
  });

  it("does so where another cap refused first, and blocks nobody without the attribute", () => {
    const own = cap({ id: "own", limit: 2 });
    const shared = { ...FARM, missing: "shared" } as const;
    const one = ledger(own, shared);
    for (const id of ["1", "2"]) one.claim({ id, user: "a", device: "d1" });
    expect(one.claim({ id: "3", user: "a", device: "d1" })).toMatchObject({ cap: 0 });
    expect(one.kinds).toEqual(["blocked"]);
    for (const user of ["b", "c"]) one.claim({ id: user, user });
    expect(one.claim({ id: "e", user: "e" })).toMatchObject({ cap: 1 });
    expect(one.kinds).toEqual(["assigned"]);
  });

  it("blocks a subject once, by the cap that does it longest", () => {
    const short = { ...FARM, id: "short", per: "hour", blockMs: HOUR_MS } as const;
    const one = ledger(short, FARM);
    for (const user of ["a", "b", "c"]) one.claim({ id: user, user, device: "d1" });
    expect(one.kinds).toEqual(["assigned", "blocked"]);
    one.atMs = DAY_MS - 1;
    expect(one.claim({ id: "d", user: "d", device: "d1" }).status).toBe("blocked");
  });

  it("counts for the held-out as for the treated", () => {
    const { assignment } = DEFINITION;
    const one = new UnitLedger({ caps: [FARM], assignment: { ...assignment, source: "given" } });
    for (const user of ["a", "b"]) one.claim({ id: user, user, device: "d1", arm: 1 });
    expect(one.claim({ id: "c", user: "c", device: "d1", arm: 0 }).status).toBe("held_out");
    expect(one.kinds).toEqual(["assigned", "withheld", "blocked"]);
    expect(one.claim({ id: "d", user: "d", device: "d1", arm: 0 }).status).toBe("blocked");
  });
});
