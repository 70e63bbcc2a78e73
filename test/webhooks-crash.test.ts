// The outbox at any end: a sender that dies between delivery and bookkeeping, a full disk, another
// journal, an endpoint that takes nothing.
import { cpSync, existsSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LIMITS } from "../src/base/limits.ts";
import { dataPaths } from "../src/host/data-directory.ts";
import { OutboxFolder } from "../src/webhooks/index.ts";
import {
  accept,
  byGrant,
  endpointTo,
  firstOf,
  Ledger,
  Receiver,
  Sending,
  until,
} from "./webhooks.fixture.ts";

let ledger: Ledger;
let receiver: Receiver;
let sendings: Sending[] = [];

beforeEach(async () => {
  ledger = new Ledger();
  await ledger.open();
  receiver = await Receiver.start();
});
afterEach(async () => {
  for (const sending of sendings) await sending.stop().catch(() => {});
  sendings = [];
  await receiver.stop();
  await ledger.remove();
});

async function send(): Promise<Sending> {
  const sending = await Sending.start(ledger);
  sendings.push(sending);
  return sending;
}

const folderOf = (endpoint: string) => join(dataPaths(ledger.directory).webhooks, endpoint);
const inOrder = (places: number[]): boolean =>
  places.every((at, i) => i === 0 || places[i - 1]! < at);

describe("a sender that died at any moment", () => {
  it("sends everything at least once, in order per grant, under the same ids", async () => {
    await ledger.openCampaign();
    const { endpoint } = await endpointTo(ledger, receiver.url, { types: ["granted", "redeemed"] });
    let failing = 0;
    receiver.answer = (hit, response, request) => {
      // Every seventh message fails at first, so that the outbox is never empty.
      if (hit.turn === 1 && hit.data.index % 7 === 0 && failing < 60) {
        failing += 1;
        response.writeHead(500).end();
      } else accept(hit, response, request);
    };
    for (let round = 0; round < 5; round++) {
      const sending = await send();
      const before = receiver.hits.length;
      const playing = (async () => {
        for (const grant of await ledger.grants(30)) await ledger.spend(grant, 2);
      })();
      await until("some of it", () => receiver.hits.length > before + 20);
      // What is on the disk at this moment is what a killed process leaves.
      const left = `${folderOf(endpoint)}-left`;
      if (existsSync(join(folderOf(endpoint), "outbox.json"))) {
        cpSync(folderOf(endpoint), left, { recursive: true });
      }
      await playing;
      await sending.stop();
      rmSync(folderOf(endpoint), { recursive: true });
      if (existsSync(left)) {
        cpSync(left, folderOf(endpoint), { recursive: true });
        rmSync(left, { recursive: true });
      }
    }
    await ledger.engine.seal();
    await send();
    const all = 5 * 30 * 3;
    await until("all of it", () => firstOf(receiver.taken).length >= all);
    const first = firstOf(receiver.taken);
    expect(first).toHaveLength(all);
    expect([...byGrant(first).values()].every(inOrder)).toBe(true);
    expect(receiver.taken.length).toBeGreaterThan(all); // control: something was sent again
    const bodies = new Map(first.map(({ id, body }) => [id, body]));
    expect(receiver.hits.every(({ id, body }) => bodies.get(id) === body)).toBe(true);
  });

  it("knows a message as dead that died before the outbox could say so", async () => {
    await ledger.openCampaign();
    const { endpoint } = await endpointTo(ledger, receiver.url, {
      types: ["granted"],
      retryMs: [60_000],
    });
    receiver.answer = (_, response) => void response.writeHead(500).end();
    const first = await send();
    await ledger.grants(2);
    await until("two that wait", () => first.webhooks.counts.get(endpoint)?.pending === 2);
    await first.stop();
    const folder = new OutboxFolder(ledger.directory, endpoint);
    const { pending } = (await folder.readState())!;
    const [one] = pending;
    const { id, type, campaign, atMs, lane, body } = {
      ...{ id: "msg_1", type: "granted", campaign: "drill", atMs: 1, lane: "x", body: "{}" },
    };
    const letter = { id, type, campaign, atMs, lane, body, attempts: 2, deadAtMs: 1, last: null };
    const { sequence, index } = one!;
    await folder.writeDead(`${sequence}.${index}`, { ...letter, sequence, index });
    const second = await send();
    await until("one of each", () => {
      const counts = second.webhooks.counts.get(endpoint);
      return counts?.dead === 1 && counts.pending === 1;
    });
  });
});

describe("an outbox", () => {
  it("on a full disk stops sending, says so, and goes on when there is room", async () => {
    await ledger.openCampaign();
    const { endpoint } = await endpointTo(ledger, receiver.url, { types: ["granted"] });
    const sending = await send();
    await ledger.grants(3);
    await until("three", () => receiver.taken.length === 3);
    // Writing to /dev/full fails as a full disk does.
    const full = join(folderOf(endpoint), `outbox.json.${process.pid}.new`);
    const fill = setInterval(() => {
      if (!existsSync(full)) symlinkSync("/dev/full", full);
    }, 1);
    const more = ledger.grants(3);
    await until("the notice", () => sending.notices.some((text) => text.includes("no room")));
    await more;
    // What was under way when the disk was full may arrive yet.
    let met = -1;
    while (met !== receiver.hits.length) {
      met = receiver.hits.length;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    await ledger.grants(3);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(receiver.hits.length).toBe(met);
    clearInterval(fill);
    await until("all", () => firstOf(receiver.taken).length === 9);
    expect(sending.notices.some((text) => text.includes("there is room again"))).toBe(true);
  });

  it("of an endpoint that takes nothing holds no more than its bound; the rest waits", async () => {
    await ledger.openCampaign();
    const url = receiver.url;
    const { endpoint } = await endpointTo(ledger, url, { retryMs: [3_600_000] });
    receiver.answer = (_, response) => void response.writeHead(500).end();
    const sending = await send();
    for (let i = 0; i < 20; i++) await ledger.grants(1000);
    await ledger.engine.seal();
    const counts = () => sending.webhooks.counts.get(endpoint)!;
    await until("the bound", () => counts().pending >= LIMITS.webhooksPending);
    await until("a journal that is ahead", () => counts().behindRecords > 0);
    // A record is taken whole, and one of these holds the events of a batch.
    expect(counts().pending).toBeLessThan(LIMITS.webhooksPending + 13_000);
  });

  it("refuses a journal that is not the one it was filled from", async () => {
    await ledger.openCampaign();
    await endpointTo(ledger, receiver.url, { types: ["granted"] });
    const first = await send();
    await ledger.grants(2);
    await until("both", () => receiver.taken.length === 2);
    await first.stop();
    const other = new Ledger();
    await other.open();
    await other.openCampaign();
    for (let i = 0; i < 9; i++) await other.grants(2);
    await other.engine.close();
    await ledger.engine.close();
    rmSync(ledger.journal, { recursive: true });
    cpSync(other.journal, ledger.journal, { recursive: true });
    const second = await send();
    expect(await second.failure()).toMatchObject({ code: "wrong_ledger" });
    expect(receiver.hits).toHaveLength(2);
    await other.remove();
  });

  it("leaves nothing of what a killed sender was writing", async () => {
    await ledger.openCampaign();
    const { endpoint } = await endpointTo(ledger, receiver.url, { types: ["granted"] });
    const first = await send();
    await ledger.grants(1);
    await until("one", () => receiver.taken.length === 1);
    await first.stop();
    cpSync(
      join(folderOf(endpoint), "outbox.json"),
      join(folderOf(endpoint), "outbox.json.99999.new"),
    );
    await send();
    await until("clean", () => !readdirSync(folderOf(endpoint)).some((n) => n.endsWith(".new")));
  });
});
