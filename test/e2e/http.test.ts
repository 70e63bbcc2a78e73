// What only HTTP has: keys and scopes, batches as bytes, the event stream, overload, and the end of
// a server that still has requests to answer.
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Client, createClient, HongbaoError } from "../../src/client/index.ts";
import { Engine, MemorySecrets } from "../../src/host/index.ts";
import { createMemoryJournal } from "../../src/journal/memory-journal.ts";
import type { Journal } from "../../src/journal/port.ts";
import { Keys, memoryKeyStore, type RunningServer, startServer } from "../../src/server/index.ts";
import { CAMPAIGN, campaignYaml, STARTS_AT_MS } from "../contract/campaign.ts";
import { type Drill, openDrill } from "../contract/subjects.ts";

const campaign = CAMPAIGN;
let drill: Drill;
let keys: Keys;
let server: RunningServer;
const clients: Client[] = [];

beforeEach(async () => {
  drill = await openDrill();
  keys = await Keys.open(memoryKeyStore());
  server = await startServer({ engine: drill.engine, keys, port: 0, logLevel: "silent" });
});

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await server.close();
  await drill.engine.close();
});

async function keyOf(scope: "admin" | "app" | "viewer" | "merchant", more: object = {}) {
  return (await keys.add({ name: scope, scope, ...more }, 1)).secret;
}

function clientOf(key: string, url: string = server.url): Client {
  const client = createClient({ url, key, totalMs: 0 });
  clients.push(client);
  return client;
}

async function post(path: string, body: string | Uint8Array, headers: Record<string, string>) {
  const key = await keyOf("app");
  const response = await fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, ...headers },
    body: body as string,
  });
  return { http: response.status, headers: response.headers, text: await response.text() };
}

const JSON_TYPE = { "content-type": "application/json" };
const NDJSON = { "content-type": "application/x-ndjson" };
const CLAIMS = `/v1/campaigns/${campaign}/claims`;

describe("a body with a key twice", () => {
  test("is refused with the key's path, also where a batch has it", async () => {
    const twice = '{"id":"c1","user":"ann","offer":"card","attributes":{"ip":"a","\\u0069p":"b"}}';
    const error = { code: "invalid_request", path: "$.attributes.ip", found: "this one again" };
    const single = await post(CLAIMS, twice, JSON_TYPE);
    expect(single.http).toBe(400);
    expect(JSON.parse(single.text)).toMatchObject({ error });
    const batch = await post(`${CLAIMS}/batch`, `${twice}\n`, NDJSON);
    expect(JSON.parse(batch.text)).toMatchObject({ error });
    expect(drill.engine.find(campaign)!.state.grantCount).toBe(0);
  });
});

describe("keys", () => {
  test("a request without a key, or with a wrong one, is told so and changes nothing", async () => {
    for (const headers of [{}, { authorization: "Bearer hb_k-x_yyyyyyyyyyyyyyyyyyyy" }]) {
      const response = await fetch(`${server.url}${CLAIMS}`, {
        method: "POST",
        headers: { ...JSON_TYPE, ...headers },
        body: JSON.stringify({ id: "c1", user: "ann", offer: "card" }),
      });
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      expect(await response.json()).toMatchObject({ error: { code: "unauthenticated" } });
    }
    expect(drill.engine.find(campaign)!.state.grantCount).toBe(0);
  });

  test("a key may do what its scope allows, and no more", async () => {
    const viewer = clientOf(await keyOf("viewer"));
    await expect(viewer.claim({ campaign, user: "ann", offer: "card" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(viewer.campaign.show({ campaign })).resolves.toMatchObject({ status: "ok" });
    const app = clientOf(await keyOf("app"));
    await expect(app.keys.list()).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a revoked key is refused at once, on open connections too", async () => {
    const admin = clientOf(await keyOf("admin"));
    const added = await admin.keys.add({ name: "app", scope: "app" });
    const app = clientOf(added.secret);
    await expect(app.claim({ campaign, user: "ann", offer: "card" })).resolves.toMatchObject({
      status: "granted",
    });
    await admin.keys.revoke({ key: added.key.key });
    await expect(app.claim({ campaign, user: "ann", offer: "card" })).rejects.toMatchObject({
      code: "unauthenticated",
    });
    const { keys: listed } = await admin.keys.list();
    expect(JSON.stringify(listed)).not.toContain(added.secret.split("_")[2]);
  });

  test("a key bound to a campaign sees that campaign only", async () => {
    const bound = clientOf(await keyOf("viewer", { campaign: "other" }));
    await expect(bound.campaign.show({ campaign })).rejects.toMatchObject({ code: "forbidden" });
    expect((await bound.campaign.list()).campaigns).toEqual([]);
  });

  test("a merchant redeems and reverses for itself only", async () => {
    const app = clientOf(await keyOf("app"));
    const one = clientOf(await keyOf("merchant", { merchant: "m-1" }));
    const two = clientOf(await keyOf("merchant", { merchant: "m-2" }));
    const grant = (await app.claim({ campaign, user: "ann", offer: "card" })).grant!;
    const spend = { campaign, grant, amountMinor: 1000 };
    const attributes = { merchant: "m-1" };
    for (const foreign of [{ ...spend, attributes: { merchant: "m-2" } }, spend]) {
      await expect(one.redeem(foreign)).rejects.toMatchObject({
        code: "forbidden",
        details: { path: "$.attributes.merchant" },
      });
    }
    const redeemed = await one.redeem({ ...spend, id: "r1", attributes });
    expect(redeemed).toMatchObject({ status: "redeemed" });
    const reversal = { campaign, redemption: "r1" };
    await expect(two.reverse(reversal)).rejects.toMatchObject({ code: "forbidden" });
    await expect(one.reverse(reversal)).resolves.toMatchObject({ status: "reversed" });
    const none = await two.reverse({ campaign, redemption: "no-such" });
    expect(none).toMatchObject({ status: "unknown_redemption" });
  });
});

describe("bodies", () => {
  test("what is not UTF-8, not JSON, or of another type is refused by name", async () => {
    const bad = Buffer.concat([
      Buffer.from('{"id":"c1","user":"'),
      Buffer.from([0xff]),
      Buffer.from('","offer":"card"}'),
    ]);
    expect(await post(CLAIMS, bad, JSON_TYPE)).toMatchObject({ http: 400 });
    const twin = await post(CLAIMS, '{"id":"c1","user":"\\ud800","offer":"card"}', JSON_TYPE);
    expect(JSON.parse(twin.text)).toMatchObject({
      error: { code: "invalid_request", path: "$.user" },
    });
    const xml = await post(CLAIMS, "<claim/>", { "content-type": "application/xml" });
    expect(xml.http).toBe(415);
    const claim = '{"id":"c1","user":"j\u00fcrgen","offer":"none"}';
    for (const charset of ["latin1", '"iso-8859-1"', "UTF-16"]) {
      const type = { "content-type": `application/json; charset=${charset}` };
      const misread = await post(CLAIMS, Buffer.from(claim, "latin1"), type);
      expect([misread.http, JSON.parse(misread.text).error.code]).toEqual([
        415,
        "unsupported_media_type",
      ]);
    }
    for (const charset of ["UTF-8", '"utf8"']) {
      const type = { "content-type": `application/json;charset=${charset}` };
      expect((await post(CLAIMS, claim, type)).http).not.toBe(415);
    }
    const large = await post(CLAIMS, JSON.stringify({ id: "x".repeat(70_000) }), JSON_TYPE);
    expect(large.http).toBe(413);
    expect(drill.engine.find(campaign)!.state.users.count).toBe(0);
  });

  test("of a batch, each bad line is answered by its own error, in its place", async () => {
    const lines = [
      '{"id":"c1","user":"ann","offer":"card"}',
      "not json",
      "",
      '{"id":"c2","user":"bob","offer":"card","extra":1}',
      '{"id":"c3","user":"cy","offer":"card"}',
    ];
    const body = Buffer.concat([Buffer.from(`${lines.join("\n")}\n`), Buffer.from([0xfe, 0x0a])]);
    const { http, text } = await post(`${CLAIMS}/batch`, body, NDJSON);
    expect(http).toBe(200);
    const answers = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(answers.map((answer) => answer.status ?? answer.error.code)).toEqual([
      "granted",
      "invalid_json",
      "invalid_json",
      "invalid_request",
      "granted",
      "invalid_json",
    ]);
    expect(answers[3].error.path).toBe("$.extra");
  });

  test("a long batch is answered line by line, in order", async () => {
    const app = clientOf(await keyOf("app"));
    const lines = Array.from({ length: 3333 }, (_, i) => ({
      id: `c${i}`,
      user: `user-${i}`,
      offer: i % 2 === 0 ? "card" : "nope",
    }));
    let at = 0;
    for await (const answer of app.claims.batch(campaign, lines)) {
      const status = answer instanceof HongbaoError ? answer.code : answer.status;
      if (at % 2 === 1) expect(status).toBe("unknown_offer");
      else expect(status).toBe(at < 80 ? "granted" : "budget_exhausted");
      at += 1;
    }
    expect(at).toBe(3333);
  });
});

describe("the event stream", () => {
  test("it begins where it is told, follows what happens, and resumes after an event", async () => {
    const app = clientOf(await keyOf("app"));
    const viewer = clientOf(await keyOf("viewer"));
    await app.claim({ campaign, id: "c1", user: "ann", offer: "card" });
    const seen: { id: string; type: string }[] = [];
    const follow = async (from: string, count: number) => {
      for await (const event of viewer.events({ from })) {
        seen.push({ id: `${event.sequence}.${event.index}`, type: event.type });
        if (seen.length === count) break;
      }
    };
    const following = follow("0", 5);
    await app.claim({ campaign, id: "c2", user: "bob", offer: "card" });
    await following;
    const types = ["opened", "assigned", "granted", "assigned", "granted"];
    expect(seen.map(({ type }) => type)).toEqual(types);
    const middle = seen[2]!.id;
    const rest = seen.slice(3);
    seen.length = 0;
    await follow(middle, 2);
    expect(seen).toEqual(rest);
  });

  test("from beyond the journal's end it is refused instead of waiting in silence", async () => {
    const viewer = clientOf(await keyOf("viewer"));
    const last = drill.engine.journal.lastSequence;
    const beyond = viewer.events({ from: String(last + 1) })[Symbol.asyncIterator]();
    await expect(beyond.next()).rejects.toMatchObject({
      code: "invalid_request",
      details: { path: "$.from", expected: expect.stringContaining(`at most ${last}`) },
    });
  });

  test("it names nobody", async () => {
    const app = clientOf(await keyOf("app"));
    const viewer = clientOf(await keyOf("viewer"));
    const attributes = { device: "phone-of-ann" };
    await app.claim({ campaign, id: "claim-of-ann", user: "ann", offer: "card", attributes });
    let text = "";
    for await (const event of viewer.events({ from: "1" })) {
      text += JSON.stringify(event);
      if (event.type === "granted") break;
    }
    expect(text).toContain('"user":"');
    for (const name of ["claim-of-ann", "phone-of-ann", '"ann"']) expect(text).not.toContain(name);
  });
});

describe("health, metrics, pages", () => {
  test("metrics count answers by operation and status", async () => {
    const app = clientOf(await keyOf("app"));
    await app.claim({ campaign, user: "ann", offer: "card" });
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(text).toContain('hongbao_requests_total{operation="claim",status="granted"} 1');
    expect(text).toContain('hongbao_answer_seconds_bucket{le="+Inf",operation="claim"} 1');
    expect(text).toMatch(/hongbao_journal_records \d+/);
    expect(text).not.toContain(campaign);
  });

  test("a server whose journal is still being read says so", async () => {
    let open: (engine: Engine) => void = () => {};
    const engine = new Promise<Engine>((resolve) => {
      open = resolve;
    });
    const early = await startServer({ engine, keys, port: 0, logLevel: "silent" });
    const ready = async () => (await fetch(`${early.url}/readyz`)).status;
    expect(await ready()).toBe(503);
    const app = clientOf(await keyOf("app"), early.url);
    const claim = () => app.claim({ campaign, user: "ann", offer: "card" });
    await expect(claim()).rejects.toMatchObject({ code: "not_ready", retryable: true });
    open(drill.engine);
    await early.ready;
    expect(await ready()).toBe(200);
    await expect(claim()).resolves.toMatchObject({ status: "granted" });
    await early.close();
  });

  test("the root leads to a page", async () => {
    // The console, or where none is built the API's page.
    const root = await fetch(`${server.url}/`);
    expect(root.status).toBe(200);
    expect(root.headers.get("content-type")?.toLowerCase()).toBe("text/html; charset=utf-8");
  });

  test("the page and the OpenAPI document know every operation", async () => {
    const page = await (await fetch(`${server.url}/docs`)).text();
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      paths: Record<string, unknown>;
    };
    for (const path of Object.keys(document.paths)) expect(page).toContain(path);
    expect(page).not.toMatch(/(src|href)="https?:/);
  });
});

/** A journal that takes its time, so that requests are under way when something happens. */
function slowJournal(inner: Journal, ms: number): Journal {
  return new Proxy(inner, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      const bound = value.bind(target) as (...given: unknown[]) => unknown;
      if (name !== "append") return bound;
      return async (...given: unknown[]) => {
        await setTimeout(ms);
        return bound(...given);
      };
    },
  });
}

async function openSlow(ms: number): Promise<Engine> {
  const inner = createMemoryJournal({ ledgerId: "slow" });
  const engine = await Engine.open({
    journal: slowJournal(inner, ms),
    secrets: new MemorySecrets(new Uint8Array(32).fill(7)),
    clock: {
      wallMs: () => STARTS_AT_MS + performance.now(),
      monotonicMs: () => performance.now(),
      driven: false,
    },
    ticking: false,
  });
  const { execute } = await import("../../src/host/index.ts");
  const body = { yaml: campaignYaml() };
  await execute(engine, "campaign.open", { params: {}, query: null, body });
  return engine;
}

describe("too much, and the end", () => {
  test("beyond its bound a server refuses before it decides, and says when to return", async () => {
    const engine = await openSlow(150);
    const limits = { requests: 4 };
    const small = await startServer({ engine, keys, port: 0, logLevel: "silent", limits });
    const app = clientOf(await keyOf("app"), small.url);
    const asked = Array.from({ length: 20 }, (_, i) =>
      app
        .claim({ campaign, id: `c${i}`, user: `user-${i}`, offer: "card" })
        .catch((e: unknown) => e),
    );
    const answers = await Promise.all(asked);
    const refused = answers.filter((answer) => answer instanceof HongbaoError);
    expect(refused.length).toBeGreaterThan(0);
    for (const error of refused) {
      expect(error).toMatchObject({ code: "overloaded", retryable: true });
      expect(error.details).toMatchObject({ http: 503, fate: "undecided" });
      expect(error.details.retryAfterMs).toBeGreaterThanOrEqual(200);
    }
    expect(engine.find(campaign)!.state.grantCount).toBe(answers.length - refused.length);
    await small.close();
    await engine.close();
  });

  test("the client comes back by itself until it is let in", async () => {
    const engine = await openSlow(20);
    const limits = { requests: 2 };
    const small = await startServer({ engine, keys, port: 0, logLevel: "silent", limits });
    const app = createClient({ url: small.url, key: await keyOf("app") });
    const asked = Array.from({ length: 12 }, (_, i) =>
      app.claim({ campaign, user: `user-${i}`, offer: "card" }),
    );
    for (const answer of await Promise.all(asked)) expect(answer.status).toBe("granted");
    await app.close();
    await small.close();
    await engine.close();
  });

  test("closing answers what was let in, and nothing more", async () => {
    const engine = await openSlow(300);
    const ending = await startServer({ engine, keys, port: 0, logLevel: "silent" });
    const app = clientOf(await keyOf("app"), ending.url);
    const { decided: before } = engine.load;
    const asked = Array.from({ length: 10 }, (_, i) =>
      app.claim({ campaign, user: `user-${i}`, offer: "card" }),
    );
    const letIn = (): number => engine.load.waiting + engine.load.decided - before;
    for (let tries = 0; letIn() < 10 && tries < 250; tries++) await setTimeout(20);
    const closed = ending.close();
    for (const answer of await Promise.all(asked)) expect(answer.status).toBe("granted");
    await closed;
    const late = app.claim({ campaign, user: "late", offer: "card" });
    await expect(late).rejects.toMatchObject({ code: "unreachable", retryable: true });
    expect(engine.find(campaign)!.state.grantCount).toBe(10);
    await engine.close();
  });

  test("a lost answer has an unknown fate, and the same id settles it", async () => {
    const engine = await openSlow(200);
    const slow = await startServer({ engine, keys, port: 0, logLevel: "silent" });
    const key = await keyOf("app");
    const hasty = createClient({ url: slow.url, key, timeoutMs: 50, totalMs: 0 });
    const request = { campaign, id: "c1", user: "ann", offer: "card" } as const;
    await expect(hasty.claim(request)).rejects.toMatchObject({
      code: "timeout",
      details: { fate: "unknown" },
    });
    await hasty.close();
    const patient = clientOf(key, slow.url);
    const answer = await patient.claim(request);
    expect(answer).toMatchObject({ status: "granted" });
    expect(engine.find(campaign)!.state.grantCount).toBe(1);
    await slow.close();
    await engine.close();
  });

  test.each([
    ["a claim", "app", CLAIMS],
    ["a key to be made", "admin", "/v1/keys"],
  ] as const)("does not wait for the rest of %s", async (_, scope, path) => {
    const head = [
      `POST ${path} HTTP/1.1`,
      "host: x",
      `authorization: Bearer ${await keyOf(scope)}`,
      "content-type: application/json",
      "content-length: 100",
    ];
    const socket = connect(server.port, "127.0.0.1");
    socket.on("error", () => {}); // how the server hangs up is its own affair
    socket.write(`${head.join("\r\n")}\r\n\r\n{`);
    const ended = once(socket, "close");
    const used = connect(server.port, "127.0.0.1");
    used.write("GET /livez HTTP/1.1\r\nhost: x\r\n\r\n");
    await once(used, "data");
    used.write("GET /livez HT"); // half of a second head, after an answer
    await setTimeout(50);
    const startedAtMs = performance.now();
    await server.close();
    expect(performance.now() - startedAtMs).toBeLessThan(3000);
    await ended;
    expect(drill.engine.find(campaign)!.state.grantCount).toBe(0);
  });

  test("takes the rest of a body that is on its way", async () => {
    const client = clientOf(await keyOf("app"));
    await client.claim({ campaign, id: "c0", user: "ann", offer: "card" });
    const body = JSON.stringify({ id: "c1", user: "bob", offer: "card" });
    const head = [
      `POST ${CLAIMS} HTTP/1.1`,
      "host: x",
      `authorization: Bearer ${await keyOf("app")}`,
      "content-type: application/json",
      `content-length: ${body.length}`,
    ];
    const socket = connect(server.port, "127.0.0.1");
    socket.write(`${head.join("\r\n")}\r\n\r\n${body.slice(0, 9)}`);
    await setTimeout(50);
    const closed = server.close();
    await setTimeout(50);
    socket.write(body.slice(9));
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 200 [\s\S]*"granted"/);
    await closed;
  });
});
