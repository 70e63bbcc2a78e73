// Draws whose luck waits for a public round: which one, until when, and what is handed in late,
// early, twice, wrong, or for a round that nothing waits for.
import { describe, expect, it } from "vitest";
import { roundAtMs } from "../src/base/drand.ts";
import type { BeaconAnswer, BeaconInput } from "../src/contract/index.ts";
import { execute } from "../src/host/index.ts";
import { CLOSES_MS, DrawDrill, drawn, TAKE_UP_MS } from "./draw-drill.fixture.ts";
import { drillChain, drillRound } from "./simulation/drill-chain.ts";
import { HOUR_MS, START_MS } from "./simulation/plain-campaign.ts";

const CHAIN = drillChain(START_MS, 30_000);
const BEACON = { chain: CHAIN, round: 10 };
const OWN_DUE_MS = roundAtMs(CHAIN, BEACON.round);

class BeaconDrill extends DrawDrill {
  /** With eight entries, closed; the campaign's own round is in unless it says otherwise. */
  async closed(): Promise<number> {
    await this.enterAll(8);
    await this.at(OWN_DUE_MS);
    await this.handIn(drillRound(BEACON.round));
    await this.at(CLOSES_MS);
    return (await this.show()).awaitsRound!;
  }

  handIn(body: BeaconInput): Promise<BeaconAnswer> {
    const call = { params: { campaign: "drill" }, query: null, body };
    return execute(this.engine, "campaign.beacon", call);
  }

  async awaits() {
    const call = { params: { campaign: "drill" }, query: null, body: null };
    return (await execute(this.engine, "campaign.show", call)).books!.awaits;
  }
}

const open = (more = {}): Promise<BeaconDrill> =>
  new BeaconDrill().open(drawn({}, { beacon: BEACON, ...more }));

describe("a draw with a public round", () => {
  it("waits for one ten minutes after its close; campaign show says which and when", async () => {
    const drill = await open();
    expect(await drill.awaits()).toEqual([
      { round: BEACON.round, dueAtMs: OWN_DUE_MS, for: ["campaign"] },
    ]);
    const round = await drill.closed();
    const dueAtMs = roundAtMs(CHAIN, round);
    expect(dueAtMs).toBeGreaterThanOrEqual(CLOSES_MS + 600_000);
    expect(dueAtMs).toBeLessThan(CLOSES_MS + 630_000);
    expect(await drill.awaits()).toEqual([{ round, dueAtMs, for: ["draw:sunday"] }]);
    await drill.at(dueAtMs);
    expect(await drill.show()).toMatchObject({ winners: 0, awaitsRound: round });
    expect((await drill.handIn(drillRound(round))).status).toBe("ok");
    await drill.at(dueAtMs + 1);
    expect(await drill.show()).toMatchObject({ winners: 3 });
    expect(await drill.awaits()).toBeUndefined();
    expect(await drill.verify()).toMatchObject({ ok: true, problems: [] });
  });

  it("takes the value late, also after a restart, and draws with it at once", async () => {
    const drill = await open();
    const round = await drill.closed();
    await drill.again();
    await drill.at(roundAtMs(CHAIN, round) + 5 * HOUR_MS);
    expect((await drill.handIn(drillRound(round))).status).toBe("ok");
    await drill.again();
    await drill.wait(1);
    expect(await drill.show()).toMatchObject({ winners: 3 });
    // What a winner does not begin goes to the next, by the same permutation.
    await drill.wait(TAKE_UP_MS);
    await drill.wait(HOUR_MS + 60_000);
    expect(await drill.show()).toMatchObject({ winners: 6 });
    expect(await drill.verify()).toMatchObject({ ok: true, problems: [] });
  });

  it("refuses a value early, and keeps none of it", async () => {
    const drill = await open();
    const round = await drill.closed();
    const dueAtMs = roundAtMs(CHAIN, round);
    await drill.at(dueAtMs - 1);
    const early = await drill.handIn(drillRound(round));
    expect(early).toMatchObject({ status: "beacon_early", retryAtMs: dueAtMs });
    await drill.wait(0);
    expect(await drill.show()).toMatchObject({ winners: 0 });
  });

  it("refuses a wrong value, a second one, and one that nothing waits for", async () => {
    const drill = await open();
    const round = await drill.closed();
    await drill.at(roundAtMs(CHAIN, round) + HOUR_MS);
    const right = drillRound(round);
    const wrong: [string, BeaconInput, string][] = [
      ["another round's signature", { ...drillRound(round - 1), round }, "beacon_invalid"],
      ["another hash", { ...right, randomness: "0".repeat(64) }, "beacon_invalid"],
      ["the round before", drillRound(round - 1), "beacon_unexpected"],
      ["the round after", drillRound(round + 1), "beacon_unexpected"],
      ["the right value of another round", { ...right, round: round + 1 }, "beacon_unexpected"],
    ];
    for (const when of ["before", "after"]) {
      for (const [name, value, status] of wrong) {
        const answer = await drill.handIn(value);
        expect(answer.status, `${name}, ${when}`).toBe(status);
        if (status !== "beacon_unexpected") continue;
        expect(answer.awaited, `${name}, ${when}`).toEqual(when === "before" ? [round] : []);
      }
      const first = await drill.handIn(right);
      expect(first).toMatchObject({ status: "ok", replayed: when === "after" });
    }
    await drill.again();
    expect(await drill.handIn(right)).toMatchObject({ status: "ok", replayed: true });
    await drill.wait(1);
    expect(await drill.show()).toMatchObject({ winners: 3 });
    expect(drill.engine.failure).toBeNull();
    expect(await drill.verify()).toMatchObject({ ok: true, problems: [] });
  });

  it("the same value twice at once is recorded once, for all that waits for it", async () => {
    // The campaign's own round is the one that the draw comes to wait for.
    const dueAtMs = CLOSES_MS + 600_000;
    const beacon = { chain: CHAIN, round: (dueAtMs - START_MS) / 30_000 + 1 };
    const drill = await open({ beacon });
    await drill.enterAll(8);
    await drill.at(CLOSES_MS);
    const { round } = beacon;
    const both = ["campaign", "draw:sunday"];
    expect(await drill.awaits()).toEqual([{ round, dueAtMs, for: both }]);
    await drill.at(dueAtMs);
    const value = drillRound(round);
    const answers = await Promise.all([1, 2, 3].map(() => drill.handIn(value)));
    expect(answers.map(({ status, replayed }) => [status, replayed])).toEqual([
      ...[
        ["ok", false],
        ["ok", true],
        ["ok", true],
      ],
    ]);
    await drill.wait(1);
    expect(drill.campaign.rounds.map(({ randomness }) => randomness)).toEqual(
      Array.from({ length: 2 }, () => value.randomness),
    );
    expect(await drill.show()).toMatchObject({ winners: 3 });
    expect(await drill.verify()).toMatchObject({ ok: true, problems: [] });
  });

  it("that nobody entered waits for nothing, and no value for it is taken", async () => {
    const drill = await open();
    await drill.at(OWN_DUE_MS);
    await drill.handIn(drillRound(BEACON.round));
    await drill.at(CLOSES_MS);
    expect(await drill.awaits()).toBeUndefined();
    const round = (CLOSES_MS + 600_000 - START_MS) / 30_000 + 1;
    await drill.at(CLOSES_MS + HOUR_MS);
    const answer = await drill.handIn(drillRound(round));
    expect(answer).toMatchObject({ status: "beacon_unexpected", awaited: [] });
    expect(await drill.verify()).toMatchObject({ ok: true, problems: [] });
  });

  it("whose value never comes keeps its prizes until the campaign closes", async () => {
    const drill = await open();
    const round = await drill.closed();
    const { closesAtMs } = drill.campaign.definition;
    await drill.end();
    expect((await drill.close()).status).toBe("settling_unfinished");
    await drill.at(closesAtMs);
    expect((await drill.close()).status).toBe("ok");
    expect((await drill.handIn(drillRound(round))).status).toBe("campaign_closed");
    expect(await drill.show()).toMatchObject({ winners: 0 });
    expect(await drill.awaits()).toBeUndefined();
    expect(await drill.verify(false)).toMatchObject({ ok: true, problems: [] });
  });
});
