// Answers name users and what they have: no cache keeps them, on the hot path as elsewhere, and
// nothing that is refused can be shown as a page that runs something.
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMcpMount } from "../../src/mcp/index.ts";
import { Keys, memoryKeyStore, type RunningServer, startServer } from "../../src/server/index.ts";
import { CAMPAIGN } from "../contract/campaign.ts";
import { type Drill, openDrill } from "../contract/subjects.ts";

let drill: Drill;
let server: RunningServer;
let keys: Keys;

beforeAll(async () => {
  drill = await openDrill();
  keys = await Keys.open(memoryKeyStore());
  const options = { engine: drill.engine, keys, port: 0, logLevel: "silent" } as const;
  server = await startServer({ ...options, mounts: [createMcpMount()] });
});

afterAll(async () => {
  await server.close();
  await drill.engine.close();
});

interface Answer {
  readonly http: number;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** The address as it stands, which `fetch` would mend. Reads the head alone. */
async function ask(method: string, path: string, body?: string, type = "application/json") {
  const scope = path.includes("/claims") ? "app" : "admin";
  const { secret } = await keys.add({ name: scope, scope }, 1);
  const bearer = { authorization: `Bearer ${secret}` };
  return new Promise<Answer>((resolve, reject) => {
    const headers = body === undefined ? bearer : { ...bearer, "content-type": type };
    const asked = request(`${server.url}/`, { method, path, headers }, (answer) => {
      resolve({ http: answer.statusCode!, headers: answer.headers });
      answer.destroy();
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

const AT = `/v1/campaigns/${CAMPAIGN}`;
const claim = JSON.stringify({ id: "c-1", user: "ann", offer: "card" });
const NO_STORE = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
const NO_PAGE = { ...NO_STORE, "content-security-policy": expect.stringContaining("'none'") };

describe("an answer is kept by no cache", () => {
  test.each([
    ["a claim", 200, "POST", `${AT}/claims`, claim],
    ["a batch", 200, "POST", `${AT}/claims/batch`, claim, "application/x-ndjson"],
    ["a user's grants", 200, "GET", `${AT}/users/ann/grants`],
    ["a list", 200, "GET", "/v1/keys"],
    ["events", 200, "GET", `/v1/events?campaign=${CAMPAIGN}`],
    ["a live page's stream", 200, "GET", `${AT}/live`],
    ["whether it is well", 200, "GET", "/healthz"],
    ["a tool for assistants", 400, "POST", "/mcp", "{}"],
  ] as const)("%s", async (_what, http, method, path, body?: string, type?: string) => {
    const answer = await ask(method, path, body, type);
    expect(answer).toMatchObject({ http, headers: NO_STORE });
  });
});

describe("a refusal is no page, either", () => {
  test.each([
    ["a claim that is none", 400, "POST", `${AT}/claims`, "{}"],
    ["a campaign that is not there", 404, "GET", "/v1/campaigns/none"],
    ["no such address", 404, "GET", "/v1/<b>"],
    ["one that cannot be decoded", 400, "GET", "/%"],
    ["a method that is none there", 404, "PUT", "/"],
    ["another that is none there", 405, "PUT", "/v1/keys"],
    ["no such asset", 404, "GET", "/assets/nope.js"],
    ["a body that is no JSON", 400, "POST", "/v1/keys", "<b>"],
  ] as const)("%s", async (_what, http, method, path, body?: string) => {
    const answer = await ask(method, path, body);
    expect(answer).toMatchObject({ http, headers: NO_PAGE });
  });
});
