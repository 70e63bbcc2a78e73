// A public round that luck waits for, from the opening to the journal: it must be ahead, only its
// own value is taken, nothing is drawn before, and everybody can draw again with it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { roundAtMs } from "../src/base/drand.ts";
import type { BeaconInput, ClaimInput } from "../src/contract/index.ts";
import type { BeaconDefinition, CampaignDefinition } from "../src/core/definition.ts";
import { DrivenClock, type Engine, execute } from "../src/host/index.ts";
import { open } from "../src/host/open.ts";
import { openCampaign } from "../src/host/open-campaign.ts";
import { QUICKNET_ROUNDS } from "./drand-rounds.fixture.ts";
import { Drill } from "./drill.fixture.ts";
import { drillChain, drillRound } from "./simulation/drill-chain.ts";
import { HOUR_MS, plainCampaign, START_MS } from "./simulation/plain-campaign.ts";
import { expectFound } from "./verify/expect-found.ts";

const CHAIN = drillChain(START_MS - HOUR_MS);
/** Due an hour after the start. */
const BEACON: BeaconDefinition = { chain: CHAIN, round: 2401 };
const DUE_MS = roundAtMs(CHAIN, BEACON.round);

function lucky(beacon: BeaconDefinition | null = BEACON): CampaignDefinition {
  const plain = plainCampaign({ budgetMinor: 100_000 });
  const envelope: CampaignDefinition["offers"][number] = {
    ...plain.offers[0]!,
    id: "envelope",
    reward: {
      kind: "table",
      entries: Array.from({ length: 200 }, (_, i) => ({ amountMinor: i + 1, odds: 1 })),
    },
  };
  const offers = [...plain.offers, envelope];
  return { ...plain, offers, ...(beacon === null ? {} : { beacon }) };
}

class BeaconDrill extends Drill {
  override claim(user: string, offer = "envelope", more: Partial<ClaimInput> = {}) {
    return super.claim(user, offer, more);
  }

  handIn(body: BeaconInput, campaign = "drill") {
    return execute(this.engine, "campaign.beacon", { params: { campaign }, query: null, body });
  }
}

const drill = (definition = lucky()): Promise<BeaconDrill> => new BeaconDrill().open(definition);

describe("a campaign with a beacon", () => {
  it("opens only while its round is a minute ahead, and says which one would do", async () => {
    const { engine, clock } = await new BeaconDrill().open(null);
    clock.set(DUE_MS - 59_999);
    await expect(openCampaign(engine, lucky())).rejects.toMatchObject({
      code: "invalid_campaign",
      message: expect.stringMatching(/a minute ahead: 2402 or later, due .* found 2401, due /),
    });
    // Refused, it left nothing behind; the next round opens, and exactly a minute is enough.
    clock.set(roundAtMs(CHAIN, 2402) - 60_000);
    const answer = await openCampaign(engine, lucky({ chain: CHAIN, round: 2402 }));
    expect(answer.status).toBe("opened");
  });

  it("grants no luck before the value is in, and says when to come back", async () => {
    const it = await drill();
    expect(await it.claim("ana", "card")).toMatchObject({ status: "granted" });
    const early = await it.claim("bo");
    expect(early).toMatchObject({ status: "not_open", retryAtMs: DUE_MS + 10_000 });
    it.clock.set(DUE_MS + HOUR_MS);
    const late = await it.claim("bo");
    expect(late).toMatchObject({ status: "not_open", retryAtMs: DUE_MS + HOUR_MS + 10_000 });
    const call = { params: { campaign: "drill", user: "bo" }, query: {}, body: null };
    const { offers } = await execute(it.engine, "offers.list", call);
    expect(offers.map(({ offer }) => offer)).toEqual(["card"]);
    expect((await it.handIn(drillRound(2401))).status).toBe("ok");
    expect((await it.claim("bo")).status).toBe("granted");
    const { notes } = await it.verified();
    expect(notes.some((note) => /round 2401 was public/.test(note))).toBe(true);
  });

  it("takes nothing but the promised round of the promised chain", async () => {
    const it = await drill();
    const value = drillRound(2401);
    const early = await it.handIn(value);
    expect(early).toMatchObject({ status: "beacon_early", retryAtMs: DUE_MS });
    it.clock.set(DUE_MS);
    const other = await it.handIn(drillRound(2400));
    expect(other).toMatchObject({ status: "beacon_unexpected", awaited: [2401] });
    const forged: BeaconInput[] = [
      { ...value, randomness: "00".repeat(32) },
      { ...value, signature: drillRound(2400).signature, randomness: drillRound(2400).randomness! },
      { ...QUICKNET_ROUNDS[0]!, round: 2401 },
      { ...value, signature: "ff".repeat(48) },
      { ...value, previous_signature: value.signature },
    ];
    for (const one of forged) expect((await it.handIn(one)).status).toBe("beacon_invalid");
    expect((await it.handIn(value, "elsewhere")).status).toBe("unknown_campaign");
    expect(it.journal.lastSequence).toBe(1);
    expect(await it.handIn(value)).toMatchObject({ status: "ok", replayed: false });
    expect(await it.handIn(value)).toMatchObject({ status: "ok", replayed: true });
    const { randomness: _, ...bare } = value;
    expect(await it.handIn(bare)).toMatchObject({ status: "ok", replayed: true });
    expect((await it.handIn(forged[1]!)).status).toBe("beacon_invalid");
    expect(it.journal.lastSequence).toBe(2);
  });

  it("takes none after its close, and none where none was promised", async () => {
    const it = await drill();
    it.clock.set(lucky().endsAtMs);
    await it.close();
    expect((await it.handIn(drillRound(2401))).status).toBe("campaign_closed");
    const other = await drill(lucky(null));
    other.clock.set(DUE_MS);
    const answer = await other.handIn(drillRound(2401));
    expect(answer).toMatchObject({ status: "beacon_unexpected", awaited: [] });
  });

  it("draws by seed and value together, and is drawn again from both", async () => {
    const amounts = async (beacon: BeaconDefinition | null): Promise<number[]> => {
      const it = await drill(lucky(beacon));
      it.clock.set(DUE_MS + HOUR_MS);
      if (beacon !== null) await it.handIn(drillRound(beacon.round));
      const drawn: number[] = [];
      for (let i = 0; i < 6; i++) drawn.push((await it.claim(`user-${i}`)).amountMinor!);
      const running = await it.verified();
      expect(running.campaigns[0]!.drawsWaiting).toBe(6);
      expect((await it.verified(true)).campaigns[0]!.drawsWaiting).toBe(0);
      it.clock.set(lucky().endsAtMs + 3 * 24 * HOUR_MS);
      await it.engine.tick();
      it.clock.set(lucky().closesAtMs + 3 * 24 * HOUR_MS);
      await it.engine.tick();
      expect((await it.close()).status).toBe("ok");
      const closed = await it.verified();
      expect(closed.checks.find(({ name }) => name === "draws")!.count).toBe(6);
      return drawn;
    };
    const plain = await amounts(null);
    const mixed = await amounts(BEACON);
    const other = await amounts({ chain: CHAIN, round: 2402 });
    expect(new Set([plain, mixed, other].map(String)).size).toBe(3);
  });

  it("cannot get another one by a revision", async () => {
    const it = await drill();
    const revise = (definition: CampaignDefinition) =>
      execute(it.engine, "campaign.revise", {
        ...{ params: { campaign: "drill" }, query: null },
        body: { definition, version: 1, why: "a test" },
      });
    await expect(revise(lucky({ chain: CHAIN, round: 2402 }))).rejects.toThrow(/beacon/);
    await expect(revise(lucky(null))).rejects.toThrow(/beacon/);
  });
});

describe("a restart", () => {
  it("before the value still waits, and after it still draws the same", async () => {
    const it = await drill();
    await it.again();
    expect((await it.claim("ana")).status).toBe("not_open");
    it.clock.set(DUE_MS);
    await it.handIn(drillRound(2401));
    const first = await it.claim("ana", "envelope", { id: "same" });
    await it.again();
    expect(await it.claim("ana", "envelope", { id: "same" })).toMatchObject({
      replayed: true,
      amountMinor: first.amountMinor,
    });
    for (let i = 0; i < 5; i++) await it.claim(`after-${i}`);
    await it.verified(true);
  });

  it("from a snapshot knows the round as one from the journal does", async () => {
    const directory = await mkdtemp(join(tmpdir(), "hongbao-beacon-"));
    const clock = new DrivenClock(START_MS);
    const engines: Engine[] = [];
    const start = async (): Promise<Engine> => {
      const engine = await open({ directory, clock, trustClock: true, durable: false });
      engines.push(engine);
      return engine;
    };
    const stop = async (): Promise<void> => engines.pop()!.close();
    const claim = (engine: Engine, id: string) =>
      engine.money("claim", "drill", { id, user: id, offer: "envelope" });
    try {
      let engine = await start();
      await openCampaign(engine, lucky());
      await stop();
      engine = await start();
      expect((await claim(engine, "ana")).status).toBe("not_open");
      clock.set(DUE_MS);
      const body = drillRound(2401);
      const call = { params: { campaign: "drill" }, query: null, body };
      expect((await execute(engine, "campaign.beacon", call)).status).toBe("ok");
      const { amountMinor } = await claim(engine, "ana");
      await stop();
      engine = await start();
      expect(await claim(engine, "ana")).toMatchObject({ replayed: true, amountMinor });
      expect((await claim(engine, "bo")).status).toBe("granted");
      expect(await execute(engine, "campaign.beacon", call)).toMatchObject({ replayed: true });
      const counts = engine.state.campaigns[0]!.drawn[1]![0]!.counts;
      expect(counts.reduce((sum, one) => sum + one, 0)).toBe(2);
    } finally {
      for (const engine of engines.splice(0)) await engine.close();
      await rm(directory, { recursive: true });
    }
  });
});

describe("verify finds", () => {
  const MIXED = 2;

  it("luck before the round was in the journal", () =>
    expectFound("beacons", "granted", (forgery) => {
      const beacon = forgery.all("beacon", MIXED)[0]!;
      const first = forgery.all("granted", MIXED)[0]!;
      forgery.replace(beacon);
      forgery.replace(first, first, beacon);
    }));

  it("a value that is not the hash of its signature", () =>
    expectFound("beacons", "beacon", (forgery) => {
      forgery.all("beacon", MIXED)[0]![6]! ^= 1;
    }));

  it("a signature with a bit turned", () =>
    expectFound("beacons", "beacon", (forgery) => {
      forgery.all("beacon", MIXED)[0]![20]! ^= 1;
    }));

  it("another round than the promised one", () =>
    expectFound("beacons", "beacon", (forgery) => {
      forgery.all("beacon", MIXED)[0]![4]! += 1;
    }));

  it("a second value", () =>
    expectFound("beacons", "beacon", (forgery) => {
      const beacon = forgery.all("beacon", MIXED)[0]!;
      forgery.replace(beacon, beacon, beacon.slice());
    }));

  it("a promise of a round that was due already", () =>
    expectFound("beacons", "opened", (forgery) => {
      forgery.reopen((opening) => {
        opening.definition.beacon!.chain.genesisAtMs -= 24 * HOUR_MS;
      }, MIXED);
    }));

  it("amounts drawn with the seed alone", () =>
    expectFound("draws", "granted", (forgery) => {
      forgery.reopen((opening) => {
        delete opening.definition.beacon;
      }, MIXED);
    }));
});
