// What became of a grant and of a campaign, over HTTP: every event with its place, also those that
// touch a grant only by a revision or by another grant, and none of anybody else's.
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, createClient } from "../src/client/index.ts";
import { parseCampaignFile, type Scope } from "../src/contract/index.ts";
import { dataPaths } from "../src/host/data-directory.ts";
import { eventsFrom, type StreamedEvent } from "../src/host/event-stream.ts";
import { readDirectory } from "../src/journal/index.ts";
import { Keys, memoryKeyStore, type RunningServer, startServer } from "../src/server/index.ts";
import { LogFollower } from "../src/transparency/log-follower.ts";
import { anotherId, CAMPAIGN, campaignYaml, DAY_MS, STARTS_AT_MS } from "./contract/campaign.ts";
import { LoggedLedger } from "./transparency.fixture.ts";

const LINES = `
contingency: { line: cost centre 4711, amount: 40.00 }
compensation: { budget: 75.00, amount: 25.00, expires: { after: 2d } }
`;
const SHA = "ab".repeat(32);
const HOSTILE = "<img src=x onerror=alert(1)>";

let ledger: LoggedLedger;
let follower: LogFollower;
let server: RunningServer;
let keys: Keys;
let admin: Client;
const clients: Client[] = [];

async function clientOf(scope: Scope): Promise<Client> {
  const input = { name: scope, scope, ...(scope === "merchant" && { merchant: "tea" }) };
  const { secret } = await keys.add(input, 0);
  const client = createClient({ url: server.url, key: secret });
  clients.push(client);
  return client;
}

async function start(): Promise<void> {
  const { journal, log, secrets } = dataPaths(ledger.directory);
  follower = await LogFollower.start(ledger.engine, {
    place: { journal, log, secrets },
    intervalMs: 20,
    witnesses: [],
    onNotice: (text) => ledger.notices.push(text),
  });
  const options = { engine: ledger.engine, follower: Promise.resolve(follower), keys, port: 0 };
  server = await startServer({ ...options, logLevel: "silent" });
  await server.ready;
  admin = await clientOf("admin");
}

async function stop(): Promise<void> {
  for (const client of clients.splice(0)) await client.close();
  await server.close();
  await ledger.engine.close();
  await follower.close();
}

beforeAll(async () => {
  ledger = await LoggedLedger.make(campaignYaml() + LINES);
  keys = await Keys.open(memoryKeyStore());
  await start();
});

afterAll(async () => {
  await stop();
  await ledger.remove();
});

async function typesOf(grant: string): Promise<string[]> {
  const { history } = await admin.grant.history({ campaign: CAMPAIGN, grant });
  return history!.map(({ type }) => type);
}

async function allEvents(): Promise<StreamedEvent[]> {
  const reader = await readDirectory(dataPaths(ledger.directory).journal);
  const events: StreamedEvent[] = [];
  for await (const event of eventsFrom({ read: () => reader.records() }, 1, [])) events.push(event);
  return events;
}

describe("the history of a grant", () => {
  it("has what was done to it, by whom and why, and where that stands in the journal", async () => {
    const [grant, other] = await ledger.grant(2);
    const of = { campaign: CAMPAIGN, grant: grant! };
    await admin.grant.hold({ ...of, id: "h-1", why: HOSTILE, evidence: "case 381" });
    await admin.grant.release({ ...of, id: "l-1", why: "cleared" });
    const app = await clientOf("app");
    await app.redeem({ ...of, id: "o-1", amountMinor: 1000 });
    await app.redeem({ ...of, id: "o-2", amountMinor: 500 });
    await admin.reverse({ campaign: CAMPAIGN, redemption: "o-1", id: "v-1" });
    await admin.grant.clawback({ ...of, id: "b-1", why: "after all" });
    await admin.grant.repay({ ...of, id: "p-1", why: "paid back", amountMinor: 200 });
    await app.redeem({ campaign: CAMPAIGN, grant: other!, id: "o-3" });
    const { history, more } = await admin.grant.history(of);
    expect(more).toBe(false);
    expect(history!.map(({ sequence: _, index: __, atMs: ___, ...said }) => said)).toEqual([
      { type: "granted", amountMinor: 2500 },
      {
        type: "held",
        amountMinor: 2500,
        by: expect.any(String),
        why: HOSTILE,
        evidence: "case 381",
      },
      expect.objectContaining({ type: "released", why: "cleared", untilMs: expect.any(Number) }),
      { type: "redeemed", amountMinor: 1000, restMinor: 1500, redemption: 0 },
      { type: "redeemed", amountMinor: 500, restMinor: 1000, redemption: 1 },
      { type: "reversed", amountMinor: 1000, redemption: 0, redeemableAgain: true },
      expect.objectContaining({ type: "clawed_back", amountMinor: 2000, owedMinor: 500 }),
      expect.objectContaining({ type: "receivable_settled", amountMinor: 200, owedMinor: 300 }),
    ]);
    const events = await allEvents();
    for (const { sequence, index, type } of history!) {
      const found = events.find((one) => one.sequence === sequence && one.index === index);
      expect(found).toMatchObject({ type, grant: 0 });
    }
    expect(await typesOf(other!)).toEqual(["granted", "redeemed"]);
  });

  it("has a payment without cover, booked and taken back", async () => {
    const [grant] = await ledger.grant(1);
    const of = { campaign: CAMPAIGN, grant: grant! };
    const app = await clientOf("app");
    await app.cancel({ ...of, id: "x-1" });
    const paid = { amountMinor: 2500, paidAtMs: STARTS_AT_MS, why: "the till was offline" };
    await admin.grant.cover({ ...of, id: "t-1", ...paid });
    await admin.grant.uncover({ ...of, id: "u-1", cover: "t-1", why: "booked twice" });
    const { history } = await admin.grant.history(of);
    expect(history!.slice(1)).toMatchObject([
      { type: "cancelled", amountMinor: 2500 },
      { type: "contingency", amountMinor: 2500, lostMinor: 0, why: "the till was offline" },
      { type: "contingency", amountMinor: -2500, takenBack: true, why: "booked twice" },
    ]);
  });

  it("has the grant that was given in its place, and that one says for which", async () => {
    const [grant] = await ledger.grant(1);
    const line = { user: "u-4", grant: grant! };
    const { results } = await admin.campaign.compensate({
      ...{ campaign: CAMPAIGN, batch: "lost", why: "vanished", total: 1, sha256: SHA },
      lines: [line],
    });
    const better = results![0]!.grant!;
    const { history } = await admin.grant.history({ campaign: CAMPAIGN, grant: grant! });
    expect(history).toMatchObject([{ type: "granted" }, { type: "made_good", grant: better }]);
    const made = await admin.grant.history({ campaign: CAMPAIGN, grant: better });
    expect(made.history).toMatchObject([{ type: "granted", grant }]);
  });

  it("has a revision that moved its expiry, and the expiry that it came to", async () => {
    const [early, extended] = await ledger.grant(2);
    ledger.clock.set(STARTS_AT_MS + DAY_MS);
    const expiresAtMs = STARTS_AT_MS + 5 * DAY_MS;
    const longer = { campaign: CAMPAIGN, grant: extended!, id: "e-1", why: "shop closed" };
    await admin.grant.extend({ ...longer, expiresAtMs });
    await admin.campaign.revise({
      ...{ campaign: CAMPAIGN, version: 1, why: "longer", moveExpiry: ["card"] },
      yaml: `${campaignYaml().replace("expires: { after: 2d }", "expires: { after: 4d }")}${LINES}`,
    });
    const [late] = await ledger.grant(1);
    ledger.clock.set(STARTS_AT_MS + 6 * DAY_MS);
    await expect.poll(() => typesOf(early!)).toContain("expired");
    const { history } = await admin.grant.history({ campaign: CAMPAIGN, grant: early! });
    expect(history).toMatchObject([
      { type: "granted", atMs: STARTS_AT_MS },
      {
        ...{ type: "expiry_moved", version: 1, why: "longer" },
        ...{ fromMs: STARTS_AT_MS + 2 * DAY_MS, untilMs: STARTS_AT_MS + 4 * DAY_MS },
      },
      { type: "expired", amountMinor: 2500 },
    ]);
    expect(await typesOf(late!)).toEqual(["granted", "expired"]);
    // The revision moved nothing of what lived longer already.
    const own = await admin.grant.history({ campaign: CAMPAIGN, grant: extended! });
    const told = { type: "extended", fromMs: STARTS_AT_MS + 2 * DAY_MS, untilMs: expiresAtMs };
    expect(own.history).toMatchObject([
      { type: "granted" },
      { ...told, why: "shop closed", by: expect.any(String) },
      { type: "expired" },
    ]);
  });

  it("is for viewers and admins, and names what is unknown", async () => {
    const [grant] = await ledger.grant(1);
    const of = { campaign: CAMPAIGN, grant: grant! };
    const viewer = await clientOf("viewer");
    expect((await viewer.grant.history(of)).status).toBe("ok");
    for (const scope of ["app", "merchant"] as const) {
      const client = await clientOf(scope);
      await expect(client.grant.history(of)).rejects.toMatchObject({ code: "forbidden" });
    }
    expect((await admin.grant.history({ ...of, campaign: "none" })).status).toBe(
      "unknown_campaign",
    );
    const unknown = await admin.grant.history({ ...of, grant: anotherId(grant!) });
    expect(unknown.status).toBe("unknown_grant");
  });
});

describe("the history of a campaign", () => {
  it("has every version with who, why, and what changed", async () => {
    await admin.campaign.pause({ campaign: CAMPAIGN });
    await admin.campaign.resume({ campaign: CAMPAIGN });
    const { history, more } = await admin.campaign.versions({ campaign: CAMPAIGN });
    expect(more).toBe(false);
    expect(history).toMatchObject([
      { type: "opened", sequence: 1, index: 0 },
      { type: "compensated", name: "lost", count: 1, why: "vanished" },
      {
        ...{ type: "revised", version: 1, why: "longer", by: expect.any(String) },
        changes: [{ path: "offers card expires after", from: "2 days", to: "4 days" }],
      },
      { type: "paused" },
      { type: "resumed" },
    ]);
  });
});

describe("the file of a campaign", () => {
  it("says what is in force, so that handing it in changes nothing", async () => {
    const { status, yaml, version } = await (await clientOf("viewer")).campaign.file({
      campaign: CAMPAIGN,
    });
    expect({ status, version }).toEqual({ status: "ok", version: 1 });
    expect(yaml).toContain("# Campaign suite as version 1 has it");
    expect(yaml).toContain("expires: { after: 4d }");
    const asked = { campaign: CAMPAIGN, yaml: yaml!, version: 2, why: "a look" };
    const preview = await admin.campaign.revise({ ...asked, preview: true });
    expect(preview).toMatchObject({ status: "ok", changes: [], grantsMoved: 0 });
    // Not even a version is used up.
    expect(await admin.campaign.revise(asked)).toMatchObject({ status: "ok", version: 1 });
  });

  it("is there of every version", async () => {
    const opened = await admin.campaign.file({ campaign: CAMPAIGN, version: "0" });
    expect(opened.yaml).toContain("# Campaign suite as it was opened");
    expect(opened.yaml).toContain("expires: { after: 2d }");
    const inForce = await admin.campaign.file({ campaign: CAMPAIGN, version: "1" });
    expect(inForce.yaml).toBe((await admin.campaign.file({ campaign: CAMPAIGN })).yaml);
    await expect(admin.campaign.file({ campaign: CAMPAIGN, version: "2" })).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining("expected a version from 0 to 1, found 2"),
    });
    expect((await admin.campaign.file({ campaign: "none" })).status).toBe("unknown_campaign");
  });

  it("is not made where it would say something else: the definition is, and why", async () => {
    const { definition } = parseCampaignFile(campaignYaml().replace(CAMPAIGN, "halves"));
    await admin.campaign.open({ definition: { ...definition!, settlingLagMs: 500 } });
    const answer = await admin.campaign.file({ campaign: "halves" });
    expect(answer.yaml).toBeUndefined();
    expect(answer.problems).toMatchObject([{ path: "settlingLag", expected: "0.5 seconds" }]);
    const changed = { ...answer.definition!, title: "Halves" };
    const asked = { campaign: "halves", version: 1, why: "a title", definition: changed };
    expect((await admin.campaign.revise(asked)).changes).toMatchObject([{ path: "title" }]);
  });
});

describe("the trails behind it", () => {
  it("outlive a restart, and are made again where they were lost or never kept", async () => {
    const [grant] = await ledger.grant(1);
    const of = { campaign: CAMPAIGN, grant: grant! };
    const app = await clientOf("app");
    await app.redeem({ ...of, id: "o-9" });
    const before = await admin.grant.history(of);
    expect(before.history!.map(({ type }) => type)).toEqual(["granted", "redeemed"]);
    const { log } = dataPaths(ledger.directory);
    const head = join(log, "head");
    const damages = [
      async () => {},
      async () => rm(join(log, "trails")),
      async () => {
        const { trails: _, ...older } = JSON.parse(await readFile(head, "utf8"));
        await writeFile(head, `${JSON.stringify(older)}\n`);
      },
    ];
    for (const damage of damages) {
      await stop();
      await damage();
      await ledger.open();
      await start();
      const after = await expect
        .poll(() => admin.grant.history(of).catch(() => null))
        .not.toBeNull()
        .then(() => admin.grant.history(of));
      expect(after.history).toEqual(before.history);
    }
    expect(ledger.notices.join()).toContain("an older version kept no trails of grants");
  });
});

describe("the grace of a release", () => {
  it("ends with the campaign, and comes back where that closes later after all", async () => {
    const closesAtMs = Date.parse("2026-03-01T00:00:00+08:00");
    const [grant] = await ledger.grant(1);
    const of = { campaign: CAMPAIGN, grant: grant! };
    await admin.grant.hold({ ...of, id: "h-9", why: "looks odd" });
    const releasedAtMs = closesAtMs - DAY_MS / 4;
    ledger.clock.set(releasedAtMs);
    const released = await admin.grant.release({ ...of, id: "r-9", why: "is fine" });
    expect(released).toMatchObject({ status: "released", expiresAtMs: closesAtMs });
    const longer = campaignYaml().replace("expires: { after: 2d }", "expires: { after: 4d }");
    const later = `${longer.replace("closes: 2026-03-01", "closes: 2026-03-08")}${LINES}`;
    await admin.campaign.revise({
      ...{ campaign: CAMPAIGN, version: 2, why: "a week more", moveExpiry: ["card"] },
      yaml: later,
    });
    const untilMs = releasedAtMs + DAY_MS;
    expect((await admin.grant.show(of)).grant).toMatchObject({ expiresAtMs: untilMs });
    const { history } = await admin.grant.history(of);
    expect(history!.at(-1)).toMatchObject({
      ...{ type: "expiry_moved", version: 2, why: "a week more" },
      ...{ fromMs: closesAtMs, untilMs },
    });
  });
});
