// What the list of campaigns says needs somebody: each kind when it does and not a step before, in
// the order of urgency, and forecasts that are drawn now and then, not for each request.
import { describe, expect, it } from "vitest";
import { roundAtMs } from "../src/base/drand.ts";
import type { AnswerOf } from "../src/contract/index.ts";
import { RunOuts } from "../src/host/attention/run-outs.ts";
import { execute } from "../src/host/index.ts";
import { CLOSES_MS, DrawDrill, drawn } from "./draw-drill.fixture.ts";
import { Drill } from "./drill.fixture.ts";
import { drillChain, drillRound } from "./simulation/drill-chain.ts";
import {
  cap,
  DAY_MS,
  HOUR_MS,
  pacedCampaign,
  plainCampaign,
  START_MS,
} from "./simulation/plain-campaign.ts";

const NOON_MS = 12 * HOUR_MS;

type Attention = AnswerOf<"campaign.list">["campaigns"][number]["attention"];

async function attention({ engine }: Drill): Promise<Attention> {
  const call = { params: {}, query: null, body: null };
  return (await execute(engine, "campaign.list", call)).campaigns[0]!.attention;
}

const kinds = async (drill: Drill): Promise<string[]> =>
  (await attention(drill)).map(({ kind }) => kind);

async function ask(drill: Drill, what: "pause" | "resume" | "close"): Promise<void> {
  const call = { params: { campaign: "drill" }, query: null, body: {} };
  await execute(drill.engine, `campaign.${what}`, call);
}

describe("what needs attention", () => {
  it("is nothing of a campaign that runs", async () => {
    const drill = await new Drill().open(plainCampaign({ budgetMinor: 1000 }));
    await drill.grant("ann");
    expect(await attention(drill)).toEqual([]);
  });

  it("is a pause, until it goes on", async () => {
    const drill = await new Drill().open(plainCampaign());
    await ask(drill, "pause");
    expect(await attention(drill)).toEqual([{ kind: "paused" }]);
    await ask(drill, "resume");
    expect(await attention(drill)).toEqual([]);
  });

  it("is a budget of which less than a twentieth is left to give", async () => {
    const drill = await new Drill().open(plainCampaign({ budgetMinor: 199 }));
    for (let i = 0; i < 18; i++) await drill.grant(`u-${i}`);
    expect(await attention(drill)).toEqual([]);
    await drill.grant("u-18");
    expect(await attention(drill)).toEqual([{ kind: "dry", leftMinor: 9, isUsedUp: true }]);
  });

  it("is money that grants no reward any more, however much of the budget it is", async () => {
    const drill = await new Drill().open(plainCampaign({ budgetMinor: 19 }));
    await drill.grant("ann");
    expect(await attention(drill)).toEqual([{ kind: "dry", leftMinor: 9, isUsedUp: true }]);
    const limit = { id: "stock", dimension: "offer:card", counts: "grants", limit: 1 } as const;
    const stock = await new Drill().open(plainCampaign({ budgetMinor: 1000, caps: [cap(limit)] }));
    expect(await attention(stock)).toEqual([]);
    await stock.grant("ann");
    const out = { kind: "dry", leftMinor: 990, isUsedUp: true };
    expect(await attention(stock)).toMatchObject([out, { kind: "limit" }]);
  });

  it("is what is held, until it is released", async () => {
    const drill = await new Drill().open(plainCampaign({ budgetMinor: 1000 }));
    const [ann, bea] = [await drill.grant("ann"), await drill.grant("bea")];
    const step = async (verb: "hold" | "release", grant: string): Promise<void> => {
      const params = { campaign: "drill", grant };
      const body = { id: `${verb}-${grant}`, why: "many of one device" };
      await execute(drill.engine, `grant.${verb}`, { params, query: null, body });
    };
    await drill.redeem(ann, 4);
    await step("hold", ann);
    await step("hold", bea);
    expect(await attention(drill)).toEqual([{ kind: "held", grants: 2, heldMinor: 16 }]);
    await step("release", bea);
    expect(await attention(drill)).toEqual([{ kind: "held", grants: 1, heldMinor: 6 }]);
    await step("release", ann);
    expect(await attention(drill)).toEqual([]);
  });

  it("is money that will be gone before claims end", async () => {
    const drill = await new Drill().open(plainCampaign({ budgetMinor: 3000 }));
    for (let hour = 1; hour <= 24; hour++) {
      await drill.after(hour * HOUR_MS);
      for (let i = 0; i < 5; i++) await drill.redeem(await drill.grant(`u-${hour}-${i}`));
    }
    const [first, ...rest] = await attention(drill);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ kind: "runs_out" });
    // 1,800 are left at 50 an hour.
    const { atMs } = first as { atMs: number };
    expect(atMs).toBeGreaterThan(START_MS + DAY_MS + 24 * HOUR_MS);
    expect(atMs).toBeLessThan(START_MS + DAY_MS + 48 * HOUR_MS);
  });

  it("is the nearest of the limits that hold now, with how many others", async () => {
    const waves = [
      { id: "one", fromMs: START_MS, toMs: START_MS + NOON_MS, budgetMinor: null },
      { id: "two", fromMs: START_MS + NOON_MS, toMs: START_MS + 10 * DAY_MS, budgetMinor: null },
    ];
    const limit = (id: string, dimension: string, more: object = {}) =>
      cap({ id, dimension, counts: "grants", limit: 10, ...more });
    const drill = await new Drill().open(
      plainCampaign({
        ...{ budgetMinor: 1000, waves },
        caps: [
          limit("all", "campaign", { limit: 11 }),
          limit("card", "offer:card"),
          limit("first", "wave:one"),
          limit("daily", "campaign", { per: "day", limit: 20 }),
          limit("hourly", "campaign", { per: "hour" }),
          limit("user", "user"),
        ],
      }),
    );
    for (let i = 0; i < 8; i++) await drill.grant(`u-${i}`);
    expect(await attention(drill)).toEqual([]);
    await drill.grant("u-8");
    const near = { kind: "limit", cap: "card", counts: "grants", used: 9, limit: 10, more: 1 };
    expect(await attention(drill)).toEqual([near]);
    await drill.grant("u-9");
    const dry = { kind: "dry", leftMinor: 900, isUsedUp: true };
    expect(await attention(drill)).toEqual([dry, { ...near, used: 10, more: 2 }]);
    // The first wave is over, and its offer with it.
    await drill.after(NOON_MS);
    expect(await attention(drill)).toEqual([{ ...near, cap: "all", used: 10, limit: 11, more: 0 }]);
  });

  it("is not the money that a curve lets out, beside the wave's own limit", async () => {
    const points = [
      { atMs: START_MS, share: 0 },
      { atMs: START_MS + HOUR_MS, share: 1 },
    ];
    const paced = pacedCampaign(points as never, 100);
    const drill = await new Drill().open({ ...paced, budgetMinor: 1000 });
    await drill.after(HOUR_MS - 1);
    for (let i = 0; i < 9; i++) await drill.grant(`u-${i}`);
    expect(await attention(drill)).toMatchObject([{ cap: "wave-budget:one", more: 0 }]);
  });

  it("is what is owing of grants that were clawed back", async () => {
    const drill = await new Drill().open(plainCampaign({ budgetMinor: 1000 }));
    const grant = await drill.grant("ann");
    await drill.redeem(grant, 4);
    const params = { campaign: "drill", grant };
    const body = { id: "b-1", why: "no such order" };
    await execute(drill.engine, "grant.clawback", { params, query: null, body });
    expect(await attention(drill)).toEqual([{ kind: "receivable", receivableMinor: 4 }]);
  });

  it("is a campaign that could be closed, until it is", async () => {
    const drill = await new Drill().open(plainCampaign());
    const grant = await drill.grant("ann");
    await drill.end();
    expect(await attention(drill)).toEqual([]);
    await drill.redeem(grant);
    expect(await attention(drill)).toEqual([{ kind: "closable" }]);
    await ask(drill, "close");
    expect(await attention(drill)).toEqual([]);
  });

  it("is a round that luck waits for: due first, then overdue", async () => {
    const chain = drillChain(START_MS, 30_000);
    const drill = await new DrawDrill().open(drawn({}, { beacon: { chain, round: 10 } }));
    const due = { kind: "round", round: 10, dueAtMs: roundAtMs(chain, 10), for: ["campaign"] };
    expect(await attention(drill)).toEqual([{ ...due, isOverdue: false }]);
    await drill.at(due.dueAtMs);
    expect(await attention(drill)).toEqual([{ ...due, isOverdue: true }]);
    const call = { params: { campaign: "drill" }, query: null, body: drillRound(10) };
    await execute(drill.engine, "campaign.beacon", call);
    expect(await kinds(drill)).not.toContain("round");
    await drill.enterAll(8);
    await drill.at(CLOSES_MS);
    expect(await attention(drill)).toMatchObject([{ kind: "round", for: ["draw:sunday"] }]);
  });

  it("comes the most urgent first", async () => {
    const caps = [cap({ id: "all", dimension: "campaign", counts: "grants", limit: 1 })];
    const drill = await new Drill().open(plainCampaign({ budgetMinor: 1000, caps }));
    await drill.grant("ann");
    await ask(drill, "pause");
    expect(await kinds(drill)).toEqual(["paused", "limit"]);
  });
});

describe("forecasts for a list", () => {
  const campaigns = ["a", "b"].map((id) => ({
    ...{ id, phase: "open" },
    definition: { startsAtMs: 0, endsAtMs: 1e9 },
  })) as never[];

  it("are drawn one at a request, in turn, and kept for a while", () => {
    const drawn: string[] = [];
    const runOuts = new RunOuts((campaign) => {
      drawn.push((campaign as unknown as { id: string }).id);
      return null;
    });
    for (let atMs = 1000; atMs < 61_000; atMs += 100) runOuts.renew(campaigns, atMs);
    // Each once in fifteen seconds, however often somebody asks.
    expect(drawn).toEqual(["a", "b", "a", "b", "a", "b", "a", "b"]);
  });
});
