// Checkpoints and receipts through a server: who may have which, and that what comes over HTTP is
// genuine.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromBase64 } from "../src/base/base64.ts";
import { utf8 } from "../src/base/bytes.ts";
import { type Client, createClient } from "../src/client/index.ts";
import type { KeyInput } from "../src/contract/index.ts";
import { dataPaths } from "../src/host/data-directory.ts";
import {
  checkReceipt,
  parseCheckpoint,
  type VerifierKey,
  verifyConsistency,
} from "../src/journal/index.ts";
import { Keys, memoryKeyStore, type RunningServer, startServer } from "../src/server/index.ts";
import { LogFollower } from "../src/transparency/log-follower.ts";
import { publicKeys } from "../src/transparency/signing-keys.ts";
import { anotherId, CAMPAIGN } from "./contract/campaign.ts";
import { eventually, LoggedLedger } from "./transparency.fixture.ts";

let ledger: LoggedLedger;
let follower: LogFollower;
let server: RunningServer;
let keys: Keys;
let key: VerifierKey;
let grants: string[];
const clients: Client[] = [];

async function clientOf(input: KeyInput): Promise<Client> {
  const { secret } = await keys.add(input, 0);
  const client = createClient({ url: server.url, key: secret });
  clients.push(client);
  return client;
}

beforeAll(async () => {
  ledger = await LoggedLedger.make();
  const { journal, log, secrets } = dataPaths(ledger.directory);
  follower = await LogFollower.start(ledger.engine, {
    place: { journal, log, secrets },
    intervalMs: 20,
    witnesses: [],
    onNotice: (text) => ledger.notices.push(text),
  });
  keys = await Keys.open(memoryKeyStore());
  const options = { engine: ledger.engine, follower: Promise.resolve(follower), keys, port: 0 };
  server = await startServer({ ...options, logLevel: "silent" });
  await server.ready;
  grants = await ledger.grant(4);
  for (const [i, merchant] of ["noodles", "tea"].entries()) {
    const attributes = { merchant };
    const body = { id: `order-${i}`, grant: grants[i]!, amountMinor: 500, attributes };
    const answer = await ledger.engine.money("redeem", CAMPAIGN, body);
    expect(answer.status).toBe("redeemed");
  }
  [key] = (await eventually(async () => {
    const found = await publicKeys(log);
    return found.length > 0 ? found : null;
  })) as [VerifierKey];
});

afterAll(async () => {
  for (const client of clients) await client.close();
  await server.close();
  await ledger.engine.close();
  await follower.close();
  await ledger.remove();
});

function check(receipt: unknown): string {
  const facts = checkReceipt(utf8(JSON.stringify(receipt)), { key });
  return typeof facts === "string" ? facts : facts.kind;
}

describe("receipts over HTTP", () => {
  it("are for apps, viewers and admins, and genuine", async () => {
    for (const scope of ["app", "viewer", "admin"] as const) {
      const client = await clientOf({ name: scope, scope });
      const answer = await eventually(async () => {
        const one = await client.grant.receipt({ campaign: CAMPAIGN, grant: grants[2]! });
        return one.status === "ok" ? one : null;
      });
      expect(check(answer.receipt)).toBe("granted");
      const spent = await client.redemption.receipt({ campaign: CAMPAIGN, redemption: "order-0" });
      expect(check(spent.receipt)).toBe("redeemed");
      expect(spent.receipt!.subject).toMatchObject({ grant: grants[0], redemption: "order-0" });
    }
  });

  it("give a merchant those of its own redemptions alone", async () => {
    const tea = await clientOf({ name: "tea", scope: "merchant", merchant: "tea" });
    const own = await eventually(async () => {
      const one = await tea.redemption.receipt({ campaign: CAMPAIGN, redemption: "order-1" });
      return one.receipt ?? null;
    });
    expect(check(own)).toBe("redeemed");
    const foreign = tea.redemption.receipt({ campaign: CAMPAIGN, redemption: "order-0" });
    await expect(foreign).rejects.toMatchObject({ code: "forbidden" });
    const grant = tea.grant.receipt({ campaign: CAMPAIGN, grant: grants[0]! });
    await expect(grant).rejects.toMatchObject({ code: "forbidden" });
  });

  it("name what is unknown", async () => {
    const admin = await clientOf({ name: "admin", scope: "admin" });
    const grant = grants[0]!;
    const asked = [
      admin.grant.receipt({ campaign: "none", grant }),
      admin.grant.receipt({ campaign: CAMPAIGN, grant: anotherId(grant) }),
      admin.redemption.receipt({ campaign: CAMPAIGN, redemption: "never" }),
      admin.redemption.receipt({ campaign: CAMPAIGN, redemption: "c-1" }), // a claim's id
    ];
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    const unknown = "unknown_redemption";
    expect(statuses).toEqual(["unknown_campaign", "unknown_grant", unknown, unknown]);
  });

  it("need a key, and checkpoints need none", async () => {
    const path = `/v1/campaigns/${CAMPAIGN}/grants/${grants[0]}/receipt`;
    expect((await fetch(server.url + path)).status).toBe(401);
    const shown = (await (await fetch(`${server.url}/v1/checkpoint`)).json()) as { note: string };
    const text = await fetch(`${server.url}/checkpoint`);
    expect(text.headers.get("content-type")).toMatch(/text\/plain/);
    expect(parseCheckpoint(await text.text())!.checkpoint.origin).toBe(key.name);
    expect(parseCheckpoint(shown.note)).not.toBeNull();
  });

  it("prove that a later checkpoint extends an earlier one", async () => {
    const client = await clientOf({ name: "watcher", scope: "viewer" });
    const before = parseCheckpoint((await client.checkpoint.show()).note)!.checkpoint;
    await ledger.grant(3);
    const after = await eventually(async () => {
      const { note } = await client.checkpoint.show();
      const now = parseCheckpoint(note)!.checkpoint;
      return now.size > before.size ? now : null;
    });
    const sizes = { old: String(before.size), size: String(after.size) };
    const { proof } = await client.checkpoint.consistency(sizes);
    const claim = {
      oldSize: before.size,
      oldRoot: before.root,
      size: after.size,
      root: after.root,
    };
    expect(
      verifyConsistency(
        claim,
        proof.map((hash) => fromBase64(hash)!),
      ),
    ).toBe(true);
    for (const query of ["", "?old=x", "?old=9999", "?old=1&size=9999", "?old=01"]) {
      const path = `/v1/checkpoint/consistency${query}`;
      expect((await fetch(server.url + path)).status).toBe(400);
    }
  });
});

it("a server without receipts says so", async () => {
  const bare = await startServer({ engine: ledger.engine, keys, port: 0, logLevel: "silent" });
  try {
    const answer = await fetch(`${bare.url}/v1/checkpoint`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ error: { code: "receipts_unavailable" } });
  } finally {
    await bare.close();
  }
});
