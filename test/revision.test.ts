// Revisions of a campaign that lives, from the request to the journal: what may change does,
// nothing that was promised is taken back, and verify agrees.
import { describe, expect, it } from "vitest";
import type { CampaignDefinition } from "../src/core/definition.ts";
import { execute } from "../src/host/index.ts";
import { drill, expiring } from "./revision.fixture.ts";
import { cap, DAY_MS, HOUR_MS, plainCampaign, START_MS } from "./simulation/plain-campaign.ts";

/** The same value with the keys of each object in reverse. */
function turnedRound<T>(value: T): T {
  if (Array.isArray(value)) return value.map(turnedRound) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, one]) => [key, turnedRound(one)])) as T;
}

describe("a revised expiry", () => {
  it("is moved for all who hold a grant, and revives none whose time was over", async () => {
    const it = await drill();
    const early = await it.grant("early");
    it.moveTo(20 * HOUR_MS);
    const late = await it.grant("late");
    it.moveTo(DAY_MS); // early is over, not swept yet
    const offers = expiring(it.definition, 5 * DAY_MS);
    const answer = await it.revise({ offers }, { moveExpiry: ["card"] });
    expect(answer).toMatchObject({ status: "revised", version: 1, grantsMoved: 1 });
    expect((await it.redeem(early)).status).toBe("expired");
    it.moveTo(4 * DAY_MS);
    await it.engine.tick();
    expect((await it.redeem(late)).status).toBe("redeemed");
    const report = await it.verified();
    expect(report.campaigns[0]).toMatchObject({ id: "drill" });
  });

  it("without being moved is for grants to come alone", async () => {
    const it = await drill();
    const before = await it.grant("before");
    await it.revise({ offers: expiring(it.definition, 5 * DAY_MS) });
    const after = await it.grant("after");
    it.moveTo(2 * DAY_MS);
    await it.engine.tick();
    expect((await it.redeem(before)).status).toBe("expired");
    expect((await it.redeem(after)).status).toBe("redeemed");
    await it.verified();
  });

  it("shorter for grants to come is swept although older ones wait longer", async () => {
    const it = await drill();
    const long = await it.grant("long");
    await it.revise({ offers: expiring(it.definition, HOUR_MS) });
    const short = await it.grant("short");
    it.moveTo(2 * HOUR_MS);
    await it.engine.tick();
    expect(it.engine.find("drill")!.state.counts.expired).toBe(1);
    expect((await it.redeem(short)).status).toBe("expired");
    expect((await it.redeem(long)).status).toBe("redeemed");
    await it.verified();
  });

  it("counts the grants whose expiry really moves, and no other", async () => {
    const it = await drill();
    const grants = [];
    for (const user of ["a", "b", "c", "d"]) grants.push(await it.grant(user));
    await it.cancel(grants[0]!);
    const moved = async (afterMs: number, more: Partial<CampaignDefinition> = {}) => {
      const offers = expiring(it.definition, afterMs);
      const asked = { moveExpiry: ["card"], preview: true };
      return (await it.revise({ ...more, offers }, asked)).grantsMoved;
    };
    expect(await moved(DAY_MS, { budgetMinor: 1_000 })).toBe(0); // as it was
    expect(await moved(5 * DAY_MS)).toBe(3);
    // Not moved, a longer life is for grants to come alone.
    const offers = expiring(it.definition, 5 * DAY_MS);
    expect(await it.revise({ offers }, { preview: true })).toMatchObject({ grantsMoved: 0 });
    // Those who hold one live longer already than by the rule that comes after a shorter one.
    await it.revise({ offers: expiring(it.definition, HOUR_MS) });
    await it.grant("e");
    expect(await moved(2 * HOUR_MS)).toBe(1);
    await it.verified();
  });

  it("cannot be earlier than holders were told", async () => {
    const it = await drill();
    await it.claim("one");
    const offers = expiring(it.definition, HOUR_MS);
    await expect(it.revise({ offers }, { moveExpiry: ["card"] })).rejects.toThrow(/were told/);
    await it.verified();
  });
});

describe("revised limits", () => {
  it("below what is used refuse until there is room, and are never broken by it", async () => {
    const it = await drill({ budgetMinor: 1000, caps: [cap({ dimension: "campaign", limit: 3 })] });
    const grants = [];
    for (const user of ["a", "b", "c"]) grants.push(await it.grant(user));
    await it.revise({ caps: [cap({ dimension: "campaign", limit: 1 })] });
    expect(await it.claim("d")).toMatchObject({ status: "cap_reached", cap: "cap" });
    await it.cancel(grants[0]!);
    await it.cancel(grants[1]!);
    expect((await it.claim("d")).status).toBe("cap_reached");
    await it.cancel(grants[2]!);
    expect((await it.claim("d")).status).toBe("granted");
    await it.verified();
  });

  it("of a new cap count from now on, and give nothing back for what came before", async () => {
    const it = await drill({ budgetMinor: 1000 });
    const before = await it.grant("a");
    await it.revise({ caps: [cap({ limit: 1 })] });
    const after = await it.grant("a");
    expect((await it.claim("a")).status).toBe("cap_reached");
    await it.cancel(before);
    expect((await it.claim("a")).status).toBe("cap_reached");
    await it.cancel(after);
    expect((await it.claim("a")).status).toBe("granted");
    await it.verified();
  });

  it("of a new cap on redemptions count redemptions from now on", async () => {
    const it = await drill({ budgetMinor: 1000 });
    const grant = await it.grant("a");
    await it.redeem(grant, 1);
    await it.revise({ caps: [cap({ on: "redemption", dimension: "campaign", limit: 1 })] });
    const reverse = (redemption: string) =>
      it.engine.money("reverse", "drill", { id: `v-${redemption}`, redemption });
    expect((await it.redeem(grant, 1)).status).toBe("redeemed");
    await reverse("r-2"); // older than the cap
    expect((await it.redeem(grant, 1)).status).toBe("cap_reached");
    await reverse("r-3");
    expect((await it.redeem(grant, 1)).status).toBe("redeemed");
    await it.verified();
  });

  it("of the budget are never below what is given out", async () => {
    const it = await drill({ budgetMinor: 100 });
    for (const user of ["a", "b", "c"]) await it.claim(user);
    await expect(it.revise({ budgetMinor: 29 })).rejects.toThrow(/given out/);
    expect((await it.revise({ budgetMinor: 30 })).status).toBe("revised");
    expect((await it.claim("d")).status).toBe("budget_exhausted");
    expect((await it.revise({ budgetMinor: 40 })).status).toBe("revised");
    expect((await it.claim("d")).status).toBe("granted");
    await it.verified();
  });
});

describe("a revision", () => {
  it("that changes nothing uses up no version, but a moved expiry is a change", async () => {
    const it = await drill({ budgetMinor: 100 });
    await it.claim("a");
    const before = it.engine.journal.lastSequence;
    const same = await it.revise({}, { moveExpiry: ["card"] });
    expect(same).toMatchObject({ status: "ok", version: 0, changes: [], grantsMoved: 0 });
    expect(it.engine.journal.lastSequence).toBe(before);
    const offers = expiring(it.definition, 5 * DAY_MS);
    expect(await it.revise({ offers })).toMatchObject({ status: "revised", grantsMoved: 0 });
    const moved = await it.revise({}, { moveExpiry: ["card"] });
    expect(moved).toMatchObject({ status: "revised", version: 2, grantsMoved: 1 });
    expect(await it.revise({}, { version: 2, moveExpiry: ["card"] })).toMatchObject({
      ...{ status: "revised", replayed: true },
    });
    expect(await it.revise({}, { moveExpiry: ["card"] })).toMatchObject({ status: "ok" });
    await it.verified();
  });

  it("is the same in whichever order a program writes its keys", async () => {
    const it = await drill();
    const turned = turnedRound(it.definition);
    expect(JSON.stringify(turned)).not.toBe(JSON.stringify(it.definition));
    const call = { params: {}, query: null, body: { definition: turned } };
    expect(await execute(it.engine, "campaign.open", call)).toMatchObject({ status: "opened" });
    expect(await it.revise(turned)).toMatchObject({ status: "ok", version: 0, changes: [] });
    const answer = await it.revise({ ...turned, budgetMinor: turned.budgetMinor + 1 });
    expect(answer).toMatchObject({ status: "revised", version: 1 });
    expect(answer.changes).toHaveLength(1);
    await it.verified();
  });

  it("on a file of before another one hears who came first, when and why", async () => {
    const it = await drill({ budgetMinor: 100 });
    const stale = { definition: { ...it.definition, budgetMinor: 300 }, version: 1 };
    it.moveTo(HOUR_MS);
    await it.revise({ budgetMinor: 200 }, { why: "more came" });
    const lastRevision = { atMs: START_MS + HOUR_MS, by: "key-1", why: "more came" };
    const conflict = { status: "revision_conflict", version: 1, lastRevision };
    expect(await it.revise({}, stale)).toMatchObject(conflict);
    expect(await it.revise({}, { ...stale, preview: true })).toMatchObject(conflict);
    expect(it.definition.budgetMinor).toBe(200);
    await it.again();
    expect(it.campaign.lastRevision).toEqual(lastRevision);
  });

  it("of a closed campaign is refused when it is looked at, as when it is asked for", async () => {
    const it = await drill();
    const { params, query } = { params: { campaign: "drill" }, query: null };
    for (const step of ["end", "close"] as const) {
      await execute(it.engine, `campaign.${step}`, { params, query, body: {} });
    }
    for (const preview of [true, false]) {
      const { status } = await it.revise({ budgetMinor: 200 }, { preview });
      expect(status).toBe("campaign_closed");
    }
  });

  it("is shown before it is in force, and changes nothing then", async () => {
    const it = await drill({ budgetMinor: 100 });
    await it.claim("a");
    const answer = await it.revise({ budgetMinor: 200 }, { preview: true });
    expect(answer).toMatchObject({
      ...{ status: "ok", preview: true, version: 0 },
      changes: [{ path: "budget", from: "1.00 CNY", to: "2.00 CNY" }],
      before: { budgetMinor: 100, boundMinor: 10, freeMinor: 90 },
      after: { budgetMinor: 200, boundMinor: 10, freeMinor: 190 },
    });
    expect(it.definition.budgetMinor).toBe(100);
  });

  it("tells what can still be granted as far as waves and stocks let it", async () => {
    const waves = (budgetMinor: number) => {
      return [{ ...plainCampaign().waves[0]!, budgetMinor }];
    };
    const budget = (limit: number) =>
      cap({ id: "wave-budget:one", dimension: "wave:one", counts: "money", limit });
    const it = await drill({ budgetMinor: 500, waves: waves(140), caps: [budget(140)] });
    await it.claim("a");
    const wider = { waves: waves(500), caps: [budget(500)] };
    expect(await it.revise(wider, { preview: true })).toMatchObject({
      before: { freeMinor: 130 },
      after: { freeMinor: 490 },
    });
    // Less than a card of 10 is left of 19.
    const less = { waves: waves(19), caps: [budget(19)] };
    expect(await it.revise(less, { preview: true })).toMatchObject({ after: { freeMinor: 0 } });
  });

  it("names limits below what was given already, when it is previewed", async () => {
    const caps = (limit: number, stock: number) => [
      cap({ id: "user", dimension: "user", counts: "grants", limit }),
      cap({ id: "stock", dimension: "offer:card", counts: "money", limit: stock }),
    ];
    const it = await drill({ budgetMinor: 500, caps: caps(3, 400) });
    for (const user of ["a", "a", "a", "b", "b", "c"]) await it.claim(user);
    const lower = { caps: caps(1, 50) };
    const { exceeded } = await it.revise(lower, { preview: true });
    expect(exceeded).toEqual([
      { cap: "user", counts: "grants", limit: 1, most: 3, cells: 2 },
      { cap: "stock", counts: "money", limit: 50, most: 60 },
    ]);
    expect(await it.revise({ caps: caps(3, 60) }, { preview: true })).not.toHaveProperty(
      "exceeded",
    );
    expect(await it.revise(lower)).not.toHaveProperty("exceeded");
  });

  it("is the next one or refused, and the same again is a replay", async () => {
    const it = await drill();
    const asked = { definition: { ...it.definition, budgetMinor: 200 }, version: 1 };
    expect(await it.revise({}, asked)).toMatchObject({ status: "revised", replayed: false });
    expect(await it.revise({}, asked)).toMatchObject({ status: "revised", replayed: true });
    const other = { definition: { ...it.definition, budgetMinor: 300 }, version: 1 };
    expect(await it.revise({}, other)).toMatchObject({ status: "revision_conflict", version: 1 });
    expect(await it.revise({}, { ...other, version: 3 })).toMatchObject({
      status: "revision_conflict",
    });
  });

  it("adds offers that can be claimed, and keeps every ordinal", async () => {
    const it = await drill({ budgetMinor: 1000 });
    const grant = await it.grant("a");
    const card = it.definition.offers[0]!;
    const more = { ...card, id: "more", reward: { kind: "fixed" as const, amountMinor: 7 } };
    await it.revise({ offers: [more, card] });
    expect(it.definition.offers.map(({ id }) => id)).toEqual(["card", "more"]);
    expect(await it.claim("b", "more")).toMatchObject({ status: "granted", amountMinor: 7 });
    expect((await it.redeem(grant)).status).toBe("redeemed");
    await it.verified();
  });

  it.each<[string, (definition: CampaignDefinition) => Partial<CampaignDefinition>, RegExp]>([
    ["an offer taken away", () => ({ offers: [] }), /expected|at least/],
    ["another zone", () => ({ timeZone: "Asia/Tokyo" }), /Asia/],
    [
      "another start",
      ({ startsAtMs }) => ({ startsAtMs: startsAtMs + DAY_MS }),
      /opening|start|local/,
    ],
    [
      "an earlier close",
      ({ closesAtMs }) => ({ closesAtMs: closesAtMs - DAY_MS }),
      /were told|local/,
    ],
    ["a frozen plan", () => ({ planHash: "ab".repeat(32) }), /frozen/],
    ["a cap that counts otherwise", () => ({ caps: [cap({ per: "day" })] }), /cap of another id/],
    [
      "a reward of another kind",
      ({ offers }) => ({
        offers: [
          { ...offers[0]!, reward: { kind: "table", entries: [{ amountMinor: 1, odds: 1 }] } },
        ],
      }),
      /fixed reward as before/,
    ],
  ])("refuses %s, and says what may not change", async (_, change, says) => {
    const it = await drill({ caps: [cap()] });
    await it.claim("a");
    await expect(it.revise(change(it.definition))).rejects.toThrow(says);
    expect(it.definition).toEqual(plainCampaign({ caps: [cap()] }));
    await it.verified();
  });

  it("is there again after a restart, from the journal", async () => {
    const it = await drill({ budgetMinor: 100 });
    await it.claim("a");
    await it.revise({ budgetMinor: 500, caps: [cap()] });
    await it.claim("a");
    const { definition } = it;
    await it.again();
    expect(it.definition).toEqual(definition);
    expect((await it.claim("a")).status).toBe("cap_reached");
  });
});

describe("odds that are revised", () => {
  it("are those of grants to come, and every draw is drawn again by its own", async () => {
    const table = (amountMinor: number) => ({
      kind: "table" as const,
      entries: [
        { amountMinor, odds: 1 },
        { amountMinor: amountMinor + 1, odds: 1 },
      ],
    });
    const [card] = plainCampaign().offers;
    const it = await drill({ budgetMinor: 10_000, offers: [{ ...card!, reward: table(5) }] });
    for (let i = 0; i < 20; i++) await it.claim(`user-${i}`);
    await it.revise({ offers: [{ ...card!, reward: table(50) }] });
    const answers = [];
    for (let i = 0; i < 20; i++) answers.push(await it.claim(`user-${i}`));
    for (const answer of answers) expect([50, 51]).toContain(answer.amountMinor);
    const report = await it.verify(true);
    expect(report.problems).toEqual([]);
    expect(report.checks.find(({ name }) => name === "draws")!.count).toBe(40);
  });
});
