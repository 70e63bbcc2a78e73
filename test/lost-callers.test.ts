// Callers who hang up, or whose key is taken away, in the middle of something: what they held is
// free again, and they hear no more.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { LIMITS } from "../src/base/limits.ts";
import type { Scope } from "../src/contract/index.ts";
import { Keys, memoryKeyStore, type RunningServer, startServer } from "../src/server/index.ts";
import { CAMPAIGN } from "./contract/campaign.ts";
import { type Drill, openDrill } from "./contract/subjects.ts";
import { eventually } from "./transparency.fixture.ts";

const PATH = `/v1/campaigns/${CAMPAIGN}`;
const BATCH = `${PATH}/claims/batch`;
const NDJSON = "application/x-ndjson";

let drill: Drill;
let keys: Keys;
let server: RunningServer;

beforeEach(async () => {
  drill = await openDrill();
  keys = await Keys.open(memoryKeyStore());
  server = await startServer({ engine: drill.engine, keys, port: 0, logLevel: "silent" });
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await server.close();
  await drill.engine.close();
});

async function keyOf(scope: Scope): Promise<{ id: string; authorization: string }> {
  const { key, secret } = await keys.add({ name: scope, scope }, 1);
  return { id: key.key, authorization: `Bearer ${secret}` };
}

async function lineTo(): Promise<Socket> {
  const socket = connect(server.port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

const getting = (path: string, authorization: string): string =>
  `GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n\r\n`;

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^hongbao_${name} (\\d+)$`, "m").exec(text)![1]);
}

describe("whoever hangs up", () => {
  test("while answers wait for one another holds no place any more", async () => {
    const { authorization } = await keyOf("viewer");
    const app = (await keyOf("app")).authorization;
    const line = '{"id":"c1","user":"ann","offer":"card"}';
    const batch =
      `POST ${BATCH} HTTP/1.1\r\nhost: x\r\nauthorization: ${app}\r\n` +
      `content-type: ${NDJSON}\r\ncontent-length: ${line.length}\r\n\r\n${line}`;
    const socket = await lineTo();
    // A stream has no end: what is asked behind it waits for ever.
    const live = getting(`${PATH}/live`, authorization);
    socket.write(live + live + batch.repeat(LIMITS.batchesInFlight));
    await eventually(async () => ((await metric("live_streams")) === 2 ? true : null));
    const headers = { authorization: app, "content-type": NDJSON };
    const send = () => fetch(server.url + BATCH, { method: "POST", headers, body: line });
    await eventually(async () => ((await send()).status === 503 ? true : null));
    socket.destroy();
    await eventually(async () => ((await metric("live_streams")) === 0 ? true : null));
    expect((await send()).status).toBe(200);
  });
});

describe("whoever does not read his answers", () => {
  /** More answers than all buffers on their way hold. */
  const LINES = "x\n".repeat(LIMITS.batchLines);

  test.each(["readerMs", "batchReadMs"] as const)("is dropped after %s", async (limit) => {
    await server.close();
    const limits = { batches: 1 };
    server = await startServer({ engine: drill.engine, keys, port: 0, logLevel: "silent", limits });
    const { authorization } = await keyOf("app");
    const headers = { authorization, "content-type": NDJSON };
    const line = '{"id":"c1","user":"ann","offer":"card"}';
    const send = () => fetch(server.url + BATCH, { method: "POST", headers, body: line });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const other = limit === "readerMs" ? "batchReadMs" : "readerMs";
    vi.spyOn(LIMITS as Record<typeof other, number>, other, "get").mockReturnValue(2 ** 30);
    const socket = await lineTo();
    socket.pause();
    socket.on("error", () => {}); // dropped in the middle
    const head = `POST ${BATCH} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n`;
    const type = `content-type: ${NDJSON}\r\ncontent-length: ${LINES.length}\r\n\r\n`;
    socket.write(head + type + LINES);
    await eventually(async () => ((await send()).status === 503 ? true : null));
    expect((await send()).status).toBe(503);
    await eventually(async () => {
      vi.advanceTimersByTime(LIMITS[limit]);
      return (await send()).status === 200 ? true : null;
    });
    socket.destroy();
  });
});

test("a stream of events ends with the key that asked for it", async () => {
  const { id, authorization } = await keyOf("viewer");
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const response = await fetch(`${server.url}/v1/events`, { headers: { authorization } });
  const whole = response.text();
  vi.advanceTimersByTime(LIMITS.heartbeatMs);
  expect(await Promise.race([whole, sleep(200)])).toBeUndefined();
  await keys.revoke(id, 2);
  vi.advanceTimersByTime(LIMITS.heartbeatMs);
  expect(await whole).toMatch(/^retry: 1000\n/);
});
