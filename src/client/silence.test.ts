// `timeoutMs` is the longest silence, not the longest answer, whatever carries the request.
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { fetchTransport } from "./fetch-transport.ts";
import { nodeTransport } from "./node-transport.ts";
import type { Transport, TransportAnswer } from "./transport.ts";

/** A busy machine may add half a second to each pause, and the whole is still longer than it. */
const SILENCE_MS = 700;
const PIECES = 8;
const PIECE_EVERY_MS = 100;

const WAYS: [string, (url: string) => Transport][] = [
  ["a pool of connections", (url) => nodeTransport(url, () => import("undici"))],
  ["fetch", fetchTransport],
];

const after: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of after.splice(0).reverse()) await end();
});

async function ask(
  way: (url: string) => Transport,
  answer: (response: ServerResponse) => unknown,
): Promise<TransportAnswer> {
  const server = createServer((_, response) => void answer(response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  after.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  const transport = way(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  after.push(() => transport.close());
  return transport.send({
    method: "GET",
    path: "/",
    headers: {},
    body: null,
    timeoutMs: SILENCE_MS,
  });
}

describe.each(WAYS)("over %s", (_, way) => {
  test("an answer that takes longer, but is never silent so long, arrives", async () => {
    const { http, text } = await ask(way, async (response) => {
      for (let n = 0; n < PIECES; n++) {
        response.write("é");
        await setTimeout(PIECE_EVERY_MS);
      }
      response.end("!");
    });
    expect([http, text]).toEqual([200, `${"é".repeat(PIECES)}!`]);
  });

  test("no answer at all is late", async () => {
    await expect(ask(way, () => {})).rejects.toMatchObject({ code: "timeout" });
  });

  test("an answer that stops in the middle is late", async () => {
    const stuck = ask(way, (response) => response.write("half"));
    const fate = { code: "timeout", details: { fate: "unknown" } };
    await expect(stuck).rejects.toMatchObject(fate);
  });
});
