// What merchants are owed: statements made from a journal alone, held against verify and against
// what the shops themselves did; and a merchant's capacity, which nothing passes.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatMinor } from "../src/base/money.ts";
import { settle } from "../src/cli/settle.ts";
import { makeStatement, type NamedLine } from "../src/cli/settlement-statement.ts";
import { openTerminal } from "../src/cli/terminal.ts";
import { DrivenClock, type Engine, execute } from "../src/host/index.ts";
import { open } from "../src/host/open.ts";
import { openCampaign } from "../src/host/open-campaign.ts";
import { readDirectory } from "../src/journal/index.ts";
import { netMinor } from "../src/journal/settlement.ts";
import { verifyRecords } from "../src/journal/verify/verify.ts";
import { Keys, memoryKeyStore, startServer } from "../src/server/index.ts";
import { cap, DAY_MS, HOUR_MS, plainCampaign, START_MS } from "./simulation/plain-campaign.ts";

const CAMPAIGN = "drill";
const PER_HOUR = 3;
const clock = new DrivenClock(START_MS);
let directory: string;
let engine: Engine;
let firstDayRecord = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hongbao-settlement-"));
  engine = await open({ directory, clock, trustClock: true });
  const capacity = {
    id: "shop-hour",
    dimension: "merchant",
    per: "hour",
    limit: PER_HOUR,
  } as const;
  const caps = [cap({ ...capacity, on: "redemption", refund: false, missing: "skip" })];
  await openCampaign(engine, plainCampaign({ budgetMinor: 10_000, caps }));
  await redeem("a-1", "bakery", 4);
  await redeem("a-2", "bakery");
  await redeem("b-1", "tea");
  await redeem("none-1", null, 7);
  clock.set(START_MS + 23 * HOUR_MS);
  await redeem("a-3", "bakery", 1);
  firstDayRecord = await durable();
  clock.set(START_MS + DAY_MS + HOUR_MS);
  await redeem("b-2", "tea", 9);
  await engine.money("reverse", CAMPAIGN, { id: "back", redemption: "a-1" });
  await durable();
});

afterAll(async () => {
  await engine.close();
  await rm(directory, { recursive: true });
});

async function granted(id: string): Promise<string> {
  const claim = { id: `claim-${id}`, user: `user-${id}`, offer: "card" };
  return (await engine.money("claim", CAMPAIGN, claim)).grant!;
}

async function redeem(id: string, merchant: string | null, amountMinor?: number) {
  const grant = await granted(id);
  const attributes = merchant === null ? {} : { attributes: { merchant } };
  const amount = amountMinor === undefined ? {} : { amountMinor };
  return await engine.money("redeem", CAMPAIGN, { id, grant, ...amount, ...attributes });
}

/** The last record, once readers may have it. */
async function durable(): Promise<number> {
  await engine.whenIdle();
  await engine.seal();
  return (await readDirectory(join(directory, "journal"))).durableSequence;
}

async function statement(names: string[], until: number | null = null) {
  const reader = await readDirectory(join(directory, "journal"));
  const onProgress = (): void => undefined;
  const options = { directory, campaign: null, until, names, masterKey: null, onProgress };
  return await makeStatement(reader, options);
}

const brief = (line: NamedLine): string =>
  [line.day, line.name ?? line.merchant, `${line.redemptions}/${line.reversals}`, netMinor(line)]
    .map(String)
    .join(" ");

describe("a settlement statement", () => {
  it("gives each merchant its sums by day; a reversal belongs to the day it was made", async () => {
    const { campaigns, sound } = await statement(["tea", "bakery", "nobody"]);
    expect(sound).toBe(true);
    expect(campaigns[0]!.lines.map(brief)).toEqual([
      "2026-02-06 bakery 3/0 15",
      "2026-02-06 tea 1/0 10",
      "2026-02-06 null 1/0 7",
      "2026-02-07 bakery 0/1 -4",
      "2026-02-07 tea 1/0 9",
    ]);
    expect(campaigns[0]!.spentMinor).toBe(37);
  });

  it("adds up to what verify says of the same journal, merchants and the rest", async () => {
    const reader = await readDirectory(join(directory, "journal"));
    const { ledgerId } = reader;
    const { campaigns, problems } = await verifyRecords(reader.records(), { ledgerId });
    expect(problems).toEqual([]);
    const sums = { merchants: 2, merchantsMinor: 30, unattributedMinor: 7, spentMinor: 37 };
    expect(campaigns[0]).toMatchObject(sums);
  });

  it("has pseudonyms where nobody names the merchants, and the same sums", async () => {
    const { lines } = (await statement([])).campaigns[0]!;
    expect(lines.filter(({ name }) => name !== null)).toEqual([]);
    const keys = lines.flatMap(({ merchant }) => merchant ?? []);
    expect(keys.every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true);
    expect(new Set(keys).size).toBe(2);
  });

  it("is made again as it was from the same record on, whatever came later", async () => {
    const then = await statement(["tea", "bakery"], firstDayRecord);
    expect(then.record).toBe(firstDayRecord);
    expect(then.campaigns[0]!.lines.map(brief)).toEqual([
      "2026-02-06 bakery 3/0 15",
      "2026-02-06 tea 1/0 10",
      "2026-02-06 null 1/0 7",
    ]);
  });

  it("goes to a spreadsheet in major units, whose rows add up to what was spent", async () => {
    const csv = join(directory, "..", `settlement-${process.pid}.csv`);
    const names = join(directory, "..", `shops-${process.pid}.txt`);
    await writeFile(names, "\ufefftea\r\n\r\nbakery\r\n");
    const terminal = { ...openTerminal(), json: () => undefined };
    const flags = { csv, merchants: names };
    const code = await settle({ terminal, args: [directory], flags, env: {}, json: true });
    const [head, ...rows] = (await readFile(csv, "utf8")).trimEnd().split("\n");
    await rm(csv);
    await rm(names);
    expect(code).toBe(0);
    const net = head!.split(",").indexOf("net");
    const sum = rows.reduce((all, row) => all + Math.round(100 * Number(row.split(",")[net])), 0);
    expect(formatMinor(sum, 2)).toBe("0.37");
    expect(rows).toHaveLength(5);
  });

  it.each([
    ["day", { day: "2026-02-30" }, "--day: expected a day such as 2026-02-06, found 2026-02-30"],
    ["record", { until: "0" }, "--until: expected a record, 1 to"],
    ["campaign", { campaign: "other" }, "--campaign: expected one of the journal's campaigns"],
  ])("refuses another %s than there is", async (_, flags, message) => {
    const call = { terminal: openTerminal(), args: [directory], flags, env: {}, json: true };
    await expect(settle(call)).rejects.toThrow(message);
  });
});

describe("the statement of a live campaign", () => {
  const ask = async (query: object) => {
    const call = { params: { campaign: CAMPAIGN }, query, body: null };
    return await execute(engine, "merchant.settlement", call);
  };

  it("is what settle makes of the journal, line by line", async () => {
    await durable();
    const live = await ask({});
    const { campaigns, record } = await statement(["tea", "bakery"]);
    const [made] = campaigns;
    // A server knows its last record to be durable, a reader only the one before it.
    expect(live.record! - record).toBeLessThanOrEqual(1);
    for await (const { chain } of engine.journal.read(live.record)) {
      expect(live.chain).toBe(Buffer.from(chain).toString("hex"));
    }
    const nameless = made!.lines.map(({ name: _, ...line }) => line);
    expect(new Set(live.lines)).toEqual(new Set(nameless));
    expect(live.lines).toHaveLength(5);
    const { spentMinor, contingencyMinor, lossMinor } = made!;
    expect(live).toMatchObject({ spentMinor, contingencyMinor, lossMinor, more: false });
    expect(engine.find(CAMPAIGN)!.state.books.spentMinor).toBe(live.spentMinor);
  });

  it("goes on from where it was, and shows a merchant, a day, a page", async () => {
    const before = await ask({ merchant: "tea" });
    expect(before.lines!.map(({ day, redeemedMinor }) => [day, redeemedMinor])).toEqual([
      ["2026-02-06", 10],
      ["2026-02-07", 9],
    ]);
    await redeem("b-3", "tea", 5);
    const after = await ask({ merchant: "tea", day: "2026-02-07" });
    expect(after.lines).toMatchObject([{ redemptions: 2, redeemedMinor: 14 }]);
    expect(after.spentMinor).toBe(before.spentMinor! + 5);
    await engine.money("reverse", CAMPAIGN, { id: "back-3", redemption: "b-3" });
    const all = (await ask({})).lines!;
    expect((await ask({ after: "2" })).lines).toEqual(all.slice(2));
    expect((await ask({ merchant: "nobody" })).lines).toEqual([]);
  });

  it("is read with a second reader at the same time, and both are whole", async () => {
    const [one, two] = await Promise.all([ask({}), ask({})]);
    expect(one!.lines).toEqual(two!.lines);
    const unknown = { params: { campaign: "other" }, query: {}, body: null };
    const refused = await execute(engine, "merchant.settlement", unknown);
    expect(refused.status).toBe("unknown_campaign");
  });

  it("is printed by the verb, from a server as from a directory", async () => {
    const keys = await Keys.open(memoryKeyStore());
    const server = await startServer({ engine, keys, port: 0, logLevel: "silent" });
    const viewer = (await keys.add({ name: "books", scope: "viewer" }, 1)).secret;
    const env = { HONGBAO_URL: String(server.url), HONGBAO_KEY: viewer };
    const told: Record<string, unknown>[] = [];
    const json = (value: unknown): void => void told.push(value as Record<string, unknown>);
    const terminal = { ...openTerminal(), json };
    const flags = { merchant: ["tea"], campaign: CAMPAIGN };
    await durable();
    expect(await settle({ terminal, args: [], flags, env, json: true })).toBe(0);
    expect(await settle({ terminal, args: [directory], flags, env: {}, json: true })).toBe(0);
    await server.close();
    const [live, made] = told;
    expect(live!.campaigns).toEqual(made!.campaigns);
    const until = { terminal, args: [], flags: { ...flags, until: "3" }, env, json: true };
    await expect(settle(until)).rejects.toThrow("expected a data directory");
  });
});

describe("a merchant's capacity", () => {
  const at = { attributes: { merchant: "noodles" } };

  it("a cap that fills between quote and payment leaks nothing", async () => {
    clock.set(START_MS + 2 * DAY_MS + HOUR_MS / 2);
    const grants: string[] = [];
    for (let i = 0; i <= PER_HOUR; i++) grants.push(await granted(`quote-${i}`));
    const [last, ...others] = grants;
    // The quote: the guest's grant stands, and the shop has room.
    const call = { params: { campaign: CAMPAIGN, grant: last! }, query: null, body: null };
    expect((await execute(engine, "grant.show", call)).grant).toMatchObject({ restMinor: 10 });
    const pay = (id: string, grant: string) =>
      engine.money("redeem", CAMPAIGN, { id, grant, ...at });
    const paid = await Promise.all(others.map((grant, i) => pay(`other-${i}`, grant)));
    expect(paid.map(({ status }) => status)).toEqual(others.map(() => "redeemed"));
    const before = { ...engine.find(CAMPAIGN)!.state.books };
    const refused = await pay("late", last!);
    expect(refused).toMatchObject({
      status: "cap_reached",
      cap: "shop-hour",
      retryAtMs: START_MS + 2 * DAY_MS + HOUR_MS,
    });
    expect(engine.find(CAMPAIGN)!.state.books).toEqual(before);
    // Elsewhere at once, and here when the answer said: the same id, for nothing had been bound.
    clock.set(refused.retryAtMs!);
    expect(await pay("late", last!)).toMatchObject({ status: "redeemed", redeemedMinor: 10 });
  });

  it("is never passed, however many pay at once", async () => {
    clock.set(START_MS + 3 * DAY_MS);
    const grants: string[] = [];
    for (let i = 0; i < 4 * PER_HOUR; i++) grants.push(await granted(`rush-${i}`));
    const all = await Promise.all(
      grants.map((grant, i) => engine.money("redeem", CAMPAIGN, { id: `rush-${i}`, grant, ...at })),
    );
    const done = all.filter(({ status }) => status === "redeemed");
    expect(done).toHaveLength(PER_HOUR);
    expect(new Set(all.map(({ cap: name }) => name))).toEqual(new Set([undefined, "shop-hour"]));
  });
});

describe("a payment that was borne by mistake", () => {
  it("is corrected on the day it is taken back; the day it was booked on stays", async () => {
    clock.set(START_MS + 4 * DAY_MS);
    const grant = await granted("mistyped");
    await engine.money("cancel", CAMPAIGN, { id: "cancel-mistyped", grant });
    const params = { campaign: CAMPAIGN, grant };
    const paid = { amountMinor: 10, paidAtMs: START_MS, merchant: "kiosk" };
    const cover = { params, query: null, body: { id: "mistyped", why: "offline", ...paid } };
    expect((await execute(engine, "grant.cover", cover)).status).toBe("lost");
    const before = (await statement(["kiosk"], await durable())).campaigns[0]!;
    clock.set(START_MS + 5 * DAY_MS);
    const back = { id: "mistyped-back", cover: "mistyped", why: "a slip of the till" };
    const answer = await execute(engine, "grant.uncover", { params, query: null, body: back });
    expect(answer).toMatchObject({ status: "reversed", grant, coveredMinor: 0, lostMinor: 10 });
    await durable();
    const { campaigns, sound } = await statement(["kiosk"]);
    expect(sound).toBe(true);
    const lines = campaigns[0]!.lines.filter(({ name }) => name === "kiosk");
    expect(lines).toMatchObject([
      { day: "2026-02-10", covers: 1, coverReversals: 0, contingencyMinor: 0, lossMinor: 10 },
      { day: "2026-02-11", covers: 0, coverReversals: 1, contingencyMinor: 0, lossMinor: -10 },
    ]);
    expect(before.lines.find(({ name }) => name === "kiosk")).toEqual(lines[0]);
    expect([before.lossMinor, campaigns[0]!.lossMinor]).toEqual([10, 0]);
    const call = { params: { campaign: CAMPAIGN }, query: { merchant: "kiosk" }, body: null };
    const live = (await execute(engine, "merchant.settlement", call)).lines!;
    expect(live.map(({ lossMinor }) => lossMinor)).toEqual([10, -10]);
  });
});
