// Grants found by what they have in common, and what is done to exactly those.
import { describe, expect, it } from "vitest";
import type { SuspectFilter } from "../src/contract/index.ts";
import { actSchema } from "../src/contract/schema/suspects.ts";
import { execute } from "../src/host/index.ts";
import { cap, DAY_MS, HOUR_MS, START_MS } from "./simulation/plain-campaign.ts";
import { drill, type SuspicionDrill } from "./suspicion-drill.fixture.ts";

const DEVICES = {
  budgetMinor: 10_000,
  attributes: ["device", "merchant"],
  caps: [cap({ id: "device", dimension: "device", limit: 100, missing: "skip" })],
};

/** Six grants on d1 of six users, two on d2, one without a device. */
async function ringed(): Promise<{ it: SuspicionDrill; grants: string[] }> {
  const it = await drill(DEVICES);
  const grants: string[] = [];
  for (let i = 0; i < 6; i++) grants.push(await it.grantOn("d1", `ring-${i}`));
  await it.after(HOUR_MS);
  for (let i = 0; i < 2; i++) grants.push(await it.grantOn("d2", `pair-${i}`));
  grants.push(await it.grant("alone"));
  return { it, grants };
}

function find(it: SuspicionDrill, where: SuspectFilter) {
  const call = { params: { campaign: "drill" }, query: null, body: { where } };
  return execute(it.engine, "suspects.find", call);
}

function act(it: SuspicionDrill, step: "hold" | "release" | "clawback", token: string, from = 0) {
  const body = { token, step, why: "a ring", evidence: "case 9", from };
  const call = { params: { campaign: "drill" }, query: null, body, by: "key-1" };
  return execute(it.engine, "suspects.act", call);
}

function extend(it: SuspicionDrill, token: string, expiresAtMs: number) {
  const body = { token, step: "extend" as const, why: "shop closed", expiresAtMs };
  return execute(it.engine, "suspects.act", { params: { campaign: "drill" }, query: null, body });
}

describe("a search for suspects", () => {
  it("finds rings, and says what they got", async () => {
    const { it, grants } = await ringed();
    const found = await find(it, { ring: { by: "device", above: 2 } });
    expect(found).toMatchObject({ status: "ok", grants: 6, users: 6, amountMinor: 60 });
    expect(found.rings).toMatchObject([{ grants: 6, users: 6, amountMinor: 60 }]);
    expect(found.states).toEqual([
      { state: "reserved", grants: 6, amountMinor: 60, spentMinor: 0 },
    ]);
    expect(found.largest!.map(({ grant }) => grant)).toEqual(grants.slice(0, 6));
    const pairs = await find(it, { ring: { by: "device", above: 1 } });
    expect(pairs.rings).toMatchObject([{ grants: 6 }, { grants: 2 }]);
  });

  it.each<[string, SuspectFilter, number]>([
    ["nothing", {}, 9],
    ["an offer", { offers: ["card"] }, 9],
    ["a value", { values: { by: "device", is: ["d2", "nowhere"] } }, 2],
    ["users", { users: ["ring-1", "alone", "stranger"] }, 2],
    ["a time", { fromMs: START_MS + 1 }, 3],
    ["an earlier time", { toMs: START_MS + HOUR_MS }, 6],
    ["an amount", { minMinor: 11 }, 0],
    ["a merchant", { merchant: "bakery" }, 1],
    ["states", { states: ["held", "redeemed"] }, 2],
    ["a ring within a time", { fromMs: START_MS + 1, ring: { by: "device", above: 2 } }, 0],
  ])("by %s", async (_, where, grants) => {
    const { it, grants: all } = await ringed();
    await it.suspect("hold", all[1]!);
    const attributes = { merchant: "bakery" };
    await it.engine.money("redeem", "drill", { id: "r", grant: all[2]!, attributes });
    expect((await find(it, where)).grants).toBe(grants);
  });

  it("refuses names that it does not know, and attributes that are not kept", async () => {
    const { it } = await ringed();
    const refusal = (path: string) => ({ code: "invalid_request", details: { path } });
    await expect(find(it, { offers: ["cake"] })).rejects.toMatchObject(refusal("$.where.offers"));
    await expect(find(it, { values: { by: "shoe", is: ["x"] } })).rejects.toMatchObject(
      refusal("$.where.values.by"),
    );
    const ring = find(it, { ring: { by: "merchant", above: 1 } });
    await expect(ring).rejects.toMatchObject(refusal("$.where.ring.by"));
  });
});

describe("a preview", () => {
  it("is acted upon exactly, once, and repeated without harm", async () => {
    const { it, grants } = await ringed();
    const { token } = await find(it, { ring: { by: "device", above: 2 } });
    await it.grantOn("d1", "late");
    expect(await act(it, "hold", token!)).toMatchObject({ grants: 6, done: 6, changed: 0 });
    expect(await act(it, "hold", token!)).toMatchObject({ done: 6, changed: 0, refused: 0 });
    expect((await it.books()).suspicion.holds).toBe(6);
    expect(await it.show(grants[0]!)).toMatchObject({ state: "held" });
    expect((await find(it, { states: ["held"] })).grants).toBe(6);
    await it.verified();
  });

  it("leaves alone what has changed since, and says so", async () => {
    const { it, grants } = await ringed();
    const { token } = await find(it, {});
    await it.redeem(grants[0]!, 4);
    await it.cancel(grants[1]!);
    const answer = await act(it, "clawback", token!);
    expect(answer).toMatchObject({ grants: 9, done: 7, changed: 2, returnedMinor: 70 });
    expect(await it.show(grants[0]!)).toMatchObject({ state: "reserved", restMinor: 6 });
    const again = await find(it, { states: ["reserved"] });
    const rest = await act(it, "clawback", again.token!);
    expect(rest).toMatchObject({ done: 1, returnedMinor: 6, owedMinor: 4 });
    await it.verified();
  });

  it("counts what the step is not possible for", async () => {
    const { it, grants } = await ringed();
    await it.suspect("hold", grants[3]!);
    const { token } = await find(it, {});
    expect(await act(it, "release", token!)).toMatchObject({ done: 1, refused: 8, changed: 0 });
    const expired = await find(it, {});
    await it.after(3 * DAY_MS);
    expect(await act(it, "hold", expired.token!)).toMatchObject({ done: 0 });
    await it.verified();
  });

  it("is named by its grants and their state, and forgotten when others came", async () => {
    const { it, grants } = await ringed();
    const first = await find(it, {});
    expect((await find(it, { offers: ["card"] })).token).toBe(first.token);
    await it.redeem(grants[0]!, 1);
    expect((await find(it, {})).token).not.toBe(first.token);
    for (let i = 0; i < 4; i++) await find(it, { users: [`ring-${i}`] });
    expect(await act(it, "hold", first.token!)).toMatchObject({ status: "unknown_preview" });
    expect(await act(it, "hold", "no such")).toMatchObject({ status: "unknown_preview" });
  });

  it("is another one once what it named was held and released", async () => {
    const { it, grants } = await ringed();
    const before = await find(it, {});
    const other = await find(it, { states: ["reserved"], users: ["ring-0"] });
    expect(await act(it, "hold", before.token!)).toMatchObject({ done: 9 });
    const held = await find(it, { states: ["held"] });
    expect(await act(it, "release", held.token!)).toMatchObject({ done: 9 });
    expect(await act(it, "hold", other.token!)).toMatchObject({ done: 0, changed: 1 });
    const after = await find(it, {});
    expect(await act(it, "hold", after.token!)).toMatchObject({ done: 9, changed: 0, refused: 0 });
    expect(await it.show(grants[0]!)).toMatchObject({ state: "held" });
    await it.verified();
  });

  it("is worked off in slices that a caller asks for one after the other", async () => {
    const it = await drill({ ...DEVICES, budgetMinor: 1_000_000 });
    const inputs = Array.from({ length: 2600 }, (_, i) => {
      return { id: `c-${i}`, user: `u-${i}`, offer: "card" };
    });
    await it.engine.batch("claim", "drill", inputs);
    const { token } = await find(it, {});
    const first = await act(it, "hold", token!);
    expect(first).toMatchObject({ done: 2500, next: 2500, grants: 2600 });
    const second = await act(it, "hold", token!, first.next);
    expect(second).toMatchObject({ done: 100 });
    expect(second.next).toBeUndefined();
    await it.verified();
  });
});

describe("an audit sample", () => {
  function sampled(it: SuspicionDrill, suspects: number, others: number) {
    const call = { params: { campaign: "drill" }, query: null, body: { suspects, others } };
    return execute(it.engine, "suspects.sample", call);
  }

  it("draws from those that were suspected and from all others, always the same", async () => {
    const { it, grants } = await ringed();
    await it.suspect("hold", grants[0]!);
    await it.suspect("hold", grants[1]!);
    await it.suspect("release", grants[1]!);
    await it.suspect("clawback", grants[2]!);
    await it.block("user", ["ring-3"]);
    const all = await sampled(it, 100, 100);
    expect(all.suspects).toMatchObject({ grants: 4 });
    const suspects = all.suspects!.sample.map(({ grant }) => grant);
    expect([...suspects].sort()).toEqual(grants.slice(0, 4).sort());
    expect(all.others!.sample.map(({ grant }) => grant).sort()).toEqual(grants.slice(4).sort());
    const some = await sampled(it, 2, 3);
    expect(some.suspects!.sample).toEqual(all.suspects!.sample.slice(0, 2));
    expect(some.others!.sample).toEqual(all.others!.sample.slice(0, 3));
    expect((await sampled(it, 0, 0)).others).toEqual({ grants: 5, sample: [] });
  });

  it("counts what a blocked device got among the suspected, while it is blocked", async () => {
    const { it, grants } = await ringed();
    await it.block("device", ["d1"], HOUR_MS);
    const { suspects, others } = await sampled(it, 100, 100);
    expect(suspects!.sample.map(({ grant }) => grant).sort()).toEqual(grants.slice(0, 6).sort());
    expect(others).toMatchObject({ grants: 3 });
    await it.after(2 * HOUR_MS);
    expect((await sampled(it, 0, 0)).suspects).toMatchObject({ grants: 0 });
  });

  it("gives each grant the same chance, in no order that anybody could choose", async () => {
    const it = await drill({ ...DEVICES, budgetMinor: 1_000_000 });
    const inputs = Array.from({ length: 4000 }, (_, i) => {
      return { id: `c-${i}`, user: `u-${i}`, offer: "card" };
    });
    const answers = await it.engine.batch("claim", "drill", inputs);
    const order = new Map(answers.map((one, i) => [(one as { grant: string }).grant, i]));
    const { others } = await sampled(it, 0, 1000);
    const places = others!.sample.map(({ grant }) => order.get(grant)!);
    expect(new Set(places).size).toBe(1000);
    const early = places.filter((place) => place < 2000).length;
    // 500 expected, with a standard deviation of 13.7.
    expect(Math.abs(early - 500)).toBeLessThan(70);
    expect(places.slice(0, 50)).not.toEqual([...places.slice(0, 50)].sort((a, b) => a - b));
  });
});

describe("grants that a search found", () => {
  it("are extended together, once, and further with another expiry", async () => {
    const { it, grants } = await ringed();
    await it.extend(grants[5]!, START_MS + 5 * DAY_MS);
    await it.suspect("hold", grants[0]!);
    const { token } = await find(it, { values: { by: "device", is: ["d1"] } });
    const first = await extend(it, token!, START_MS + 3 * DAY_MS);
    expect(first).toMatchObject({ grants: 6, done: 5, refused: 1, changed: 0 });
    expect(await extend(it, token!, START_MS + 3 * DAY_MS)).toMatchObject({ done: 5, refused: 1 });
    const further = await extend(it, token!, START_MS + 6 * DAY_MS);
    expect(further).toMatchObject({ grants: 6, done: 6, refused: 0 });
    await it.after(5 * DAY_MS);
    expect((await it.books()).reservedMinor).toBe(60);
    await it.after(6 * DAY_MS);
    // The held one waits.
    expect((await it.books()).reservedMinor).toBe(10);
    await it.verified();
  });

  it("need the new expiry, and no other step does", () => {
    const ask = { token: "t", why: "shop closed" };
    const isTaken = (more: object): boolean => actSchema.safeParse({ ...ask, ...more }).success;
    expect(isTaken({ step: "extend", expiresAtMs: START_MS })).toBe(true);
    expect(isTaken({ step: "extend" })).toBe(false);
    expect(isTaken({ step: "hold" })).toBe(true);
    expect(isTaken({ step: "hold", expiresAtMs: START_MS })).toBe(false);
  });
});
