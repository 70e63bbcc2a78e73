// Webhooks over HTTP: made, paused, removed; dead letters shown, sent again, thrown away; only by
// admins, only to public addresses, and without secrets after the first time.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LIMITS } from "../src/base/limits.ts";
import { type Client, createClient } from "../src/client/index.ts";
import type { Scope } from "../src/contract/index.ts";
import { Keys, memoryKeyStore, type RunningServer, startServer } from "../src/server/index.ts";
import { OutboxFolder, readEndpoints, webhookDesk } from "../src/webhooks/index.ts";
import { Outbox } from "../src/webhooks/outbox.ts";
import { replayWishes } from "../src/webhooks/replay-wishes.ts";
import { type Drill, openDrill } from "./contract/subjects.ts";

let directory: string;
let drill: Drill;
let keys: Keys;
let server: RunningServer;
let admin: Client;
const clients: Client[] = [];

async function clientOf(scope: Scope, url = server.url): Promise<Client> {
  const { secret } = await keys.add({ name: scope, scope }, 0);
  const client = createClient({ url, key: secret });
  clients.push(client);
  return client;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hongbao-desk-"));
  drill = await openDrill();
  keys = await Keys.open(memoryKeyStore());
  const { engine } = drill;
  const webhooks = webhookDesk(directory);
  server = await startServer({ engine, keys, webhooks, port: 0, logLevel: "silent" });
  admin = await clientOf("admin");
});

afterAll(async () => {
  for (const client of clients) await client.close();
  await server.close();
  await drill.engine.close();
  await rm(directory, { recursive: true, force: true });
});

async function add(url = "https://shop.example/hooks"): Promise<string> {
  const { webhook } = await admin.webhooks.add({ url, types: ["granted"] });
  return webhook.endpoint;
}

/** Gives a message up, as the sender does. */
async function bury(endpoint: string, place: string): Promise<void> {
  const folder = new OutboxFolder(directory, endpoint);
  await folder.make();
  const [sequence, index] = place.split(".").map(Number);
  await folder.writeDead(place, {
    ...{ id: place, sequence: sequence!, index: index!, type: "granted", campaign: "suite" },
    ...{ atMs: 1, lane: "g", body: "{}", attempts: 11, deadAtMs: 2, last: "503" },
  });
}

/** What the sender does with wishes: the places that it sends again, and those still dead. */
async function grantWishes(endpoint: string): Promise<{ sent: string[]; dead: string[] }> {
  const folder = new OutboxFolder(directory, endpoint);
  const dead = new Set(await folder.deadKeys());
  const sent: string[] = [];
  await replayWishes({
    ...{ folder, dead, outbox: new Outbox(), save: async () => {} },
    add: ({ id }) => sent.push(id),
  });
  return { sent, dead: await folder.deadKeys() };
}

describe("webhooks over HTTP", () => {
  it("are made with a secret that is shown once, from now on", async () => {
    const made = await admin.webhooks.add({ url: "https://shop.example/a", campaigns: ["suite"] });
    expect(made.secret).toMatch(/^whsec_/);
    expect(made.webhook).toMatchObject({ campaigns: ["suite"], pending: 0, dead: 0 });
    expect(made.webhook.readSequence).toBe(drill.engine.journal.lastSequence);
    const listed = await admin.webhooks.list();
    expect(JSON.stringify(listed)).not.toContain(made.secret);
    expect(listed.webhooks.map(({ url }) => url)).toContain("https://shop.example/a");
    const [kept] = await readEndpoints(directory);
    expect(kept).toMatchObject({ allowPrivate: false, secrets: [{ secret: made.secret }] });
  });

  it("go to public addresses by https alone", async () => {
    const refused = ["http://shop.example/", "https://10.0.0.1/", "https://[::1]/", "file:///etc"];
    for (const url of [...refused, "https://me:pw@shop.example/", "nonsense"]) {
      const answer = admin.webhooks.add({ url });
      await expect(answer).rejects.toMatchObject({ code: "invalid_request" });
    }
  });

  it("pause for a reason, go on, and are removed", async () => {
    const endpoint = await add();
    const { webhook } = await admin.webhooks.pause({ endpoint, why: "they move house" });
    expect(webhook.paused).toMatchObject({ why: "they move house" });
    expect((await admin.webhooks.resume({ endpoint })).webhook.paused).toBeUndefined();
    expect((await admin.webhooks.resume({ endpoint })).webhook.paused).toBeUndefined();
    await admin.webhooks.remove({ endpoint });
    const unknown = { code: "unknown_webhook" };
    await expect(admin.webhooks.remove({ endpoint })).rejects.toMatchObject(unknown);
    await expect(admin.webhooks.pause({ endpoint, why: "x" })).rejects.toMatchObject(unknown);
    await expect(admin.webhooks.dead({ endpoint })).rejects.toMatchObject(unknown);
  });

  it("show dead letters, send them again, or throw them away", async () => {
    const endpoint = await add();
    for (const place of ["10.0", "9.12", "9.2"]) await bury(endpoint, place);
    const { dead, more } = await admin.webhooks.dead({ endpoint });
    expect(dead.map(({ place }) => place)).toEqual(["9.2", "9.12", "10.0"]);
    expect(dead[0]).toMatchObject({ type: "granted", attempts: 11, last: "503" });
    expect(more).toBe(false);
    const after = await admin.webhooks.dead({ endpoint, after: "9.2" });
    expect(after.dead.map(({ place }) => place)).toEqual(["9.12", "10.0"]);
    const one = await admin.webhooks.drop({ endpoint, places: ["9.12", "77.0"] });
    expect(one.letters).toBe(1);
    expect(await grantWishes(endpoint)).toEqual({ sent: [], dead: ["9.2", "10.0"] });
    expect((await admin.webhooks.replay({ endpoint, places: ["10.0"] })).letters).toBe(1);
    expect(await grantWishes(endpoint)).toEqual({ sent: ["10.0"], dead: ["9.2"] });
    expect((await admin.webhooks.drop({ endpoint })).letters).toBe(1);
    expect(await grantWishes(endpoint)).toEqual({ sent: [], dead: [] });
    expect((await admin.webhooks.replay({ endpoint })).letters).toBe(0);
  });

  it("take so many wishes while nobody grants them, and say what is missing", async () => {
    const endpoint = await add();
    await bury(endpoint, "9.2");
    const wished = (): Promise<unknown> => admin.webhooks.replay({ endpoint });
    for (let i = 0; i < LIMITS.webhookWishes; i++) await wished();
    await expect(wished()).rejects.toMatchObject({ code: "webhooks_waiting" });
    await expect(wished()).rejects.toThrow(/100 such requests wait/);
    await admin.webhooks.drop({ endpoint });
    expect(await grantWishes(endpoint)).toEqual({ sent: [], dead: [] });
    await bury(endpoint, "9.2");
    await wished();
  });

  it("tell an outbox in figures, and neither folder nor text of a broken one", async () => {
    const endpoint = await add();
    const folder = new OutboxFolder(directory, endpoint);
    await folder.make();
    const one = { sequence: 4, index: 0, attempts: 0, nextAtMs: 0, last: null };
    await folder.writeState({
      ...{ format: 1, ledger: "l", read: { sequence: 9, chain: null }, delivered: 7 },
      pending: [one, { ...one, index: 1, attempts: 2, last: "503" }],
    });
    for (const place of ["1.0", "1.1"]) await bury(endpoint, place);
    const { webhooks } = await admin.webhooks.list();
    expect(webhooks.find((row) => row.endpoint === endpoint)).toMatchObject({
      ...{ pending: 2, failing: 1, lastFailure: "503", delivered: 7, dead: 2, readSequence: 9 },
    });
    const file = join(directory, "webhooks", endpoint, "outbox.json");
    const whole = JSON.parse(await readFile(file, "utf8"));
    const broken = ['{"secret": whsec_x}', JSON.stringify({ ...whole, pending: [null] })];
    for (const [at, found] of [
      "what is no JSON",
      "$.pending: expected messages, found an array of 1",
    ].entries()) {
      await writeFile(file, broken[at]!);
      await expect(admin.webhooks.list()).rejects.toMatchObject({
        code: "invalid_file",
        message: `outbox.json: expected what the sender of webhooks wrote, found ${found}`,
      });
    }
    await admin.webhooks.remove({ endpoint });
  });

  it("are for admins, on servers that have a data directory", async () => {
    for (const scope of ["viewer", "app"] as const) {
      const client = await clientOf(scope);
      await expect(client.webhooks.list()).rejects.toMatchObject({ code: "forbidden" });
    }
    const { engine } = drill;
    const bare = await startServer({ engine, keys, port: 0, logLevel: "silent" });
    const client = await clientOf("admin", bare.url);
    await expect(client.webhooks.list()).rejects.toMatchObject({ code: "webhooks_unavailable" });
    await bare.close();
  });
});
