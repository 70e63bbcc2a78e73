// Who may claim, from the request to the journal: conditions over facts, imported lists, and claims
// tried out without anything happening.
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { utf8 } from "../src/base/bytes.ts";
import { sha256 } from "../src/base/hash.ts";
import type { DryRunAnswer, DryRunInput, ListAnswer } from "../src/contract/index.ts";
import type { CampaignDefinition } from "../src/core/definition.ts";
import { EVENT_KINDS, LISTED } from "../src/core/event.ts";
import { payloadWords } from "../src/core/event-view.ts";
import { DrivenClock, type Engine, execute, open } from "../src/host/index.ts";
import { openCampaign } from "../src/host/open-campaign.ts";
import { verifyRecords } from "../src/journal/verify/verify.ts";
import { cap, plainCampaign, START_MS } from "./simulation/plain-campaign.ts";

const opened: { engine: Engine; directory: string }[] = [];

afterEach(async () => {
  for (const { engine } of opened) await engine.close();
  for (const { directory } of opened.splice(0))
    await rm(directory, { recursive: true, force: true });
});

function conditional(eligible: string, more: Partial<CampaignDefinition> = {}): CampaignDefinition {
  const plain = plainCampaign(more);
  return {
    ...plain,
    offers: plain.offers.map((offer) => ({ ...offer, eligible })),
    facts: [
      { name: "age", type: "int" },
      { name: "city", type: "string" },
    ],
    lists: [{ id: "regulars" }],
  };
}

async function engineAt(directory: string, withoutLists = false): Promise<Engine> {
  const clock = new DrivenClock(START_MS);
  const engine = await open({ directory, clock, trustClock: true, withoutLists });
  opened.push({ engine, directory });
  return engine;
}

async function engineWith(definition: CampaignDefinition): Promise<Engine> {
  const engine = await engineAt(await mkdtemp(path.join(tmpdir(), "hongbao-elig-")));
  await openCampaign(engine, definition);
  return engine;
}

let ids = 0;
function claim(engine: Engine, user: string, facts?: object, id = `c-${++ids}`) {
  const input = { id, user, offer: "card", ...(facts === undefined ? {} : { facts }) };
  return engine.money("claim", "drill", input as never);
}

function importList(engine: Engine, users: string[], session = `i-${++ids}`): Promise<ListAnswer> {
  const body = { import: session, part: 0, users, done: true };
  const params = { campaign: "drill", list: "regulars" };
  return execute(engine, "list.import", { params, query: null, body });
}

function tryOut(
  engine: Engine,
  body: Partial<DryRunInput>,
  toldArms?: boolean,
): Promise<DryRunAnswer> {
  const call = { params: { campaign: "drill" }, query: null };
  const told = toldArms === undefined ? {} : { toldArms };
  const input = { user: "ana", offer: "card", ...body };
  return execute(engine, "dryrun.claim", { ...call, body: input, ...told });
}

async function restarted(engine: Engine, withoutLists = false): Promise<Engine> {
  const at = opened.findIndex((one) => one.engine === engine);
  const [{ directory }] = opened.splice(at, 1) as [(typeof opened)[number]];
  await engine.close();
  return await engineAt(directory, withoutLists);
}

describe("a condition over facts", () => {
  it("lets in for whom it holds, and says why it does not for others", async () => {
    const engine = await engineWith(conditional('age >= 18 && city == "Shanghai"'));
    expect(await claim(engine, "ana", { age: 18, city: "Shanghai" })).toMatchObject({
      status: "granted",
    });
    expect(await claim(engine, "bo", { age: 17, city: "Shanghai" })).toMatchObject({
      status: "not_eligible",
      reason: "age >= 18 does not hold",
    });
    expect(await claim(engine, "bo", { age: 18 })).toMatchObject({
      status: "not_eligible",
      reason: 'city == "Shanghai": the fact city did not come',
    });
    expect(await claim(engine, "bo")).toMatchObject({ status: "not_eligible" });
    await expect(claim(engine, "bo", { agee: 3 })).rejects.toThrow(/\$\.facts\.agee/);
  });

  it("leaves no assignment, no exposure and no fact in the journal", async () => {
    const engine = await engineWith(conditional('city == "Timbuktu"'));
    const before = engine.journal.lastSequence;
    await claim(engine, "bo", { city: "Shanghai-on-the-water" });
    expect(engine.journal.lastSequence).toBe(before);
    await claim(engine, "ana", { city: "Timbuktu", age: 77 });
    let bytes = "";
    for await (const { payload } of engine.journal.read()) {
      bytes += Buffer.from(payload).toString("latin1");
    }
    expect(bytes).toContain("Timbuktu"); // in the definition alone
    expect(bytes.split("Timbuktu").length).toBe(2);
    expect(bytes).not.toContain("Shanghai-on-the-water");
  });

  it("gives an id its first answer again, whatever its facts say now", async () => {
    const engine = await engineWith(conditional("age >= 18"));
    const first = await claim(engine, "ana", { age: 20 }, "c");
    expect(await claim(engine, "ana", { age: 3 }, "c")).toMatchObject({
      ...{ status: "granted", replayed: true, grant: first.grant },
    });
    expect(await claim(engine, "bo", { age: 3 }, "d")).toMatchObject({ status: "not_eligible" });
    expect(await claim(engine, "bo", { age: 30 }, "d")).toMatchObject({ status: "granted" });
  });

  it("is compiled again after a revision and after a restart", async () => {
    let engine = await engineWith(conditional("age >= 18"));
    const revised = conditional("age >= 16");
    const body = { definition: revised, version: 1, why: "a test" };
    const params = { campaign: "drill" };
    await execute(engine, "campaign.revise", { params, query: null, body, by: "me" } as never);
    expect(await claim(engine, "ana", { age: 17 })).toMatchObject({ status: "granted" });
    engine = await restarted(engine);
    expect(await claim(engine, "bo", { age: 16 })).toMatchObject({ status: "granted" });
    expect(await claim(engine, "bo", { age: 15 })).toMatchObject({ status: "not_eligible" });
  });

  it("may ask for the time in the campaign's zone", async () => {
    const engine = await engineWith(conditional("hour < 9 || weekday == 7"));
    const hour = Number(
      new Intl.DateTimeFormat("en-GB", { hour: "2-digit", timeZone: "Asia/Shanghai" }).format(
        START_MS,
      ),
    );
    expect((await claim(engine, "ana")).status).toBe(hour < 9 ? "granted" : "not_eligible");
  });

  it("keeps an offer from the offers that are shown where facts are needed", async () => {
    const engine = await engineWith(conditional("age >= 18"));
    const params = { campaign: "drill", user: "ana" };
    const call = { params, query: {}, body: null };
    expect(await execute(engine, "offers.list", call)).toMatchObject({ offers: [] });
    expect(engine.find("drill")!.state.counts.assigned).toBe(0);
  });

  it("takes the time of a hostile fact's size at most", async () => {
    const condition = 'tags.exists(t, t.startsWith("vip")) || tags.exists(t, t.endsWith("z"))';
    const engine = await engineWith({
      ...conditional("true"),
      ...{ facts: [{ name: "tags", type: "list of string" }] },
      offers: conditional(condition).offers,
    });
    const tags = Array.from({ length: 64 }, (_, i) => "鞋".repeat(80) + i);
    const inputs = Array.from({ length: 500 }, (_, i) => ({
      ...{ id: `h-${i}`, user: `u-${i}`, offer: "card", facts: { tags } },
    }));
    const startedAtMs = performance.now();
    const answers = await engine.batch("claim", "drill", inputs);
    expect(answers.every((answer) => "status" in answer && answer.status === "not_eligible")).toBe(
      true,
    );
    expect((performance.now() - startedAtMs) / inputs.length).toBeLessThan(1);
  });
});

describe("a list of users", () => {
  it("holds once it is imported, as a whole, and replaces the one before", async () => {
    const engine = await engineWith(conditional('inList("regulars")'));
    expect(await claim(engine, "ana")).toMatchObject({
      status: "not_eligible",
      reason: 'inList("regulars"): the list regulars is not imported yet',
    });
    const answer = await importList(engine, ["ana", "bo", "ana"]);
    expect(answer).toMatchObject({ status: "listed", received: 3, users: 2 });
    expect(await claim(engine, "ana")).toMatchObject({ status: "granted" });
    expect(await importList(engine, ["bo", "ana"])).toMatchObject({
      ...{ status: "listed", replayed: true, sha256: answer.sha256 },
    });
    await importList(engine, ["cy"]);
    expect(await claim(engine, "ana")).toMatchObject({ status: "not_eligible" });
    expect(await claim(engine, "cy")).toMatchObject({ status: "granted" });
    expect(await claim(engine, "bo")).toMatchObject({
      status: "not_eligible",
      reason: 'inList("regulars") does not hold',
    });
  });

  it("comes in parts, in order, each of which may be repeated", async () => {
    const engine = await engineWith(conditional('inList("regulars")'));
    const send = (part: number, users: string[], done?: true) => {
      const body = { import: "i", part, users, ...(done === undefined ? {} : { done }) };
      const params = { campaign: "drill", list: "regulars" };
      return execute(engine, "list.import", { params, query: null, body });
    };
    await expect(send(1, ["ana"])).rejects.toThrow(/expected part 0, found 1/);
    expect(await send(0, ["ana"])).toMatchObject({ status: "ok", received: 1 });
    expect(await send(0, ["ana"])).toMatchObject({ status: "ok", received: 1 });
    await expect(send(2, ["bo"])).rejects.toThrow(/expected part 1, found 2/);
    expect(await claim(engine, "ana")).toMatchObject({ status: "not_eligible" });
    const last = await send(1, ["bo"], true);
    expect(last).toMatchObject({ status: "listed", users: 2 });
    expect(await send(1, ["bo"], true)).toEqual(last);
    const elsewhere = { import: "i", part: 0, users: [] };
    const call = { query: null, body: elsewhere };
    const list = { ...call, params: { campaign: "drill", list: "nobody" } };
    expect(await execute(engine, "list.import", list)).toMatchObject({ status: "unknown_list" });
    const campaign = { ...call, params: { campaign: "none", list: "regulars" } };
    expect(await execute(engine, "list.import", campaign)).toMatchObject({
      status: "unknown_campaign",
    });
  });

  it("holds after a restart, or the start refuses", async () => {
    let engine = await engineWith(conditional('inList("regulars")'));
    await importList(engine, ["ana"]);
    const { sha256: first } = await importList(engine, ["ana", "bo"]);
    const { directory } = opened.at(-1)!;
    const folder = path.join(directory, "lists");
    expect(await readdir(folder)).toEqual([`${first}.list`]);
    engine = await restarted(engine);
    expect(await claim(engine, "bo")).toMatchObject({ status: "granted" });
    const file = path.join(folder, `${first}.list`);
    await writeFile(file, Buffer.concat([utf8("hblist01"), Buffer.alloc(16, 1)]));
    await expect(restarted(engine)).rejects.toMatchObject({ code: "list_missing" });
    await rm(file);
    await expect(engineAt(directory)).rejects.toThrow(/list regulars of campaign drill/);
    engine = await engineAt(directory, true);
    expect(await claim(engine, "ana")).toMatchObject({ status: "not_eligible" });
    await importList(engine, ["ana", "bo"]);
    expect(await claim(engine, "ana")).toMatchObject({ status: "granted" });
    await restarted(engine);
  });

  it("is in the journal by number and hash, which verify checks", async () => {
    const engine = await engineWith(conditional('inList("regulars")'));
    const { sha256: hash } = await importList(engine, ["ana", "bo"]);
    await claim(engine, "ana");
    await engine.whenIdle();
    const { ledgerId } = engine.journal;
    const report = await verifyRecords(engine.journal.read(), { ledgerId, sha256 });
    expect(report.problems).toEqual([]);
    expect(report.notes.join()).toMatch(/whether the conditions of card held/);
    const lists: string[] = [];
    for await (const { payload } of engine.journal.read()) {
      const words = payloadWords(payload);
      for (let at = 0; at < words.length; at += words[at]! >>> 16) {
        if ((words[at]! & 0xff) !== EVENT_KINDS.listed) continue;
        const bytes = words.slice(at + LISTED.sha256, at + LISTED.words);
        lists.push(Buffer.from(bytes.buffer).toString("hex"));
        expect(words[at + LISTED.users]).toBe(2);
      }
    }
    expect(lists).toEqual([hash]);
  });
});

describe("a claim tried out", () => {
  const terms = {
    caps: [cap({ id: "own", dimension: "user", counts: "grants", limit: 1 })],
  };

  it("tells every condition and cap, and changes nothing", async () => {
    const engine = await engineWith(conditional("age >= 18 && age < 99", terms));
    const before = engine.journal.lastSequence;
    const answer = await tryOut(engine, { facts: { age: 17 } });
    expect(answer).toMatchObject({ status: "ok", would: "not_eligible" });
    expect(answer.conditions!.map(({ kind, name, holds }) => [kind, name, holds])).toEqual([
      ["time", "one", true],
      ["blocked", "user", true],
      ["condition", "age >= 18", false],
      ["condition", "age < 99", true],
      ["cap", "own", true],
      ["budget", "budget", true],
    ]);
    expect((await tryOut(engine, { facts: { age: 20 } })).would).toBe("granted");
    expect(engine.journal.lastSequence).toBe(before);
    expect(engine.find("drill")!.state.users.count).toBe(0);
    await claim(engine, "ana", { age: 20 }, "c");
    const after = await tryOut(engine, { facts: { age: 20 } });
    expect(after.would).toBe("cap_reached");
    expect(after.conditions!.find(({ name }) => name === "own")).toMatchObject({
      ...{ holds: false, left: 0, limit: 1, reason: "0 of 1 left" },
    });
    expect(await tryOut(engine, { id: "c", facts: { age: 20 } })).toMatchObject({
      would: "granted",
      conditions: [
        { kind: "id", holds: true, reason: expect.stringMatching(/same answer/) },
        ...after.conditions!.map(() => expect.anything()),
      ],
    });
  });

  it("says what a claim then is answered, whatever the campaign", async () => {
    const engine = await engineWith(conditional("age >= 18", terms));
    for (const [user, age] of [
      ["ana", 20],
      ["ana", 20],
      ["bo", 3],
      ["cy", 40],
    ] as const) {
      const { would } = await tryOut(engine, { user, facts: { age } });
      expect((await claim(engine, user, { age })).status).toBe(would);
    }
  });

  it("keeps a masked holdout masked from apps", async () => {
    const plain = conditional("true");
    const assignment = { ...plain.assignment, holdoutShare: 1, masked: true };
    const engine = await engineWith({ ...plain, assignment });
    const app = await tryOut(engine, {}, false);
    expect(app.would).toBe("no_offer");
    expect(JSON.stringify(app)).not.toMatch(/holdout|held/);
    expect(await tryOut(engine, {}, true)).toMatchObject({ would: "no_offer", arm: "holdout" });
  });

  it("does not tell the draw", async () => {
    const plain = conditional("true", {
      caps: [cap({ id: "money", dimension: "user", counts: "money", limit: 200 })],
    });
    const entries = [
      { amountMinor: 100, odds: 1 },
      { amountMinor: 5000, odds: 1 },
    ];
    const offers = plain.offers.map((offer) => ({
      ...offer,
      reward: { kind: "table" as const, entries },
    }));
    const engine = await engineWith({ ...plain, offers });
    const seen = new Set<string>();
    for (let i = 0; i < 20; i++) {
      const { would, conditions } = await tryOut(engine, { user: `user-${i}` });
      seen.add(`${would} ${conditions!.find(({ name }) => name === "money")!.reason}`);
    }
    expect([...seen]).toEqual([expect.stringMatching(/^granted .* a larger draw would not fit$/)]);
  });
});
