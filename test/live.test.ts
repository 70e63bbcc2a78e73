// The live stream and the history of a campaign against a real server: what they say is what the
// books say, for however many listeners, through restarts, and nobody who listens badly costs more.
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LIMITS } from "../src/base/limits.ts";
import { type Client, createClient, type LiveView } from "../src/client/index.ts";
import { execute } from "../src/host/index.ts";
import { Keys, memoryKeyStore, type RunningServer, startServer } from "../src/server/index.ts";
import { CAMPAIGN, campaignYaml, DAY_MS, MINUTE_MS, STARTS_AT_MS } from "./contract/campaign.ts";
import { type Drill, openDrill } from "./contract/subjects.ts";
import { eventually } from "./transparency.fixture.ts";

const campaign = CAMPAIGN;
let drill: Drill;
let keys: Keys;
let server: RunningServer;
const clients: Client[] = [];

beforeEach(async () => {
  drill = await openDrill();
  keys = await Keys.open(memoryKeyStore());
  server = await start(0);
});

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await server.close();
  await drill.engine.close();
});

function start(port: number): Promise<RunningServer> {
  return startServer({ engine: drill.engine, keys, port, logLevel: "silent" });
}

async function clientOf(scope: "viewer" | "admin" | "app", more: object = {}): Promise<Client> {
  const { secret } = await keys.add({ name: scope, scope, ...more }, 1);
  const client = createClient({ url: server.url, key: secret, totalMs: 0 });
  clients.push(client);
  return client;
}

/** The first snapshot that fits; of them many come a second. */
async function until(
  client: Client,
  fits: (view: LiveView) => boolean = () => true,
): Promise<LiveView> {
  for await (const view of client.live({ campaign })) if (fits(view)) return view;
  throw new Error("the stream ended");
}

/** Claims of many users, some of whom ask too often or twice, in batches and one by one. */
async function load(app: Client): Promise<void> {
  const lines = Array.from({ length: 60 }, (_, i) => {
    return { id: `c${i}`, user: `u${i % 12}`, offer: "envelope" };
  });
  for await (const _ of app.claims.batch(campaign, lines));
  for await (const _ of app.claims.batch(campaign, lines.slice(0, 5)));
  const { grant } = await app.claim({ campaign, id: "single", user: "ann", offer: "card" });
  await app.claim({ campaign, user: "ann", offer: "later" });
  await app.redeem({ campaign, grant: grant!, attributes: { merchant: "m-1" } });
}

async function statusOf(path: string, key: string): Promise<number> {
  const stop = new AbortController();
  const headers = { authorization: `Bearer ${key}` };
  const { status } = await fetch(`${server.url}${path}`, { headers, signal: stop.signal });
  stop.abort();
  return status;
}

describe("a live snapshot", () => {
  test("says what the books say, and counts every answer once", async () => {
    const [app, viewer] = [await clientOf("app"), await clientOf("viewer")];
    const answered = until(viewer, ({ server: { latency } }) => latency.redeem !== undefined);
    await load(app);
    const { latency } = (await answered).server;
    expect(latency.redeem!.answers).toBe(1);
    // Two batches, beside claims that came one by one.
    expect(latency["claim.batch"]!.answers).toBe(2);
    const view = await until(viewer);
    const { books, sequence } = await viewer.campaign.show({ campaign });
    expect(view.books).toEqual(books);
    expect(view.sequence).toBe(sequence);
    expect(view.answers.byOperation).toEqual({
      claim: { granted: 37, cap_reached: 24, not_open: 1, replayed: 5 },
      redeem: { redeemed: 1 },
    });
    const { granted } = view.answers.byOperation.claim!;
    expect(granted).toBe(books!.counts.grants);
    expect(view.answers.byCap).toEqual({ "user-total": 24 });
    expect(view.issuedMinor).toBe(books!.spentMinor + books!.reservedMinor + books!.settlingMinor);
    expect(view.redeemedMinor).toBe(books!.spentMinor);
    const outlook = await viewer.campaign.outlook({ campaign });
    expect(view.outlook!.expected).toEqual(outlook.expected);
    expect(view.server).toMatchObject({ waitingLines: 0, diskFull: false });
  });

  test("has the newest events, a few of each kind, and says how many it passed over", async () => {
    const [app, viewer] = [await clientOf("app"), await clientOf("viewer")];
    let grants = 0;
    let isListening = false;
    const counted = until(viewer, ({ events, passedOver }) => {
      isListening = true;
      const fresh = events.filter(({ type }) => type === "granted");
      expect(fresh.length).toBeLessThanOrEqual(3);
      grants += fresh.length + passedOver;
      return grants >= 36;
    });
    while (!isListening) await sleep(20);
    const lines = Array.from({ length: 36 }, (_, i) => {
      return { id: `c${i}`, user: `u${i}`, offer: "envelope" };
    });
    for await (const _ of app.claims.batch(campaign, lines));
    const { events } = await counted;
    expect(grants).toBe(36);
    expect(events.at(-1)).toMatchObject({ type: "granted", campaign });
    // What is made up for others, such as an arm, is not news.
    expect(events.some(({ type }) => type === "assigned")).toBe(false);
  });

  test("goes to all who listen, and is made for nobody when nobody does", async () => {
    const viewer = await clientOf("viewer");
    const read = (): number => drill.engine.load.decided;
    const idle = read();
    await sleep(3 * LIMITS.liveMs);
    expect(read()).toBe(idle);
    const views = await Promise.all(Array.from({ length: 5 }, () => until(viewer)));
    expect(new Set(views.map(({ sequence }) => sequence)).size).toBe(1);
    await eventually(async () => (drill.engine.durableListeners.size === 0 ? true : null));
    await sleep(2 * LIMITS.liveMs);
    const after = read();
    // Of the books and of the outlook once a turn, not once for each of five.
    expect(after - idle).toBeLessThan(10);
    await sleep(4 * LIMITS.liveMs);
    expect(read()).toBe(after);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toContain("hongbao_live_streams 0");
  });

  test("is not kept for somebody who does not read it", async () => {
    const { secret } = await keys.add({ name: "deaf", scope: "viewer" }, 1);
    const socket = connect(server.port, "127.0.0.1");
    socket.pause();
    await once(socket, "connect");
    socket.write(
      `GET /v1/campaigns/${campaign}/live HTTP/1.1\r\nhost: x\r\n` +
        `authorization: Bearer ${secret}\r\n\r\n`,
    );
    const viewer = await clientOf("viewer");
    const heapBefore = process.memoryUsage().arrayBuffers;
    let seen = 0;
    await until(viewer, () => {
      seen += 1;
      return seen === 8;
    });
    expect(process.memoryUsage().arrayBuffers - heapBefore).toBeLessThan(8_000_000);
    socket.destroy();
  });
});

describe("a live stream", () => {
  test("comes back by itself when the server does", async () => {
    const viewer = await clientOf("viewer");
    const stop = new AbortController();
    const seen: number[] = [];
    const following = (async () => {
      for await (const view of viewer.live({ campaign, signal: stop.signal })) {
        seen.push(view.books.counts.grants);
      }
    })();
    while (seen.length === 0) await sleep(20);
    const { port } = server;
    await server.close();
    await drill.engine.money("claim", campaign, { id: "c1", user: "ann", offer: "card" });
    server = await start(port);
    while (seen.at(-1) !== 1) await sleep(20);
    stop.abort();
    await following;
    expect(seen[0]).toBe(0);
  });

  test("is for who may see the campaign, and ends with his key", async () => {
    const path = `/v1/campaigns/${campaign}/live`;
    const secretOf = async (scope: "app" | "viewer", more: object = {}): Promise<string> => {
      return (await keys.add({ name: scope, scope, ...more }, 1)).secret;
    };
    expect(await statusOf(path, "hb_k-x_yyyyyyyyyyyyyyyyyyyy")).toBe(401);
    expect(await statusOf(path, await secretOf("app"))).toBe(403);
    expect(await statusOf(path, await secretOf("viewer", { campaign: "other" }))).toBe(403);
    expect(await statusOf(path, await secretOf("viewer", { campaign }))).toBe(200);
    const viewer = await secretOf("viewer");
    expect(await statusOf("/v1/campaigns/nowhere/live", viewer)).toBe(404);
    expect(await statusOf(path, viewer)).toBe(200);
    const { key, secret } = await keys.add({ name: "brief", scope: "viewer" }, 1);
    const brief = createClient({ url: server.url, key: secret, totalMs: 0 });
    clients.push(brief);
    const following = until(brief, () => false);
    await sleep(300);
    await keys.revoke(key.key, 2);
    await expect(following).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("is refused beyond the most that there may be, and does not hold up a stop", async () => {
    const { secret } = await keys.add({ name: "many", scope: "viewer" }, 1);
    const path = `/v1/campaigns/${campaign}/live`;
    const headers = { authorization: `Bearer ${secret}` };
    const open = await Promise.all(
      Array.from({ length: LIMITS.liveStreams }, async () => {
        const stop = new AbortController();
        const { status } = await fetch(`${server.url}${path}`, { headers, signal: stop.signal });
        return { status, stop };
      }),
    );
    expect(open.every(({ status }) => status === 200)).toBe(true);
    expect(await statusOf(path, secret)).toBe(503);
    for (const { stop } of open) stop.abort();
    await eventually(async () => ((await statusOf(path, secret)) === 200 ? true : null));
    const viewer = await clientOf("viewer");
    const stop = new AbortController();
    const following = (async () => {
      for await (const _ of viewer.live({ campaign, signal: stop.signal }));
    })();
    await sleep(300);
    const startedMs = performance.now();
    await server.close();
    expect(performance.now() - startedMs).toBeLessThan(5000);
    stop.abort();
    await following;
  });
});

describe("the history of a campaign", () => {
  test("adds up to the books, in steps that stay few", async () => {
    const [app, viewer] = [await clientOf("app"), await clientOf("viewer")];
    const early = await viewer.campaign.history({ campaign });
    expect(early.history!.grants).toEqual([]);
    const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0);
    await load(app);
    for (const days of [0, 1, 3]) {
      drill.clock.set(STARTS_AT_MS + days * DAY_MS + MINUTE_MS);
      await app.claim({ campaign, user: `of day ${days}`, offer: "card" });
      const { history } = await viewer.campaign.history({ campaign });
      const { books } = await viewer.campaign.show({ campaign });
      const { issuedMinor, redeemedMinor } = await until(viewer);
      expect(sum(history!.grants)).toBe(books!.counts.grants);
      expect(sum(history!.redemptions)).toBe(books!.counts.redemptions);
      expect(sum(history!.issuedMinor)).toBe(issuedMinor);
      expect(sum(history!.redeemedMinor)).toBe(redeemedMinor);
      const { grants, stepMs, fromMs } = history!;
      expect(grants.length).toBeLessThanOrEqual(LIMITS.historySteps);
      expect(grants.at(-1)).toBeGreaterThan(0);
      const lastMs = fromMs + grants.length * stepMs;
      expect(lastMs - (STARTS_AT_MS + days * DAY_MS + MINUTE_MS)).toBeGreaterThan(0);
    }
    const unknown = await viewer.campaign.history({ campaign: "nowhere" });
    expect(unknown).toMatchObject({ status: "unknown_campaign", campaign: "nowhere" });
  });

  test("is the same when it is added up in many turns, or by steps as they came", async () => {
    const { StepSums } = await import("../src/host/live/step-sums.ts");
    const { state } = drill.engine.find(campaign)!;
    const asTheyCame = new StepSums();
    for (let i = 0; i < 30; i++) {
      drill.clock.set(STARTS_AT_MS + i * i * 400_000);
      const claim = { id: `c${i}`, user: `u${i}`, offer: "envelope" };
      const { grant } = await drill.engine.money("claim", campaign, claim);
      if (i % 3 === 0) {
        await drill.engine.money("redeem", campaign, { id: `r${i}`, grant: grant! });
      }
      expect(asTheyCame.catchUp(state, 100)).toBe(true);
    }
    const inTurns = new StepSums();
    let turns = 1;
    while (!inTurns.catchUp(state, 4)) turns += 1;
    expect(turns).toBe(8);
    expect(inTurns).toEqual(asTheyCame);
    expect(inTurns.stepMs).toBeGreaterThan(1000);
  });

  test("a campaign that has not started has none yet, and its plan is known", async () => {
    const yaml = campaignYaml().replace(`campaign: ${campaign}`, "campaign: ahead");
    const body = { yaml: yaml.replaceAll("2026-", "2027-") };
    await execute(drill.engine, "campaign.open", { params: {}, query: null, body });
    const viewer = await clientOf("viewer");
    const { history } = await viewer.campaign.history({ campaign: "ahead" });
    expect(history).toMatchObject({ grants: [], planBy: "even" });
    expect(history!.plan.at(-1)!.minor).toBe(100_000);
  });
});
