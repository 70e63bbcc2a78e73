// The live stream of the built server through a SIGKILL: whoever listens goes on by himself with
// the books that are durable, and the history is added up again from the journal.
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Client, createClient, type LiveView } from "../../src/client/index.ts";
import { ServerProcess } from "./server-process.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FIRST = join(ROOT, "examples/first-campaign/campaign.yaml");

let data: string;
let server: ServerProcess;
const clients: Client[] = [];

beforeAll(async () => {
  execFileSync(process.execPath, [join(ROOT, "scripts/setup.mjs"), "--quiet"], { cwd: ROOT });
  data = await mkdtemp(join(tmpdir(), "hongbao-live-"));
}, 120_000);

afterAll(async () => {
  for (const client of clients) await client.close();
  await server?.kill();
  await rm(data, { recursive: true, force: true });
});

function clientOf(url: string, key: string): Client {
  const client = createClient({ url, key });
  clients.push(client);
  return client;
}

it("goes on after the server was killed, with every grant that was answered", async () => {
  server = new ServerProcess(data);
  const { url, adminKey } = await server.ready();
  const admin = clientOf(url, adminKey!);
  const yaml = (await readFile(FIRST, "utf8")).replace("share: 10 %", "share: 0 %");
  await admin.campaign.open({ yaml });
  const { secret } = await admin.keys.add({ name: "app", scope: "app" });
  const app = clientOf(url, secret);
  const campaign = "first";
  const seen: LiveView[] = [];
  const stop = new AbortController();
  const following = (async () => {
    for await (const view of admin.live({ campaign, signal: stop.signal })) seen.push(view);
  })();
  const claim = (user: string) => {
    return app.claim({ campaign, offer: "coffee", user, attributes: { device: user } });
  };
  for (const user of ["ann", "ben", "cem"]) expect((await claim(user)).status).toBe("granted");
  await expect.poll(() => seen.at(-1)?.books.counts.grants, { timeout: 20_000 }).toBe(3);
  const before = await admin.campaign.history({ campaign });
  await server.kill();
  const views = seen.length;
  server = new ServerProcess(data, ["--port", new URL(url).port]);
  await server.ready();
  await expect.poll(() => seen.length, { timeout: 30_000 }).toBeGreaterThan(views);
  const after = seen.at(-1)!;
  expect(after.books.counts.grants).toBe(3);
  // Refusals are no events: answers are counted from this start on.
  expect(after.answers.sinceMs).toBeNull();
  const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0);
  const { history } = await admin.campaign.history({ campaign });
  expect(history!.fromMs).toBe(before.history!.fromMs);
  expect(sum(history!.issuedMinor)).toBe(after.issuedMinor);
  expect((await claim("dee")).status).toBe("granted");
  await expect.poll(() => seen.at(-1)!.books.counts.grants, { timeout: 20_000 }).toBe(4);
  // An answer counts once it is sent, a moment after its grant.
  const claims = () => seen.at(-1)!.answers.byOperation.claim;
  await expect.poll(claims, { timeout: 20_000 }).toEqual({ granted: 1 });
  stop.abort();
  await following;
}, 90_000);
