// Luck for whoever wants to see it: one drawing from a server and from a journal, drawn again
// without any part of hongbao, and published odds against what was granted.
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { luckFromJournal } from "../src/cli/luck-journal.ts";
import { redraw, sayLuck } from "../src/cli/luck-words.ts";
import { sayOdds } from "../src/cli/odds-words.ts";
import { openTerminal } from "../src/cli/terminal.ts";
import type { LuckView } from "../src/contract/index.ts";
import type { CampaignDefinition } from "../src/core/definition.ts";
import { DrivenClock, type Engine, execute } from "../src/host/index.ts";
import { open } from "../src/host/open.ts";
import { openCampaign } from "../src/host/open-campaign.ts";
import { readDirectory } from "../src/journal/index.ts";
import { oddsReport } from "../src/journal/verify/odds.ts";
import { verifyRecords } from "../src/journal/verify/verify.ts";
import { drillChain, drillRound } from "./simulation/drill-chain.ts";
import { DAY_MS, HOUR_MS, plainCampaign, START_MS } from "./simulation/plain-campaign.ts";

const SCRIPT = join(import.meta.dirname, "../examples/luck/redraw.mjs");
const USERS = 60;
const CHAIN = drillChain(START_MS - HOUR_MS);
const ROUND = 2401;

/** The same campaign with and without a beacon. */
function lucky(id: string, round: number | null): CampaignDefinition {
  const plain = plainCampaign({ budgetMinor: 1_000_000 });
  const entries = [
    { amountMinor: 888, odds: 1 },
    { amountMinor: 88, odds: 9 },
    { amountMinor: 8, odds: 30 },
  ];
  const reward = { kind: "table", entries } as const;
  const envelope = { ...plain.offers[0]!, id: "envelope", reward: { ...reward } };
  const beacon = round === null ? {} : { beacon: { chain: CHAIN, round } };
  return { ...plain, id, offers: [...plain.offers, envelope], ...beacon };
}

let directory: string;
let engine: Engine;
const clock = new DrivenClock(START_MS);
/** Grant ids: of mixed the first and the second draw of a user, and a card. */
const grants = { first: "", second: "", card: "", plain: "" };

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hongbao-luck-"));
  engine = await open({ directory, clock, trustClock: true });
  await openCampaign(engine, lucky("mixed", ROUND));
  await openCampaign(engine, lucky("plain", null));
  clock.set(START_MS + 2 * HOUR_MS);
  const call = { params: { campaign: "mixed" }, query: null, body: drillRound(ROUND) };
  await execute(engine, "campaign.beacon", call);
  const claim = async (campaign: string, id: string, user: string, offer: string) =>
    (await engine.money("claim", campaign, { id, user, offer })).grant!;
  grants.card = await claim("mixed", "card", "user-0", "card");
  for (let i = 0; i < USERS; i++) {
    const grant = await claim("mixed", `first-${i}`, `user-${i}`, "envelope");
    if (i === 0) grants.first = grant;
  }
  grants.second = await claim("mixed", "second-0", "user-0", "envelope");
  grants.plain = await claim("plain", "first", "user-0", "envelope");
  await revise("mixed");
  await claim("mixed", "revised", "user-1", "envelope");
});

afterAll(async () => {
  await engine.close();
  await rm(directory, { recursive: true });
});

/** Equal odds from now on. */
async function revise(campaign: string): Promise<void> {
  const definition = structuredClone(engine.find(campaign)!.state.definition);
  const { reward } = definition.offers[1]!;
  if (reward.kind === "table") for (const entry of reward.entries) entry.odds = 1;
  const body = { definition, version: 1, why: "a test" };
  await execute(engine, "campaign.revise", { params: { campaign }, query: null, body });
}

async function luckOf(campaign: string, grant: string): Promise<LuckView | undefined> {
  const call = { params: { campaign, grant }, query: null, body: null };
  return (await execute(engine, "grant.luck", call)).luck;
}

/** Everything that `work` says. */
function said(work: (terminal: ReturnType<typeof openTerminal>) => void): string {
  const stream = new PassThrough();
  work(openTerminal({ stdout: stream as unknown as NodeJS.WriteStream, env: {} }));
  return String(stream.read());
}

function runScript(luck: object): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT], {
    input: JSON.stringify(luck),
    encoding: "utf8",
  });
  return { code: status, output: stdout + stderr };
}

async function verified() {
  await engine.whenIdle();
  await engine.seal(); // what proves the last record durable for readers
  const reader = await readDirectory(join(directory, "journal"));
  const report = await verifyRecords(reader.records(), { ledgerId: reader.ledgerId });
  expect(report.problems).toEqual([]);
  return report;
}

describe("while the campaign runs", () => {
  it("a drawing is told without the seed, and says when it will be known", async () => {
    const luck = (await luckOf("mixed", grants.second))!;
    expect(luck).toMatchObject({ offer: "envelope", offerOrdinal: 1, drawsBefore: 1 });
    expect(luck.seed).toBeUndefined();
    expect(luck.beacon).toMatchObject({ round: ROUND });
    const text = said((terminal) => sayLuck(terminal, luck, redraw(luck)));
    expect(text).toMatch(/Not yet: the seed stays secret until the campaign is closed/);
    expect(text).toContain(luck.seedCommitment);
  });

  it("without a beacon it says that the operator could have chosen", async () => {
    const luck = (await luckOf("plain", grants.plain))!;
    const text = said((terminal) => sayLuck(terminal, luck, redraw(luck)));
    expect(text.replace(/\s+/g, " ")).toMatch(/None took part. The operator made the seed alone/);
  });

  it("a fixed reward has no luck, and what is unknown is said", async () => {
    expect(await luckOf("mixed", grants.card)).toBeUndefined();
    const ask = (campaign: string, grant: string) =>
      execute(engine, "grant.luck", { params: { campaign, grant }, query: null, body: null });
    expect((await ask("mixed", "nothing")).status).toBe("unknown_grant");
    expect((await ask("elsewhere", grants.first)).status).toBe("unknown_campaign");
  });
});

describe("published odds", () => {
  it("are counted by the server as verify counts them, revised odds apart", async () => {
    const call = { params: { campaign: "mixed" }, query: null, body: null };
    const { odds } = await execute(engine, "campaign.odds", call);
    expect(odds!.map(({ version }) => version)).toEqual([0, 1]);
    const counted = odds!.map(({ entries }) => entries.map(({ granted }) => granted));
    expect(counted.flat().reduce((sum, one) => sum + one, 0)).toBe(USERS + 2);
    const report = (await verified()).campaigns[0]!.odds;
    expect(report.map(({ rows }) => rows.map(({ granted }) => granted))).toEqual(counted);
    expect(report.map(({ grants: all }) => all)).toEqual([USERS + 1, 1]);
    // Sixty-one draws by chance: no alarm.
    expect(report[0]!.p).toBeGreaterThan(0.001);
    const text = said((terminal) => sayOdds(terminal, report, "CNY"));
    expect(text).toMatch(/odds since revision 1/);
    expect(text.replace(/\s+/g, " ")).toMatch(/It does not say that anybody cheated/);
  });

  it("have the exact p of binomial counts", () => {
    const entries = [
      { amountMinor: 50, odds: 1 },
      { amountMinor: 1, odds: 1 },
    ];
    const counts = new Map([
      [50, 2],
      [1, 8],
    ]);
    const { rows, p } = oddsReport({ offer: "o", version: 0, entries, counts });
    // R: binom.test(2, 10)$p.value
    expect(rows.map((row) => row.p)).toEqual(
      [0.109375, 0.109375].map((one) => expect.closeTo(one)),
    );
    expect(p).toBeCloseTo(0.109375, 12);
  });

  it("raise an alarm where a prize comes ten times as often", () => {
    const entries = [
      { amountMinor: 2888, odds: 1 },
      { amountMinor: 88, odds: 99 },
      { amountMinor: 8, odds: 900 },
    ];
    const report = (jackpots: number) =>
      oddsReport({
        ...{ offer: "o", version: 0, entries },
        counts: new Map([
          [2888, jackpots],
          [88, 99],
          [8, 901 - jackpots],
        ]),
      });
    expect(report(10).p).toBeLessThan(1e-5);
    expect(report(1).p).toBeGreaterThan(0.5);
  });

  it("say nothing where nothing was drawn, and add equal amounts up", () => {
    const entries = [
      { amountMinor: 5, odds: 1 },
      { amountMinor: 5, odds: 2 },
    ];
    const none = oddsReport({ offer: "o", version: 0, entries, counts: new Map() });
    expect(none).toMatchObject({ p: null, grants: 0, rows: [{ odds: 3, p: null }] });
    const some = oddsReport({ offer: "o", version: 0, entries, counts: new Map([[5, 4]]) });
    expect(some).toMatchObject({ p: null, grants: 4, rows: [{ expected: 4, granted: 4 }] });
  });
});

describe("once the campaign is closed", () => {
  beforeAll(async () => {
    for (const days of [12, 14, 24]) {
      clock.set(START_MS + days * DAY_MS);
      await engine.tick();
    }
    for (const campaign of ["mixed", "plain"]) {
      const call = { params: { campaign }, query: null, body: {} };
      expect((await execute(engine, "campaign.close", call)).status).toBe("ok");
    }
  });

  it("a drawing is drawn again, step by step", async () => {
    const luck = (await luckOf("mixed", grants.second))!;
    const redrawn = redraw(luck)!;
    expect(redrawn).toMatchObject({ seedMatches: true, amountMatches: true });
    const text = said((terminal) => sayLuck(terminal, luck, redrawn));
    expect(text).toMatch(/► /);
    expect(text).toContain(luck.seed!);
    expect(text.replace(/\s+/g, " ")).toContain("Round 2,401 of drand");
    const other = { ...luck, seed: "11".repeat(32) };
    expect(redraw(other)!.seedMatches).toBe(false);
    expect(said((terminal) => sayLuck(terminal, other, redraw(other)))).toMatch(/DOES NOT HAVE/);
  });

  it("it is drawn again by a script that knows nothing of hongbao", async () => {
    for (const [campaign, grant] of [
      ["mixed", grants.first],
      ["mixed", grants.second],
      ["plain", grants.plain],
    ] as const) {
      const luck = (await luckOf(campaign, grant))!;
      expect(runScript(luck)).toMatchObject({ code: 0 });
    }
  });

  it("control: the script notices another amount, and another seed", async () => {
    const luck = (await luckOf("mixed", grants.first))!;
    expect(runScript({ ...luck, amountMinor: luck.amountMinor + 1 }).code).toBe(1);
    const other = runScript({ ...luck, seed: "11".repeat(32) });
    expect(other.output).toMatch(/not the one committed to/);
  });

  it("the journal alone says the same, by id and by number", async () => {
    await verified();
    const folder = join(directory, "journal");
    for (const grant of [grants.first, grants.second]) {
      const luck = (await luckOf("mixed", grant))!;
      expect((await luckFromJournal(folder, "mixed", grant)).luck).toEqual(luck);
      const byNumber = await luckFromJournal(folder, "mixed", String(luck.ordinal));
      expect(byNumber.luck).toEqual({ ...luck, grant: String(luck.ordinal) });
    }
    expect(await luckFromJournal(folder, "mixed", grants.card)).toEqual({});
    await expect(luckFromJournal(folder, "mixed", "4000")).rejects.toThrow(/a grant of campaign/);
    await expect(luckFromJournal(folder, "mixed", "?!")).rejects.toThrow(/a grant's id, or its/);
    await expect(luckFromJournal(folder, null, "0")).rejects.toThrow(/mixed, plain/);
  });
});
