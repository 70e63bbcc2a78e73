// Blocks, from the request to the journal, and what verify says of a journal in which somebody who
// was blocked got something all the same.
import { describe, expect, it } from "vitest";
import { GRANTED } from "../src/core/event.ts";
import { BLOCK } from "../src/core/suspicion/block-event.ts";
import { execute } from "../src/host/index.ts";
import { cap, DAY_MS, HOUR_MS } from "./simulation/plain-campaign.ts";
import { drill, type SuspicionDrill } from "./suspicion-drill.fixture.ts";
import type { Forgery } from "./verify/forge.ts";

const WITH_DEVICES = { attributes: ["device"] };
const FARM = {
  ...WITH_DEVICES,
  caps: [
    cap({
      ...{ id: "farm", dimension: "device", per: "hour", limit: 2, refund: false },
      ...{ missing: "skip", blockMs: DAY_MS },
    }),
  ],
};

describe("blocks by a list", () => {
  it("say how many they changed, and end when they say", async () => {
    const it = await drill(WITH_DEVICES);
    const first = await it.block("user", ["ana", "bo", "ana"], HOUR_MS);
    expect(first).toMatchObject({ status: "block_placed", changed: 2, unchanged: 1 });
    expect((await it.claim("ana")).status).toBe("blocked");
    expect(await it.block("device", ["d1"])).toMatchObject({ changed: 1 });
    expect((await it.claimOn("d1", "cleo")).status).toBe("blocked");
    expect((await it.claimOn("d2", "cleo")).status).toBe("granted");
    await it.after(HOUR_MS);
    expect((await it.claim("ana")).status).toBe("granted");
    expect(await it.block("device", ["d1", "d9"], -1)).toMatchObject({
      ...{ status: "unblocked", changed: 1, unchanged: 1 },
    });
    expect((await it.claimOn("d1", "dan")).status).toBe("granted");
    const { suspicion } = await it.books();
    expect(suspicion).toMatchObject({ blocks: 3, blocksByCap: 0, unblocks: 1 });
    await it.verified();
  });

  it("take thousands at a time", async () => {
    const it = await drill(WITH_DEVICES);
    const devices = Array.from({ length: 3000 }, (_, i) => `d-${i}`);
    expect(await it.block("device", devices)).toMatchObject({ changed: 3000, unchanged: 0 });
    expect((await it.claimOn("d-2999", "ana")).status).toBe("blocked");
    expect(await it.block("device", devices)).toMatchObject({ changed: 0, unchanged: 3000 });
    await it.verified();
  });

  it("refuse names and ends that are none", async () => {
    const it = await drill();
    const call = { params: { campaign: "drill" }, query: null };
    const body = { by: "shoe", values: ["d1"], why: "w" };
    await expect(execute(it.engine, "block.add", { ...call, body })).rejects.toMatchObject({
      ...{ code: "invalid_request", details: { path: "$.by" } },
    });
    const ended = { ...body, by: "user", untilMs: 1 };
    const past = execute(it.engine, "block.add", { ...call, body: ended });
    await expect(past).rejects.toMatchObject({ details: { path: "$.untilMs" } });
    const both = { ...body, by: "user", untilMs: 1, forMs: 1 };
    const twice = execute(it.engine, "block.add", { ...call, body: both });
    await expect(twice).rejects.toMatchObject({ details: { path: "$.forMs" } });
    const elsewhere = { ...call, params: { campaign: "other" }, body: { ...body, by: "user" } };
    expect(await execute(it.engine, "block.add", elsewhere)).toMatchObject({
      ...{ status: "unknown_campaign", changed: 0 },
    });
  });

  it("are told by a dry run", async () => {
    const it = await drill(WITH_DEVICES);
    await it.block("device", ["d1"]);
    const body = { user: "ana", offer: "card", attributes: { device: "d1" } };
    const call = { params: { campaign: "drill" }, query: null, body };
    const { would, conditions } = await execute(it.engine, "dryrun.claim", call);
    expect(would).toBe("blocked");
    expect(conditions).toContainEqual(expect.objectContaining({ kind: "blocked", holds: false }));
  });
});

describe("blocks by a cap", () => {
  it("hold for everybody on the device, and are counted apart", async () => {
    const it = await drill(FARM);
    for (const user of ["a", "b"]) await it.grantOn("d1", user);
    expect((await it.claimOn("d1", "c")).status).toBe("cap_reached");
    await it.after(2 * HOUR_MS);
    expect((await it.claimOn("d1", "e")).status).toBe("blocked");
    expect((await it.books()).suspicion).toMatchObject({ blocks: 0, blocksByCap: 1 });
    await it.verified();
  });
});

describe("verify", () => {
  /** Two grants, and then nobody gets anything. */
  async function lived(): Promise<SuspicionDrill> {
    const it = await drill(FARM);
    for (const user of ["a", "b"]) await it.grantOn("d1", user);
    await it.claimOn("d1", "c");
    await it.after(HOUR_MS);
    await it.grantOn("d2", "late");
    await it.block("user", ["z"], HOUR_MS);
    await it.block("user", ["z"], -1);
    return it;
  }

  const cases: [string, string, (forgery: Forgery) => void][] = [
    [
      "a grant to a blocked user",
      "blocks granted",
      (forgery) => {
        const block = forgery.event("blocked", 1);
        const grant = forgery.event("granted", -1);
        block.set(grant.subarray(GRANTED.userKey, GRANTED.userKey + 4), BLOCK.key);
        forgery.replace(block);
        forgery.replace(grant, block, grant);
      },
    ],
    [
      "a grant with a blocked device",
      "blocks granted",
      (forgery) => {
        const block = forgery.event("blocked");
        forgery
          .event("granted", -1)
          .set(block.subarray(BLOCK.key, BLOCK.key + 4), GRANTED.rest + 2);
      },
    ],
    [
      "a cap that blocked somebody who had not filled it",
      "blocks blocked",
      (forgery) => forgery.replace(forgery.event("granted", 1)),
    ],
    [
      "a cap that blocks for longer than it says",
      "blocks blocked",
      (forgery) => {
        forgery.event("blocked")[BLOCK.until]! += 1;
      },
    ],
    [
      "an end of a block that there never was",
      "blocks unblocked",
      (forgery) => forgery.replace(forgery.event("blocked", 1)),
    ],
    [
      "a block without a reason",
      "blocks blocked",
      (forgery) => {
        const block = forgery.event("blocked", 1);
        const short = block.slice(0, BLOCK.tail);
        short[0] = (short[0]! & 0xffff) | (BLOCK.tail << 16);
        short[BLOCK.note] = 0;
        forgery.replace(block, short);
      },
    ],
  ];

  it.each(cases)("finds %s", async (_, wanted, forge) => {
    await (await lived()).expectFound(wanted, forge);
  });
});
