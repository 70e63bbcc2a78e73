// A merchant's list held against the journal, and repaired on a running server: a payout that was
// made and never recorded is found and booked once.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reconcile } from "../src/cli/reconcile.ts";
import { openTerminal } from "../src/cli/terminal.ts";
import { DrivenClock, type Engine } from "../src/host/index.ts";
import { open } from "../src/host/open.ts";
import { openCampaign } from "../src/host/open-campaign.ts";
import { Keys, memoryKeyStore, type RunningServer, startServer } from "../src/server/index.ts";
import { HOUR_MS, plainCampaign, START_MS } from "./simulation/plain-campaign.ts";

const CAMPAIGN = "drill";
const HEAD = "redemption,grant,amount,paidAt,reversal";
const NOON = "2026-02-06T12:00:00+08:00";
const clock = new DrivenClock(START_MS);
const grants: Record<string, string> = {};
let directory: string;
let data: string;
let engine: Engine;
let server: RunningServer;
let keys: Keys;
let env: Record<string, string>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hongbao-reconcile-"));
  data = join(directory, "data");
  engine = await open({ directory: data, clock, trustClock: true });
  await openCampaign(engine, plainCampaign({ budgetMinor: 10_000 }));
  keys = await Keys.open(memoryKeyStore());
  server = await startServer({ engine, keys, port: 0, logLevel: "silent" });
  const bakery = { name: "bakery", scope: "merchant", merchant: "bakery" } as const;
  env = { HONGBAO_URL: String(server.url), HONGBAO_KEY: (await keys.add(bakery, 1)).secret };
  clock.set(START_MS + 12 * HOUR_MS);
  for (const name of ["same", "lost", "back", "other", "amount", "unlisted", "gone"]) {
    const claim = { id: `claim-${name}`, user: `user-${name}`, offer: "card" };
    grants[name] = (await engine.money("claim", CAMPAIGN, claim)).grant!;
  }
  await redeem("same", "bakery", 10);
  await redeem("back", "bakery", 10);
  await redeem("other", "tea", 10);
  await redeem("amount", "bakery", 4);
  await redeem("unlisted", "bakery", 10);
});

afterAll(async () => {
  await server.close();
  await engine.close();
  await rm(directory, { recursive: true });
});

async function redeem(name: string, merchant: string, amountMinor: number): Promise<void> {
  const attributes = { merchant };
  const input = { id: name, grant: grants[name]!, amountMinor, attributes };
  expect((await engine.money("redeem", CAMPAIGN, input)).status).toBe("redeemed");
}

const row = (name: string, amount: string, reversal = ""): string =>
  `${name},${grants[name]},${amount},${NOON},${reversal}`;

interface Told {
  compared: { difference: string; row: { redemption: string } | null }[];
  repairs: { what: string; status: string; done: boolean }[];
  left: number;
}

/** What the verb says as JSON, and its exit code. */
async function run(text: string, flags: Record<string, unknown> = {}, key = env.HONGBAO_KEY!) {
  await engine.whenIdle();
  await engine.seal();
  const file = join(directory, "bakery.csv");
  await writeFile(file, text);
  let told: Told | null = null;
  const json = (value: unknown): void => {
    told = value as Told;
  };
  const terminal = { ...openTerminal(), json };
  const call = { terminal, args: [data, file], env: { ...env, HONGBAO_KEY: key }, json: true };
  const code = await reconcile({ ...call, flags: { merchant: "bakery", ...flags } });
  return { code, ...(told as unknown as Told) };
}

const differences = ({ compared }: Told): string[] =>
  compared.map(({ difference, row: listed }) => `${difference} ${listed?.redemption ?? "-"}`);

const list = (): string =>
  [
    HEAD,
    row("same", "0.10"),
    row("lost", "0.10"),
    row("back", "0.10", "back-reversed"),
    row("other", "0.10"),
    row("amount", "0.05"),
    row("same", "0.10"),
    "",
  ].join("\r\n");

describe("reconcile", () => {
  it("tells each way in which a row can differ, and changes nothing", async () => {
    const before = { ...engine.find(CAMPAIGN)!.state.books };
    const told = await run(`\ufeff${list()}`);
    expect(differences(told)).toEqual([
      "matched same",
      "unrecorded lost",
      "unreversed back",
      "elsewhere other",
      "amount amount",
      "twice same",
      "unlisted -",
    ]);
    expect(told).toMatchObject({ code: 1, left: 6, repairs: [] });
    expect(engine.find(CAMPAIGN)!.state.books).toEqual(before);
  });

  it("payout made and not recorded: it is booked once, under the merchant's id", async () => {
    const { spentMinor } = engine.find(CAMPAIGN)!.state.books;
    const told = await run(list(), { apply: true });
    expect(told.repairs.map(({ what, status }) => `${what} ${status}`)).toEqual([
      "redemption redeemed",
      "reversal reversed",
    ]);
    // One came in, one went out.
    expect(engine.find(CAMPAIGN)!.state.books.spentMinor).toBe(spentMinor);
    const again = await run(list(), { apply: true });
    expect(again).toMatchObject({ code: 1, left: 4, repairs: [] });
    expect(engine.find(CAMPAIGN)!.state.books.spentMinor).toBe(spentMinor);
  });

  it("says what a repair was refused for, and that it still differs", async () => {
    clock.set(START_MS + 60 * HOUR_MS);
    await engine.tick();
    clock.set(START_MS + 100 * HOUR_MS);
    const told = await run([HEAD, row("gone", "0.10")].join("\n"), {
      apply: true,
      from: "2026-02-07",
    });
    expect(told).toMatchObject({ code: 1, left: 1 });
    expect(told.repairs).toMatchObject([{ status: "expired", done: false }]);
  });

  it("bears what no reward can pay any more, once, where somebody says why", async () => {
    const admin = (await keys.add({ name: "boss", scope: "admin" }, 1)).secret;
    const ask = { apply: true, from: "2026-02-07", cover: "the till was offline" };
    const file = [HEAD, row("gone", "0.10")].join("\n");
    const told = await run(file, ask, admin);
    expect(told).toMatchObject({ code: 0, left: 0 });
    expect(told.repairs).toMatchObject([{ done: false }, { what: "cover", status: "lost" }]);
    expect(engine.state.campaigns[0]!.books).toMatchObject({ contingencyMinor: 0, lossMinor: 10 });
    const again = await run(file, ask, admin);
    expect(again).toMatchObject({ code: 0, left: 0, repairs: [] });
    expect(again.compared).toMatchObject([{ difference: "covered" }]);
  });

  it("takes back what was borne and is reversed there, where somebody says why", async () => {
    const admin = (await keys.add({ name: "second boss", scope: "admin" }, 1)).secret;
    const file = [HEAD, row("gone", "0.10", "gone-back")].join("\n");
    const differs = await run(file, { from: "2026-02-07" }, admin);
    expect(differs.compared).toMatchObject([{ difference: "unreversed" }]);
    const ask = { apply: true, from: "2026-02-07", cover: "it was never paid" };
    const told = await run(file, ask, admin);
    expect(told).toMatchObject({ code: 0, left: 0 });
    expect(told.repairs).toMatchObject([{ what: "reversal", status: "reversed", done: true }]);
    expect(engine.state.campaigns[0]!.books).toMatchObject({ contingencyMinor: 0, lossMinor: 0 });
    expect((await run(file, ask, admin)).compared).toMatchObject([{ difference: "matched" }]);
    const paid = await run([HEAD, row("gone", "0.10")].join("\n"), { from: "2026-02-07" }, admin);
    expect(paid.compared).toMatchObject([{ difference: "reversed" }]);
  });

  it("looks for what is not listed within the days that were asked for", async () => {
    const told = await run([HEAD, row("same", "0.10")].join("\n"), { to: "2026-02-05" });
    expect(told).toMatchObject({ code: 0, left: 0 });
  });

  it("refuses thousands separators, which may be decimals elsewhere", async () => {
    const quoted = `same,${grants.same},"1,234.00",${NOON},`;
    await expect(run(`${HEAD}\n${quoted}\n`)).rejects.toThrow(
      'line 2: expected an amount above zero such as 1234.50, without separators in column "amount"',
    );
  });

  it("refuses a wrong cell by its line, whatever it is", async () => {
    const wrong = (text: string) => expect(run(text)).rejects;
    await wrong("").toThrow("bakery.csv");
    await wrong(`${HEAD}\n`).toThrow("has a header but no rows");
    await wrong("id,grant,amount,paidAt\na,b,1.00,x\n").toThrow('a column "redemption"');
    await wrong(`${HEAD}\nsame,${grants.same},0.10,06.02.2026,\n`).toThrow("with its zone");
    const currency = `${HEAD},currency\n${row("same", "0.10")},EUR\n`;
    await wrong(currency).toThrow('expected CNY in column "currency", found "EUR"');
    await wrong(`${HEAD}\n,${grants.same},0.10,${NOON},\n`).toThrow('in column "redemption"');
    await wrong(`${HEAD}\n${row("same", "-0.10")}\n`).toThrow("above zero");
  });
});
