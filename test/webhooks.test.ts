// Webhooks from a journal to real receivers that fail, hang, redirect, reset and refuse.
import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { webhookEventSchema } from "../src/contract/schema/webhook.ts";
import { secretsInForce } from "../src/webhooks/endpoints.ts";
import {
  messageId,
  OutboxFolder,
  readEndpoints,
  removeEndpoint,
  rotateSecret,
  setDisabled,
} from "../src/webhooks/index.ts";
import {
  accept,
  byGrant,
  endpointTo,
  firstOf,
  type Hit,
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

async function send(more = {}): Promise<Sending> {
  const sending = await Sending.start(ledger, more);
  sendings.push(sending);
  return sending;
}

/** Twelve grants, each with three redemptions. */
async function play(): Promise<void> {
  await ledger.openCampaign();
  for (const grant of await ledger.grants(12)) await ledger.spend(grant, 3);
  await ledger.engine.seal();
}

/** opened, assigned and exposed of 12 users, 12 granted, 36 redeemed. */
const PLAYED = 1 + 12 + 12 + 36;

const inOrder = (places: number[]): boolean =>
  places.every((at, i) => i === 0 || places[i - 1]! < at);

describe("events of a journal", () => {
  it("come once each, signed, in order per grant, and fit their schema", async () => {
    await play();
    const { secrets } = await endpointTo(ledger, receiver.url);
    await send();
    await until("all events", () => receiver.taken.length >= PLAYED);
    const { hits } = receiver;
    expect(hits).toHaveLength(PLAYED);
    expect(new Set(hits.map(({ id }) => id)).size).toBe(PLAYED);
    expect([...byGrant(hits).values()].every(inOrder)).toBe(true);
    const key = Buffer.from(secrets[0]!.secret.slice(6), "base64");
    for (const hit of hits) {
      const signed = `${hit.id}.${hit.timestamp}.${hit.body}`;
      const expected = createHmac("sha256", key).update(signed).digest("base64");
      expect(hit.signature).toBe(`v1,${expected}`);
      expect(Math.abs(hit.timestamp - Date.now() / 1000)).toBeLessThan(60);
      expect(webhookEventSchema.parse(JSON.parse(hit.body))).toBeTruthy();
      const { sequence, index } = hit.data;
      expect(hit.id).toBe(messageId(ledger.engine.journal.ledgerId, sequence, index));
    }
  });

  it("hold pseudonyms and never a user's, a claim's or a merchant's name", async () => {
    await play();
    await endpointTo(ledger, receiver.url);
    await send();
    await until("all events", () => receiver.taken.length >= PLAYED);
    const text = receiver.hits.map(({ body }) => body).join("\n");
    expect(text).not.toMatch(/user-\d|claim-\d|noodles/);
    expect(text).toMatch(/"user":"[0-9a-f]{32}"/);
  });

  it("come as they happen, and only those that an endpoint wants", async () => {
    await ledger.openCampaign();
    await ledger.openCampaign({ id: "other" });
    await endpointTo(ledger, receiver.url, { campaigns: ["other"], types: ["granted"] });
    await send();
    await ledger.grants(5);
    await ledger.grants(3, "other");
    await until("three grants", () => receiver.taken.length >= 3);
    await ledger.grants(2, "other");
    await until("two more", () => receiver.taken.length >= 5);
    const met = receiver.taken.map(({ type, data }) => `${type} of ${data.campaign}`);
    expect(met).toEqual(Array.from({ length: 5 }, () => "granted of other"));
  });

  it("begin where an endpoint was made, of campaigns that were opened before", async () => {
    await play();
    const afterSequence = ledger.engine.journal.lastSequence;
    await endpointTo(ledger, receiver.url, { afterSequence });
    await send();
    await ledger.grants(1);
    await until("its events", () => receiver.taken.some(({ type }) => type === "granted"));
    expect(receiver.hits.every(({ data }) => data.sequence > afterSequence)).toBe(true);
  });
});

describe("a grant whose event is not taken", () => {
  it("holds back its own later events and no others", async () => {
    await play();
    await endpointTo(ledger, receiver.url, { types: ["granted", "redeemed"] });
    let isBroken = true;
    receiver.answer = (hit, response, request) => {
      if (isBroken && hit.data.grant === 4 && hit.type === "redeemed")
        response.writeHead(500).end();
      else accept(hit, response, request);
    };
    await send();
    await until("the others", () => receiver.taken.length >= 48 - 3);
    const met = receiver.hits.filter(({ data }) => data.grant === 4);
    expect(new Set(met.map(({ id }) => id)).size).toBe(2); // granted, and the first redemption
    isBroken = false;
    await until("the held back", () => receiver.taken.length >= 48);
    expect([...byGrant(firstOf(receiver.taken)).values()].every(inOrder)).toBe(true);
    expect(receiver.taken).toHaveLength(48);
  });

  it("becomes a dead letter after the last attempt; what follows goes on", async () => {
    await play();
    const { endpoint } = await endpointTo(ledger, receiver.url, {
      types: ["granted", "redeemed"],
      retryMs: [10, 10],
    });
    let isBroken = true;
    receiver.answer = (hit, response, request) => {
      if (isBroken && hit.data.grant === 4 && hit.type === "granted") response.writeHead(503).end();
      else accept(hit, response, request);
    };
    const sending = await send();
    await until("all but one", () => receiver.taken.length >= 47);
    const folder = new OutboxFolder(ledger.directory, endpoint);
    const counts = () => sending.webhooks.counts.get(endpoint)!;
    expect(counts()).toMatchObject({ dead: 1, pending: 0, delivered: 47 });
    const [key] = await folder.deadKeys();
    const letter = (await folder.readDead(key!))!;
    expect(letter).toMatchObject({ type: "granted", attempts: 3, last: "status 503" });
    const attempts = receiver.hits.filter(({ id }) => id === letter.id);
    expect(attempts).toHaveLength(3);
    isBroken = false;
    await folder.wish("replay", [key!]);
    await until("the replayed", () => receiver.taken.length >= 48);
    expect(receiver.taken.at(-1)).toMatchObject({ id: letter.id, body: letter.body });
    await until("no dead letter", () => counts().dead === 0);
    expect(await folder.deadKeys()).toEqual([]);
  });
});

describe("a receiver that", () => {
  const trouble = async (answer: Receiver["answer"], timeoutMs = 2000): Promise<Hit[]> => {
    await play();
    await endpointTo(ledger, receiver.url, { types: ["granted"] });
    receiver.answer = (hit, response, request) => {
      if (hit.turn === 1) answer(hit, response, request);
      else accept(hit, response, request);
    };
    await send({ timeoutMs });
    await until("all grants", () => firstOf(receiver.taken).length >= 12);
    return receiver.hits;
  };

  it("resets the connection is tried again", async () => {
    const hits = await trouble((_, response) => void response.socket!.resetAndDestroy());
    expect(hits).toHaveLength(24);
  });

  it("hangs is given up after its time, and tried again", async () => {
    const hits = await trouble(() => {}, 300);
    expect(hits).toHaveLength(24);
    const [first, second] = hits.filter(({ id }) => id === hits[0]!.id);
    expect(second!.atMs - first!.atMs).toBeGreaterThanOrEqual(290);
  });

  it("says 200 and then sends without end has taken it", async () => {
    await play();
    const { endpoint } = await endpointTo(ledger, receiver.url, { types: ["granted"] });
    receiver.answer = (_, response) => {
      response.writeHead(200);
      const more = setInterval(() => response.write("x".repeat(65_536)), 1);
      response.on("close", () => clearInterval(more));
    };
    const sending = await send();
    await until("all grants", () => sending.webhooks.counts.get(endpoint)?.delivered === 12);
    expect(receiver.hits).toHaveLength(12);
  });

  it("redirects is not followed", async () => {
    let followed = 0;
    const other = await Receiver.start();
    other.answer = (hit, response, request) => {
      followed += 1;
      accept(hit, response, request);
    };
    const hits = await trouble((_, response) => {
      response.writeHead(307, { location: other.url }).end();
    });
    expect(hits).toHaveLength(24);
    expect(followed).toBe(0);
    await other.stop();
  });

  it("asks for patience gets it", async () => {
    let busySinceMs = 0;
    const hits = await trouble((_, response) => {
      busySinceMs ||= Date.now();
      response.writeHead(429, { "retry-after": "1" }).end();
    });
    const early = hits.filter(({ turn, atMs }) => turn > 1 && atMs < busySinceMs + 1000);
    expect(early).toEqual([]);
  });

  it("is gone is disabled, and gets everything once it is enabled again", async () => {
    await play();
    const { endpoint } = await endpointTo(ledger, receiver.url);
    receiver.answer = (_, response) => void response.writeHead(410).end();
    const sending = await send();
    await until("the notice", () => sending.notices.some((text) => text.includes("410 Gone")));
    const [disabled] = await readEndpoints(ledger.directory);
    expect(disabled!.disabled!.why).toContain("410");
    const before = receiver.hits.length;
    receiver.answer = accept;
    await ledger.grants(1);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(receiver.hits).toHaveLength(before);
    await setDisabled(ledger.directory, endpoint, null);
    await until("all of it", () => firstOf(receiver.taken).length >= PLAYED + 2);
    expect([...byGrant(firstOf(receiver.taken)).values()].every(inOrder)).toBe(true);
  });
});

describe("an endpoint", () => {
  it("signs with both secrets while one replaces the other", async () => {
    await ledger.openCampaign();
    const { endpoint, secrets } = await endpointTo(ledger, receiver.url, { types: ["granted"] });
    const untilMs = Date.now() + 60_000;
    const rotated = await rotateSecret(ledger.directory, endpoint, untilMs);
    await send();
    await ledger.grants(1);
    await until("the grant", () => receiver.taken.length === 1);
    const [hit] = receiver.hits;
    const valid = (secret: string) => {
      const key = Buffer.from(secret.slice(6), "base64");
      const signed = `${hit!.id}.${hit!.timestamp}.${hit!.body}`;
      return hit!.signature.includes(createHmac("sha256", key).update(signed).digest("base64"));
    };
    const both = [rotated.secrets[0]!.secret, secrets[0]!.secret];
    expect(both.map(valid)).toEqual([true, true]);
    expect(secretsInForce(rotated, untilMs - 1)).toEqual(both);
    expect(secretsInForce(rotated, untilMs)).toEqual(both.slice(0, 1));
  });

  it("in a private network is refused, by address and by name", async () => {
    await play();
    const refused = { code: "invalid_usage" };
    for (const url of ["http://127.0.0.1/", "https://2130706433/", "https://0177.0.0.1/hook"]) {
      const made = endpointTo(ledger, url, { allowPrivate: false });
      await expect(made, url).rejects.toMatchObject(refused);
    }
    const port = new URL(receiver.url).port;
    const { endpoint } = await endpointTo(ledger, `https://localhost:${port}/`, {
      allowPrivate: false,
      types: ["granted"],
      retryMs: [],
    });
    const sending = await send();
    await until("dead letters", () => sending.webhooks.counts.get(endpoint)?.dead === 12);
    const folder = new OutboxFolder(ledger.directory, endpoint);
    const letter = await folder.readDead((await folder.deadKeys())[0]!);
    expect(letter!.last).toMatch(
      /^localhost is (127\.0\.0\.1|::1), which is not a public address$/,
    );
    expect(receiver.hits).toEqual([]);
  });

  it("that was removed is forgotten, and others go on", async () => {
    await ledger.openCampaign();
    const gone = await endpointTo(ledger, receiver.url, { types: ["granted"] });
    const other = await Receiver.start();
    await endpointTo(ledger, other.url, { types: ["granted"] });
    const sending = await send();
    await ledger.grants(2);
    await until("both", () => receiver.taken.length === 2 && other.taken.length === 2);
    await removeEndpoint(ledger.directory, gone.endpoint);
    await until("one less", () => sending.webhooks.counts.size === 1);
    await ledger.grants(2);
    await until("the other", () => other.taken.length === 4);
    expect(receiver.taken).toHaveLength(2);
    expect(await new OutboxFolder(ledger.directory, gone.endpoint).readState()).toBeNull();
    await other.stop();
  });

  it("is served by one process at a time", async () => {
    await send();
    await expect(send()).rejects.toMatchObject({
      code: "journal_locked",
      message: expect.stringContaining("Only one process sends from an outbox"),
    });
  });
});
