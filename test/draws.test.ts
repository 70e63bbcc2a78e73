// Draws from the request to the journal: entries until the close, winners once each, reserve
// winners for what is not taken up, and verify finds every way to cheat with them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Draw, drawKey } from "../src/core/draws/draw.ts";
import { DRAW_PLACE, ENTERED } from "../src/core/event.ts";
import { execute } from "../src/host/index.ts";
import { CLOSES_MS, DrawDrill, drawn, TAKE_UP_MS } from "./draw-drill.fixture.ts";
import { cap, DAY_MS, HOUR_MS, plainCampaign, START_MS } from "./simulation/plain-campaign.ts";
import type { Forgery } from "./verify/forge.ts";

describe("entries of a draw", () => {
  it("are numbered, once a user, and a repetition makes no second one", async () => {
    const drill = await new DrawDrill().open(drawn({ entriesPerUser: 2 }));
    const first = await drill.enter("a", { id: "same" });
    expect(first).toMatchObject({ status: "entered", entry: 1, replayed: false });
    expect(await drill.enter("a", { id: "same" })).toMatchObject({ entry: 1, replayed: true });
    expect((await drill.enter("b", { id: "same" })).status).toBe("id_conflict");
    expect(await drill.enter("a")).toMatchObject({ status: "entered", entry: 2 });
    expect((await drill.enter("a")).status).toBe("entries_used");
    expect(await drill.enter("b")).toMatchObject({ status: "entered", entry: 3 });
    expect(await drill.verify()).toMatchObject({ ok: true, problems: [] });
  });

  it("are refused before and after their time, to the blocked and to strangers", async () => {
    const audiences = [{ id: "friends", holdoutShare: 0, salt: "11".repeat(16) }];
    const opensAtMs = START_MS + HOUR_MS;
    const drill = await new DrawDrill().open(drawn({ opensAtMs, audience: 0 }, { audiences }));
    expect(await drill.enter("a")).toMatchObject({ status: "not_open", retryAtMs: opensAtMs });
    await drill.at(opensAtMs);
    expect((await drill.enter("a")).status).toBe("not_eligible");
    const call = { params: { campaign: "drill", audience: "friends" }, query: null };
    await execute(drill.engine, "audience.assign", { ...call, body: { users: ["a", "b"] } });
    expect((await drill.enter("a")).status).toBe("entered");
    await drill.block("b");
    expect((await drill.enter("b")).status).toBe("blocked");
    await drill.at(CLOSES_MS);
    expect((await drill.enter("a")).status).toBe("draw_closed");
    const params = { campaign: "drill", draw: "monday" };
    const body = { id: "x", user: "a" };
    const other = await execute(drill.engine, "draw.enter", { params, query: null, body });
    expect(other.status).toBe("unknown_draw");
  });

  it("of the held-out are recorded and never win", async () => {
    const { assignment } = plainCampaign();
    const held = { ...assignment, holdoutShare: 0.5 };
    const drill = await new DrawDrill().open(drawn({}, { assignment: held }));
    const answers = [];
    for (let i = 0; i < 30; i++) answers.push((await drill.enter(`user-${i}`)).status);
    expect(new Set(answers)).toEqual(new Set(["entered", "held_out"]));
    await drill.at(CLOSES_MS);
    const { counts, userArm } = drill.campaign;
    expect(counts.granted).toBe(3);
    for (const user of drill.winners()) expect(userArm.get(user)).toBeGreaterThan(1);
    expect(await drill.verify()).toMatchObject({ ok: true, problems: [] });
  });
});

describe("a draw", () => {
  it("closes at its time and draws its prizes in order, no user twice", async () => {
    const drill = await new DrawDrill().open(drawn({ entriesPerUser: 20 }));
    for (let i = 0; i < 60; i++) await drill.enter(`user-${i % 3}`);
    const params = { campaign: "drill", draw: "sunday" };
    const early = await execute(drill.engine, "draw.close", { params, query: null, body: {} });
    expect(early).toMatchObject({ status: "draw_open", retryAtMs: CLOSES_MS });
    await drill.at(CLOSES_MS);
    const view = await drill.show();
    expect(view).toMatchObject({ closed: true, entries: 60, winners: 3 });
    expect(view.voids).toBeGreaterThan(0);
    expect(view.prizes.map(({ left }) => left)).toEqual([0, 0]);
    expect(new Set(drill.winners()).size).toBe(3);
    const { grantAmount, books } = drill.campaign;
    expect([0, 1, 2].map((grant) => grantAmount.get(grant))).toEqual([30, 5, 5]);
    expect([books.reservedMinor, books.setAsideMinor]).toEqual([40, 0]);
    expect(await drill.verify()).toMatchObject({ ok: true, problems: [] });
  });

  it("lets users win more than once where it is allowed", async () => {
    const drill = await new DrawDrill().open(drawn({ entriesPerUser: 20, winsPerUser: 2 }));
    for (let i = 0; i < 12; i++) await drill.enter(`user-${i % 2}`);
    await drill.at(CLOSES_MS);
    expect(await drill.show()).toMatchObject({ winners: 3 });
    expect(await drill.verify()).toMatchObject({ ok: true, problems: [] });
  });

  it("gives a prize that is not taken up to the next entry of the permutation", async () => {
    const drill = await new DrawDrill().open(drawn());
    await drill.enterAll(20);
    await drill.at(CLOSES_MS);
    const [grand, small] = (await drill.show()).grants as [string, string];
    await drill.redeem(small, 1);
    await drill.at(CLOSES_MS + TAKE_UP_MS);
    expect((await drill.redeem(grand)).status).toBe("expired");
    expect(await drill.show()).toMatchObject({ winners: 3 });
    await drill.at(CLOSES_MS + TAKE_UP_MS + HOUR_MS);
    const view = await drill.show();
    // One small prize was begun: it is taken up, whatever was left of it.
    expect(view).toMatchObject({ winners: 5, entries: 20 });
    expect(view.wins.map(({ grant }) => grant)).toEqual(view.grants);
    expect(view.wins.map(({ prize, state }) => `${prize} ${state}`)).toEqual([
      ...["grand expired", "small expired", "small expired"],
      ...["grand reserved", "small reserved"],
    ]);
    expect(new Set(drill.winners()).size).toBe(5);
    const [first, second] = view.grants.slice(3) as [string, string];
    expect((await drill.redeem(first)).redeemedMinor).toBe(30);
    expect((await drill.redeem(second)).redeemedMinor).toBe(5);
    expect(await drill.verify()).toMatchObject({ ok: true, problems: [] });
  });

  it("passes over users who are blocked by then", async () => {
    const drill = await new DrawDrill().open(drawn());
    await drill.enterAll(6);
    await drill.block("user-0", "user-1", "user-2", "user-3");
    await drill.at(CLOSES_MS);
    expect(await drill.show()).toMatchObject({ winners: 2, voids: 4 });
    expect(drill.winners().sort()).toEqual([4, 5]);
    expect(await drill.verify()).toMatchObject({ ok: true });
  });

  it("has as many winners as entrants where there are fewer than prizes, or none", async () => {
    const few = await new DrawDrill().open(drawn());
    await few.enterAll(2);
    await few.at(CLOSES_MS);
    expect(await few.show()).toMatchObject({ winners: 2 });
    expect(await few.verify()).toMatchObject({ ok: true });
    const none = await new DrawDrill().open(drawn());
    await none.at(CLOSES_MS);
    expect(await none.show()).toMatchObject({ closed: true, entries: 0, winners: 0 });
    expect(await none.verify()).toMatchObject({ ok: true });
  });

  it("charges no cap but its stock: a user's own caps are for claims", async () => {
    const definition = drawn();
    const one = { dimension: "user", counts: "grants", per: "total", limit: 1 } as const;
    const own = { id: "once", ...one, on: "claim", refund: true, missing: "refuse" } as const;
    const drill = await new DrawDrill().open({ ...definition, caps: [own, ...definition.caps] });
    await drill.enter("a");
    expect((await drill.claim("a")).status).toBe("granted");
    expect((await drill.claim("a", "grand")).status).toBe("not_eligible");
    await drill.at(CLOSES_MS);
    expect(await drill.show()).toMatchObject({ winners: 1 });
    expect(await drill.verify()).toMatchObject({ ok: true, problems: [] });
  });

  it("gives a prize back to itself, not to the curve of the first wave", async () => {
    const [budgetMinor, toMs] = [50, START_MS + 10 * DAY_MS];
    const points = [
      { atMs: START_MS, share: 0 },
      { atMs: toMs, share: 1 },
    ];
    const ofWave = { dimension: "wave:one", counts: "money", refund: false } as const;
    const curve = { points, unused: "now" } as const;
    const pacing = cap({ id: "wave-pacing:one", ...ofWave, limit: budgetMinor, curve });
    const waves = [{ id: "one", fromMs: START_MS, toMs, budgetMinor }];
    const definition = drawn();
    const caps = [...definition.caps, pacing];
    const drill = await new DrawDrill().open({ ...definition, waves, caps });
    await drill.enter("a");
    await drill.at(CLOSES_MS);
    await drill.wait(TAKE_UP_MS);
    await drill.wait(HOUR_MS);
    await drill.wait(HOUR_MS);
    expect(drill.campaign.caps.at(-1)!.pace!.totalMinor).toBe(budgetMinor);
    expect(await drill.verify()).toMatchObject({ ok: true, problems: [] });
  });

  it("goes on after a restart, also between the close and the reserve", async () => {
    const drill = await new DrawDrill().open(drawn());
    await drill.enterAll(9);
    await drill.again();
    await drill.enter("late");
    await drill.at(CLOSES_MS);
    await drill.again();
    await drill.at(CLOSES_MS + TAKE_UP_MS);
    await drill.again();
    await drill.at(CLOSES_MS + TAKE_UP_MS + HOUR_MS);
    expect(await drill.show()).toMatchObject({ entries: 10, winners: 6 });
    expect(await drill.verify()).toMatchObject({ ok: true, problems: [] });
  });

  it("keeps the campaign from closing until it is over", async () => {
    const drill = await new DrawDrill().open(drawn());
    await drill.enterAll(2);
    await drill.end();
    expect((await drill.close()).status).toBe("settling_unfinished");
    await drill.at(CLOSES_MS);
    await drill.at(CLOSES_MS + TAKE_UP_MS);
    await drill.at(CLOSES_MS + TAKE_UP_MS + HOUR_MS);
    expect((await drill.close()).status).toBe("ok");
    expect(await drill.verify(false)).toMatchObject({ ok: true, problems: [] });
  });

  it("closing while entries arrive: each entry is in, or told that it is not", async () => {
    const drill = await new DrawDrill().open(drawn());
    await drill.enterAll(5);
    drill.clock.set(CLOSES_MS - 1);
    const before = Array.from({ length: 5 }, (_, i) => drill.enter(`before-${i}`));
    const swept = drill.engine.tick();
    const answers = await Promise.all(before);
    await swept;
    drill.clock.set(CLOSES_MS);
    const late = Array.from({ length: 5 }, (_, i) => drill.enter(`late-${i}`));
    const closing = drill.engine.tick();
    const refused = await Promise.all([...late, drill.enter("last")]);
    await closing;
    const entered = answers.filter(({ status }) => status === "entered").length;
    expect(entered).toBe(5);
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set(["draw_closed"]));
    expect(await drill.show()).toMatchObject({ entries: 10, winners: 3 });
    expect(await drill.verify()).toMatchObject({ ok: true, problems: [] });
  });
});

describe("the permutation of a draw", () => {
  const key = drawKey(new Uint8Array(32).fill(9), null);

  it("has every entry once, whatever the number", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (entries) => {
        const draw = new Draw(3);
        for (let user = 0; user < entries; user++) draw.enter(user);
        const seen = Array.from({ length: entries }, (_, place) => {
          const point = draw.drawPoint(key);
          const entry = draw.entryAt(point);
          draw.take(place, point);
          return entry;
        });
        expect([...seen].sort((a, b) => a - b)).toEqual(seen.map((_, i) => i));
      }),
    );
  });

  it("puts every entry at every place alike: by chi-square, and a control", () => {
    const [entries, rounds] = [6, 12_000];
    const counts = new Float64Array(entries * entries);
    for (let round = 0; round < rounds; round++) {
      const draw = new Draw(0);
      const seed = new Uint8Array(32);
      new DataView(seed.buffer).setUint32(0, round);
      const own = drawKey(seed, null);
      for (let user = 0; user < entries; user++) draw.enter(user);
      for (let place = 0; place < entries; place++) {
        const point = draw.drawPoint(own);
        counts[place * entries + draw.entryAt(point)]! += 1;
        draw.take(place, point);
      }
    }
    const mean = rounds / entries;
    const statistic = (list: Float64Array): number =>
      list.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
    // 25 degrees of freedom: above 52.6 in one case of a thousand.
    expect(statistic(counts)).toBeLessThan(52.6);
    const skewed = counts.map((count, i) => count + (i === 0 ? 300 : 0));
    expect(statistic(skewed)).toBeGreaterThan(52.6);
  });
});

describe("verify finds in a draw:", () => {
  async function lived(): Promise<DrawDrill> {
    const drill = await new DrawDrill().open(drawn({ entriesPerUser: 3 }));
    for (let i = 0; i < 24; i++) await drill.enter(`user-${i % 8}`);
    await drill.at(CLOSES_MS);
    await drill.at(CLOSES_MS + TAKE_UP_MS);
    await drill.at(CLOSES_MS + TAKE_UP_MS + HOUR_MS);
    for (const grant of (await drill.show()).grants.slice(3)) await drill.redeem(grant);
    await drill.end();
    expect((await drill.close()).status).toBe("ok");
    return drill;
  }

  async function expectFound(check: string, forge: (forgery: Forgery) => void): Promise<void> {
    await (await lived()).expectFound(check, forge);
  }

  it("another winner than the seed draws", () =>
    expectFound("winners", (forgery) => {
      const won = forgery.event("draw_won");
      won[DRAW_PLACE.point] = won[DRAW_PLACE.point] === 23 ? 22 : 23;
      won[DRAW_PLACE.entry] = won[DRAW_PLACE.point]!;
    }));

  it("a reserve winner who was skipped", () =>
    expectFound("winners", (forgery) => {
      for (const event of forgery.all("draw_won").slice(3)) event[DRAW_PLACE.place]! += 1;
    }));

  it("a prize that nobody won", () =>
    expectFound("winners", (forgery) => {
      forgery.replace(forgery.event("draw_won", 3));
    }));

  it("a winner without his prize", () =>
    expectFound("winners", (forgery) => {
      const grants = forgery.all("granted");
      forgery.replace(grants.at(-1)!);
    }));

  it("an entry called void without reason", () =>
    expectFound("winners", (forgery) => {
      const won = forgery.event("draw_won", -1);
      won[0] = (won[0]! & 0xffffff00) | 34;
      won[DRAW_PLACE.rest] = 1;
    }));

  it("an entry after the close", () =>
    expectFound("entries", (forgery) => {
      const entry = forgery.event("draw_entered", -1);
      const closed = forgery.event("draw_closed");
      forgery.replace(entry);
      forgery.replace(closed, closed, entry);
    }));

  it("more entries than a user may have", () =>
    expectFound("entries", (forgery) => {
      forgery.reopen(({ definition }) => {
        definition.draws![0]!.entriesPerUser = 2;
      });
    }));

  it("an entry under another number", () =>
    expectFound("entries", (forgery) => {
      forgery.event("draw_entered", 4)[ENTERED.entry]! += 1;
    }));

  it("another number of entries at the close", () =>
    expectFound("entries", (forgery) => {
      forgery.event("draw_closed")[3]! -= 1;
    }));

  it("a campaign closed with prizes that were not drawn", () =>
    expectFound("winners", (forgery) => {
      const gone = [...forgery.all("draw_won").slice(3), ...forgery.all("draw_void").slice(-1)];
      for (const event of gone) forgery.replace(event);
    }));
});
