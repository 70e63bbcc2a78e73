// The sender as a process of its own, killed between delivery and bookkeeping.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createClient } from "../../src/client/index.ts";
import { accept, byGrant, firstOf, Receiver, until } from "../webhooks.fixture.ts";
import { hongbao, MAIN } from "./cli-process.ts";
import { ServerProcess, type Serving } from "./server-process.ts";

let data = "";
let server: ServerProcess;
let serving: Serving;
let receiver: Receiver;
let sender: ChildProcess | null = null;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "hongbao-e2e-webhooks-"));
  server = new ServerProcess(data);
  serving = await server.ready();
  receiver = await Receiver.start();
});
afterEach(async () => {
  sender?.kill("SIGKILL");
  await server.stop();
  await receiver.stop();
  await rm(data, { recursive: true, force: true });
});

/** Resolves once it is ready, with its port of metrics. */
async function startSender(): Promise<{ child: ChildProcess; metricsPort: number }> {
  const words = ["webhooks", "run", data, "--json", "--metrics-port", "0", "--log-level", "silent"];
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: ["ignore", "pipe", "inherit"] });
  sender = child;
  const [line] = await once(createInterface({ input: child.stdout! }), "line");
  return { child, metricsPort: JSON.parse(line).metricsPort };
}

test("killed with messages under way, it sends all in the end, in order per grant", async () => {
  const admin = createClient({ url: serving.url, key: serving.adminKey! });
  await admin.campaign.open({ yaml: CAMPAIGN });
  const { secret: key } = await admin.keys.add({ name: "app", scope: "app" });
  await admin.close();
  const client = createClient({ url: serving.url, key });
  const added = await hongbao([
    ...["webhooks", "add", data, receiver.url, "--allow-private", "--json"],
    ...["--type", "granted", "--type", "redeemed", "--retries", "1s,1s,1s,1s,1s,1s"],
  ]);
  expect(added.code, added.stderr).toBe(0);
  const { endpoint, secret } = JSON.parse(added.stdout);
  expect(secret).toMatch(/^whsec_/);

  let kills = 0;
  receiver.answer = (hit, response, request) => {
    // At every 40th message: once before it is answered, once right after.
    const isKill = kills < 4 && receiver.hits.length % 40 === 39;
    if (isKill) kills += 1;
    if (isKill && kills % 2 === 1) sender!.kill("SIGKILL");
    accept(hit, response, request);
    if (isKill && kills % 2 === 0) response.on("finish", () => sender!.kill("SIGKILL"));
  };
  const grants = 60;
  const playing = (async () => {
    for (let n = 0; n < grants; n++) {
      const claim = { campaign: "hooked", id: `c-${n}`, user: `user-${n}`, offer: "card" };
      const { grant } = (await client.claim(claim)) as { grant: string };
      for (const part of ["a", "b"]) {
        await client.redeem({ campaign: "hooked", id: `r-${n}-${part}`, grant, amountMinor: 100 });
      }
    }
  })();
  for (let starts = 0; starts < 5; starts++) {
    const { child } = await startSender();
    const died = once(child, "exit");
    await Promise.race([died, until("all", () => firstOf(receiver.taken).length === 3 * grants)]);
    if (child.exitCode === null && child.signalCode === null) break;
  }
  await playing;
  expect(kills).toBe(4);
  await until("all of it", () => firstOf(receiver.taken).length === 3 * grants);
  const first = firstOf(receiver.taken);
  for (const places of byGrant(first).values()) {
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).toHaveLength(3);
  }
  expect(receiver.taken.length).toBeGreaterThan(first.length); // the control: kills cost something

  // What it says of itself, and an orderly end.
  sender!.kill("SIGTERM");
  await once(sender!, "exit");
  const { child, metricsPort } = await startSender();
  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  expect(metrics).toContain(`hongbao_webhooks_pending{endpoint="${endpoint.endpoint}"} 0`);
  expect(metrics).toContain(`hongbao_webhooks_dead{endpoint="${endpoint.endpoint}"} 0`);
  const listed = await hongbao(["webhooks", "list", data, "--json"]);
  expect(JSON.parse(listed.stdout).endpoints[0].delivered).toBeGreaterThanOrEqual(3 * grants - 40);
  child.kill("SIGTERM");
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
  await client.close();
}, 120_000);

const CAMPAIGN = `campaign: hooked
title: Hooked
currency: EUR
timeZone: Europe/Berlin
budget: 1000.00
starts: 2026-01-01T00:00:00+01:00
ends: 2029-01-01T00:00:00+01:00
closes: 2029-03-01T00:00:00+01:00
offers:
  - id: card
    title: A card
    reward: { fixed: 2.50 }
    expires: { after: 7d }
`;
