// Signed in by a cookie: what it may do, from which pages, and when it ends.
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  fileSessionStore,
  Keys,
  memoryKeyStore,
  type RunningServer,
  startServer,
} from "../../src/server/index.ts";
import { memorySessionStore, SESSION_MS, Sessions } from "../../src/server/sessions.ts";
import { CODE_MS, SignInCodes } from "../../src/server/sign-in-codes.ts";
import { CAMPAIGN } from "../contract/campaign.ts";
import { type Drill, openDrill } from "../contract/subjects.ts";

const JSON_TYPE = { "content-type": "application/json" };
const SAME_PAGE = { "sec-fetch-site": "same-origin" };

let folder: string;
let drill: Drill;
let keys: Keys;
let server: RunningServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-sessions-"));
  drill = await openDrill();
  keys = await Keys.open(memoryKeyStore());
  server = await start();
});

afterEach(async () => {
  await server.close();
  await drill.engine.close();
  await rm(folder, { recursive: true });
});

function start(): Promise<RunningServer> {
  const sessions = fileSessionStore(folder);
  return startServer({ engine: drill.engine, keys, sessions, port: 0, logLevel: "silent" });
}

async function ask(method: string, path: string, headers: object, body?: unknown) {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : JSON_TYPE), ...headers } as Record<string, string>,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    http: response.status,
    answer: JSON.parse(text),
    set: response.headers.get("set-cookie"),
  };
}

/** Signs in; returns the header that the browser sends from then on. */
async function signIn(scope: "admin" | "viewer" = "admin", more: object = {}) {
  const made = await keys.add({ name: "ann at work", scope, ...more }, 1);
  const { http, answer, set } = await ask("POST", "/v1/session", SAME_PAGE, { key: made.secret });
  expect(http).toBe(200);
  return { made, answer, set: set!, cookie: { cookie: set!.split(";")[0]! } };
}

test("a key given once stands in a cookie that no script and no other site can use", async () => {
  const { made, answer, set, cookie } = await signIn();
  const port = new URL(server.url).port;
  expect(set).toMatch(
    new RegExp(`^hongbao-${port}=[0-9a-z]{32}; Path=/; Max-Age=43200; HttpOnly; `),
  );
  expect(set).toContain("SameSite=Strict");
  expect(set).not.toContain("Secure"); // over plain HTTP it would never come back
  expect(answer.key).toEqual(made.key);
  expect(JSON.stringify(answer)).not.toContain(made.secret);
  const shown = await ask("GET", "/v1/session", cookie);
  expect(shown.answer).toMatchObject({ status: "ok", key: made.key });
  expect(shown.answer.expiresAtMs).toBe(answer.expiresAtMs);
  expect((await ask("GET", "/v1/keys", cookie)).http).toBe(200);
});

test("behind a proxy that speaks HTTPS the cookie is Secure", async () => {
  const { secret } = await keys.add({ name: "ann", scope: "viewer" }, 1);
  const proxied = { ...SAME_PAGE, "x-forwarded-proto": "https" };
  expect((await ask("POST", "/v1/session", proxied, { key: secret })).set).toContain("; Secure");
});

test("wrong keys sign nobody in, and the answer repeats none of them", async () => {
  const revoked = await keys.add({ name: "gone", scope: "admin" }, 1);
  await keys.revoke(revoked.key.key, 2);
  const wrong = ["hb_k-x_yyyyyyyyyyyyyyyyyyyy", "", "ключ", revoked.secret, "x".repeat(201)];
  for (const key of wrong) {
    const { http, answer, set } = await ask("POST", "/v1/session", SAME_PAGE, { key });
    expect([400, 401]).toContain(http);
    expect(set).toBeNull();
    if (key !== "") expect(JSON.stringify(answer)).not.toContain(key);
  }
});

test("with a cookie only this server's own pages change something, hot path too", async () => {
  const { cookie } = await signIn("admin");
  const given: string[] = [];
  for (const user of ["ann", "ben"]) {
    const claim = { id: `c-${user}`, user, offer: "card" };
    given.push((await drill.engine.money("claim", CAMPAIGN, claim)).grant!);
  }
  const cancellations = `/v1/campaigns/${CAMPAIGN}/cancellations`;
  const cancel = (i: number) => ({ id: `x-${i}`, grant: given[i]! });
  const foreign: object[] = [
    {},
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
    { origin: "https://elsewhere.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site", origin: server.url },
  ];
  for (const headers of foreign) {
    const refused = await ask("POST", cancellations, { ...cookie, ...headers }, cancel(0));
    expect(refused.http, JSON.stringify(headers)).toBe(403);
    expect(refused.answer.error.code).toBe("forbidden");
  }
  const done = await ask("POST", cancellations, { ...cookie, ...SAME_PAGE }, cancel(0));
  expect(done.answer.status).toBe("cancelled");
  const older = { ...cookie, origin: server.url };
  expect((await ask("POST", cancellations, older, cancel(1))).answer.status).toBe("cancelled");
});

test.each(["app", "merchant"] as const)(
  "the key of a program (%s) signs nobody in",
  async (scope) => {
    const more = scope === "merchant" ? { merchant: "tea" } : {};
    const { secret } = await keys.add({ name: "a program", scope, ...more }, 1);
    const { http, answer, set } = await ask("POST", "/v1/session", SAME_PAGE, { key: secret });
    expect({ http, set }).toEqual({ http: 403, set: null });
    expect(answer.error).toMatchObject({
      ...{ code: "forbidden", path: "$.key", found: scope },
      message: expect.stringContaining("expected a key of scope admin or viewer"),
    });
    const bearer = { authorization: `Bearer ${secret}` };
    expect((await ask("POST", "/v1/session/codes", bearer)).http).toBe(403);
    expect((await ask("GET", "/v1/session", bearer)).answer.key.scope).toBe(scope);
    await expect(readFile(join(folder, "sessions.json"))).rejects.toThrow("ENOENT");
  },
);

test("no foreign page signs its visitors in under a key of its own", async () => {
  const { secret } = await keys.add({ name: "mallory", scope: "viewer" }, 1);
  // Over plain HTTP browsers tell the origin alone.
  const foreign = [{ "sec-fetch-site": "cross-site" }, { origin: "http://elsewhere.example" }];
  for (const headers of foreign) {
    const { http, set } = await ask("POST", "/v1/session", headers, { key: secret });
    expect({ http, set }, JSON.stringify(headers)).toEqual({ http: 403, set: null });
  }
  for (const headers of [{ origin: server.url }, {}]) {
    expect((await ask("POST", "/v1/session", headers, { key: secret })).http).toBe(200);
  }
});

test("a session may what its key may, and no more", async () => {
  const { cookie } = await signIn("viewer");
  expect((await ask("GET", "/v1/campaigns", cookie)).http).toBe(200);
  expect((await ask("GET", "/v1/keys", cookie)).http).toBe(403);
  const bound = await signIn("viewer", { campaign: "another" });
  expect((await ask("GET", `/v1/campaigns/${CAMPAIGN}`, bound.cookie)).http).toBe(403);
  expect((await ask("GET", "/v1/session", bound.cookie)).answer.key.campaign).toBe("another");
});

test("a key beside the cookie counts, and says so", async () => {
  const { cookie } = await signIn("viewer");
  const { secret, key } = await keys.add({ name: "program", scope: "admin" }, 1);
  const both = { ...cookie, authorization: `Bearer ${secret}` };
  const { answer } = await ask("GET", "/v1/session", both);
  expect(answer).toMatchObject({ key: { key: key.key }, expiresAtMs: null });
});

test("signing out ends it for good, and takes the cookie away", async () => {
  const { cookie } = await signIn();
  const ended = await ask("DELETE", "/v1/session", { ...cookie, ...SAME_PAGE });
  expect(ended.http).toBe(200);
  expect(ended.set).toContain("Max-Age=0");
  const after = await ask("GET", "/v1/session", cookie);
  expect(after.http).toBe(401);
  expect(after.answer.error.message).toContain("sign in again");
});

test("revoking the key ends its sessions at once", async () => {
  const { made, cookie } = await signIn();
  await keys.revoke(made.key.key, 2);
  expect((await ask("GET", "/v1/session", cookie)).http).toBe(401);
});

test("a session outlives a restart; what lies on the disk signs nobody in", async () => {
  const { cookie } = await signIn();
  const file = join(folder, "sessions.json");
  expect((await stat(file)).mode & 0o077).toBe(0);
  const token = cookie.cookie.split("=")[1]!;
  expect(await readFile(file, "utf8")).not.toContain(token);
  const { port } = server;
  await server.close();
  const sessions = fileSessionStore(folder);
  server = await startServer({ engine: drill.engine, keys, sessions, port, logLevel: "silent" });
  expect((await ask("GET", "/v1/session", cookie)).http).toBe(200);
});

test("two servers on one machine keep their sessions apart", async () => {
  const first = await signIn();
  const other = await startServer({ engine: drill.engine, keys, port: 0, logLevel: "silent" });
  const both = { cookie: `${first.cookie.cookie}; hongbao-${other.port}=${"0".repeat(32)}` };
  expect((await ask("GET", "/v1/session", both)).http).toBe(200);
  const there = await fetch(`${other.url}/v1/session`, { headers: both });
  expect(there.status).toBe(401);
  await other.close();
});

test.each(["", "{", '{"format":9}', "\u0000\uffff"])(
  "a broken file costs a sign-in: %j",
  async (text) => {
    const { cookie } = await signIn();
    await server.close();
    await writeFile(join(folder, "sessions.json"), text);
    server = await start();
    expect((await ask("GET", "/v1/session", cookie)).http).toBe(401);
    await signIn();
  },
);

test("odd cookies are no session", async () => {
  const port = new URL(server.url).port;
  for (const value of ["", "=", "0".repeat(32), "a".repeat(4000), "%00", "a=b=c"]) {
    const headers = { cookie: `x=1; hongbao-${port}=${value}; y` };
    expect((await ask("GET", "/v1/session", headers)).http, value).toBe(401);
  }
});

test("sessions end after twelve hours", async () => {
  let now = 1_000;
  const sessions = await Sessions.open(memorySessionStore(), keys, () => now);
  const { secret } = await keys.add({ name: "ann", scope: "viewer" }, 1);
  const first = await sessions.start(secret);
  now += SESSION_MS - 1;
  expect(sessions.find(first!.token)).not.toBeNull();
  now += 1;
  expect(sessions.find(first!.token)).toBeNull();
});

test("a key at its bound signs nobody out but its own, oldest first", async () => {
  const kept: object[] = [];
  const store = { ...memorySessionStore(), write: async (all: object) => void kept.push(all) };
  const sessions = await Sessions.open(store, keys);
  const people = await Promise.all(
    Array.from({ length: 12 }, () => keys.add({ name: "one of many", scope: "viewer" }, 1)),
  );
  const [ann, ...others] = people.map(({ secret }) => secret);
  const signedIn = async (secret: string) => (await sessions.start(secret))!.token;
  const anns = await signedIn(ann!);
  const tokens: string[] = [];
  for (let i = 0; i < 105; i++) tokens.push(await signedIn(others[0]!));
  expect(tokens.findIndex((token) => sessions.find(token) !== null)).toBe(5);
  expect(sessions.find(anns)).not.toBeNull();
  // Beyond a thousand in all, whoever has the most loses one.
  for (const secret of others) for (let i = 0; i < 95; i++) await signedIn(secret);
  expect(kept.at(-1)).toHaveLength(1_000);
  expect(sessions.find(anns)).not.toBeNull();
});

test("on a full disk one still signs in", async () => {
  const full = async (): Promise<never> => Promise.reject(new Error("no space"));
  const sessions = await Sessions.open({ read: async () => [], write: full }, keys);
  const { secret } = await keys.add({ name: "ann", scope: "viewer" }, 1);
  const { token } = (await sessions.start(secret))!;
  expect(sessions.find(token)).not.toBeNull();
});

test("a code signs in once, as the key that asked for it", async () => {
  const { secret, key } = await keys.add({ name: "ben", scope: "viewer" }, 1);
  const bearer = { authorization: `Bearer ${secret}` };
  const { answer } = await ask("POST", "/v1/session/codes", bearer);
  const { code } = answer;
  const first = await ask("POST", "/v1/session", SAME_PAGE, { code });
  expect(first.http).toBe(200);
  expect(first.answer.key).toEqual(key);
  const again = await ask("POST", "/v1/session", SAME_PAGE, { code });
  expect([again.http, again.set]).toEqual([401, null]);
  expect(JSON.stringify(again.answer)).toContain("$.code");
  const other = await ask("POST", "/v1/session/codes", bearer);
  await keys.revoke(key.key, 2);
  expect((await ask("POST", "/v1/session", SAME_PAGE, { code: other.answer.code })).http).toBe(401);
  const foreign = { "sec-fetch-site": "cross-site" };
  expect((await ask("POST", "/v1/session", foreign, { code: "x" })).http).toBe(403);
  for (const body of [{}, { key: "a", code: "b" }, { code: "" }, { code: "x".repeat(300) }]) {
    expect((await ask("POST", "/v1/session", SAME_PAGE, body)).http).toBe(400);
  }
});

test("a code that a session asked for ends with it, and so does who signed in by it", async () => {
  let now = 1_000;
  const sessions = await Sessions.open(memorySessionStore(), keys, () => now);
  const { secret, key } = await keys.add({ name: "ann", scope: "viewer" }, 1);
  const first = (await sessions.start(secret))!;
  now += SESSION_MS - 60_000;
  const { code, expiresAtMs } = sessions.makeCode(key.key, first.token);
  expect(expiresAtMs).toBe(first.expiresAtMs);
  const second = (await sessions.startByCode(code))!;
  expect(second).toMatchObject({ expiresAtMs: first.expiresAtMs, lastsMs: 60_000 });
  const left = sessions.makeCode(key.key, first.token);
  await sessions.end(first.token);
  expect(await sessions.startByCode(left.code)).toBeNull();
  const late = sessions.makeCode(key.key, first.token);
  expect(await sessions.startByCode(late.code)).toBeNull();
  // The key itself is bound by nothing (control).
  const free = (await sessions.startByCode(sessions.makeCode(key.key, null).code))!;
  expect(free.lastsMs).toBe(SESSION_MS);
});

test("over HTTP, too, a session does not outlive itself by a code", async () => {
  const { answer, cookie } = await signIn("viewer");
  const { code } = (await ask("POST", "/v1/session/codes", { ...cookie, ...SAME_PAGE })).answer;
  const second = await ask("POST", "/v1/session", SAME_PAGE, { code });
  expect(second.answer.expiresAtMs).toBe(answer.expiresAtMs);
  const other = await ask("POST", "/v1/session/codes", { ...cookie, ...SAME_PAGE });
  await ask("DELETE", "/v1/session", { ...cookie, ...SAME_PAGE });
  expect((await ask("POST", "/v1/session", SAME_PAGE, { code: other.answer.code })).http).toBe(401);
});

test("codes end after fifteen minutes; a key at its bound ends its own, oldest first", () => {
  let now = 1_000;
  const codes = new SignInCodes(() => now);
  const make = (key: string) => codes.make({ key, session: null }).code;
  const [early, late] = [make("k-1"), make("k-2")];
  now += CODE_MS - 1;
  expect(codes.take(early)?.key).toBe("k-1");
  now += 1;
  expect(codes.take(late)).toBeNull();
  const other = make("k-2");
  const many = Array.from({ length: 25 }, () => make("k-3"));
  expect(many.findIndex((code) => codes.take(code) !== null)).toBe(5);
  expect(codes.take(other)?.key).toBe("k-2");
});

test("a server knows how long nobody has been connected", async () => {
  await new Promise((wait) => setTimeout(wait, 30));
  expect(server.idleMs()).toBeGreaterThan(20);
  const socket = connect(server.port, "127.0.0.1");
  await once(socket, "connect");
  await vi.waitFor(() => expect(server.idleMs()).toBe(0));
  socket.destroy();
  await vi.waitFor(() => expect(server.idleMs()).toBeGreaterThan(0));
});
