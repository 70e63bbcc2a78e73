// Listeners of live snapshots who do not keep up: they are passed over, and nobody waits for them.
import { once } from "node:events";
import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { expect, it } from "vitest";
import { CAMPAIGN } from "../../test/contract/campaign.ts";
import { openDrill } from "../../test/contract/subjects.ts";
import { LIMITS } from "../base/limits.ts";
import { Access } from "./access.ts";
import { Gate } from "./gate.ts";
import { Keys, memoryKeyStore } from "./keys.ts";
import { LiveHub } from "./live-hub.ts";
import { Metrics } from "./metrics.ts";
import type { Service } from "./service.ts";
import { memorySessionStore, Sessions } from "./sessions.ts";

it("passes over who has not taken the last snapshot, and serves the others", async () => {
  const { engine } = await openDrill();
  const closing = new AbortController();
  const gate = new Gate({ requests: 9, batches: 9 });
  const keys = await Keys.open(memoryKeyStore());
  const sessions = await Sessions.open(memorySessionStore(), keys);
  const streams = (): number => 0;
  const service = {
    ...{ engine, follower: null, keys, sessions, access: new Access(keys, sessions), gate },
    metrics: new Metrics({
      ...{ engine: () => engine, gate, eventStreams: streams, liveStreams: streams },
    }),
    ...{ requestTimeoutMs: 1000, closing: closing.signal, clock: null, version: "test" },
    log: pino({ level: "silent" }),
  } satisfies Partial<Service> as unknown as Service;
  const hub = new LiveHub(service);
  const responses: ServerResponse[] = [];
  const server = createServer((request, response) => {
    responses.push(response);
    response.writeHead(200);
    // What is written to the first one does not leave the process.
    if (request.url === "/deaf") response.socket!.cork();
    hub.add(CAMPAIGN, 0, { response, isTrusted: () => request.url !== "/revoked" });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const open = async (path: string): Promise<{ answer: IncomingMessage; text: () => string }> => {
    const request = get({ port: (server.address() as AddressInfo).port, path });
    // It is cut off in the end, unheard.
    request.on("error", () => {});
    if (path === "/deaf") return { answer: undefined as never, text: () => "" };
    const [answer] = (await once(request, "response")) as [IncomingMessage];
    let text = "";
    answer.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    return { answer, text: () => text };
  };
  await open("/deaf");
  while (responses.length === 0) await sleep(5);
  const good = await open("/good");
  const framesOf = (text: string): number => text.split("\n\n").length - 1;
  while (framesOf(good.text()) < 8) await sleep(20);
  const frameBytes = good.text().length / framesOf(good.text());
  const [deaf] = responses;
  expect(hub.streams).toBe(2);
  expect(deaf!.writableLength).toBeGreaterThan(0);
  expect(deaf!.writableLength).toBeLessThan(1.5 * frameBytes + 500);
  // Whose key does not hold any more is told to go, within some seconds.
  const revoked = await open("/revoked");
  const ended = once(revoked.answer, "end");
  revoked.answer.resume();
  await ended;
  expect(hub.streams).toBe(2);
  closing.abort();
  await once(good.answer, "end");
  while (hub.streams > 1) await sleep(5);
  server.closeAllConnections();
  server.close();
  while (hub.streams > 0) await sleep(5);
  await sleep(2 * LIMITS.liveMs);
  expect(engine.durableListeners.size).toBe(0);
  await engine.close();
});
