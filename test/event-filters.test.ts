// The stream of events, filtered: what comes, and where a client resumes that was sent nothing.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LIMITS } from "../src/base/limits.ts";
import { createClient } from "../src/client/index.ts";
import { eventsQuerySchema } from "../src/contract/schema/system.ts";
import { EVENT_KINDS } from "../src/core/event.ts";
import { Keys, memoryKeyStore, type RunningServer, startServer } from "../src/server/index.ts";
import { Ledger } from "./webhooks.fixture.ts";

let ledger: Ledger;
let server: RunningServer;
let key = "";

beforeEach(async () => {
  ledger = new Ledger();
  await ledger.open();
  const keys = await Keys.open(memoryKeyStore());
  key = (await keys.add({ name: "watcher", scope: "viewer" }, 1)).secret;
  const engine = Promise.resolve(ledger.engine);
  server = await startServer({ engine, keys, port: 0, logLevel: "silent" });
  await server.ready;
});
afterEach(async () => {
  await server.close();
  await ledger.remove();
});

async function take(query: object, count: number): Promise<string[]> {
  const client = createClient({ url: server.url, key });
  const seen: string[] = [];
  for await (const event of client.events(query)) {
    seen.push(`${event.type} of ${String(event.campaign)}`);
    if (seen.length === count) break;
  }
  await client.close();
  return seen;
}

/** The raw text of a stream, until it holds what is waited for. */
async function streamed(path: string, headers: object, until: RegExp): Promise<string> {
  const stop = new AbortController();
  const response = await fetch(`${server.url}${path}`, {
    headers: { authorization: `Bearer ${key}`, ...headers },
    signal: stop.signal,
  });
  expect(response.status).toBe(200);
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (until.test(text)) break;
  }
  stop.abort();
  return text;
}

describe("a stream of some kinds of events", () => {
  it("holds those alone, of one campaign where that is asked for", async () => {
    await ledger.openCampaign();
    await ledger.openCampaign({ id: "other" });
    for (const grant of await ledger.grants(2)) await ledger.spend(grant, 1);
    await ledger.grants(2, "other");
    const all = await take({ from: "0", type: "granted,redeemed" }, 6);
    expect(all.sort()).toEqual([
      ...["granted of drill", "granted of drill", "granted of other", "granted of other"],
      ...["redeemed of drill", "redeemed of drill"],
    ]);
    const query = { from: "0", type: "granted", campaign: "other" };
    expect(await take(query, 2)).toEqual(["granted of other", "granted of other"]);
  });

  it("may name every kind that there is", () => {
    const type = Object.keys(EVENT_KINDS).join(",");
    expect(eventsQuerySchema.parse({ type })).toEqual({ type });
  });

  it("refuses a kind that there is not", async () => {
    await expect(take({ type: "granted,gifted" }, 1)).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining("found gifted"),
    });
    await expect(take({ type: "Granted" }, 1)).rejects.toMatchObject({ code: "invalid_request" });
  });

  it(
    "says where it is although nothing came, and is resumed from there",
    async () => {
      await ledger.openCampaign();
      await ledger.grants(3);
      const path = "/v1/events?type=paused,resumed&from=0";
      const text = await streamed(path, {}, /\nid: \d+\.\d+\n\n$/);
      expect(text).not.toContain("data:");
      const [, place] = /: at (\d+\.\d+)\nid: \1\n\n$/.exec(text)!;
      expect(Number(place!.split(".")[0])).toBeGreaterThanOrEqual(2);
      await ledger.grants(1);
      // Without the filter everything after that place comes, and nothing of before.
      const headers = { "last-event-id": place };
      const rest = await streamed("/v1/events", headers, /event: granted/);
      expect(rest.match(/event: \w+/g)).toEqual(["event: assigned", "event: granted"]);
    },
    LIMITS.heartbeatMs + 20_000,
  );
});
