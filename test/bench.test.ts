// The benchmarks' own correctness: a harness that miscounts, or a peer that decides less than it
// claims to, would make every figure of the README worthless.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { benchCampaign, CARD } from "../bench/campaign.ts";
import type { Bench, Contender } from "../bench/contender.ts";
import { latencyOf, median, quantile } from "../bench/quantile.ts";
import { claimCommand } from "../bench/redis/claim-command.ts";
import { claimScript } from "../bench/redis/claim-script.ts";
import { type RedisServer, redisAbsent, startRedis } from "../bench/redis/redis-server.ts";
import { encodeCommand, RespConnection } from "../bench/redis/resp.ts";
import { runBench } from "../bench/runner.ts";
import { type BenchClaim, Workload } from "../bench/workload.ts";
import type { CampaignDefinition } from "../src/core/definition.ts";

// Redis drops the cells of past windows by its own clock, so this must be the real time.
const NOW_MS = Date.now();

describe("the bench's figures", () => {
  it("are measured ones: nearest rank, and the middle of the runs", () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2);
    expect(quantile([1, 2, 3, 4], 0.99)).toBe(4);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    const hundred = Float64Array.from({ length: 1000 }, (_, i) => 1000 - i);
    expect(latencyOf(hundred)).toEqual({ p50Ms: 500, p99Ms: 990, p999Ms: 999 });
  });

  it("come from runs in turns, with ratios ours / peer, and absent peers named", async () => {
    const order: string[] = [];
    const contender = (name: string, values: number[], absent: string | null): Contender => ({
      name,
      start: async () => absent,
      run: async (run) => {
        order.push(`${name}${run}`);
        return { value: values[run] ?? 0, more: { p99Ms: run } };
      },
      stop: async () => {
        order.push(`${name}-`);
      },
    });
    const bench: Bench = {
      name: "made-up",
      unit: "claims/s",
      method: "made up",
      ours: contender("a", [10, 30, 20], null),
      peers: [contender("b", [5, 5, 2], null), contender("c", [], "not installed")],
    };
    const result = await runBench(bench, 3, () => {});
    expect(order).toEqual(["a0", "b0", "a1", "b1", "a2", "b2", "a-", "b-", "c-"]);
    expect(result.ours).toEqual({ median: 20, min: 10, max: 30, more: { p99Ms: 1 } });
    expect(result.peers).toEqual([
      { name: "b", median: 5, min: 2, max: 5, ratio: 4, more: { p99Ms: 1 } },
      { name: "c", absent: "not installed" },
    ]);
    expect(result).toMatchObject({ name: "made-up", unit: "claims/s", runs: 3 });
  });
});

describe("the bench's workload", () => {
  it("is the same for the same seed, and disjoint for different runs", () => {
    const first = new Workload("seed", 0, CARD).take(2000);
    expect(new Workload("seed", 0, CARD).take(2000)).toEqual(first);
    const others = new Set(new Workload("seed", 1, CARD).take(2000).map((claim) => claim.id));
    expect(first.filter((claim) => others.has(claim.id))).toEqual([]);
  });

  it("has retries, users who come again, and mostly one claim a user", () => {
    const claims = new Workload("seed", 0, CARD).take(50_000);
    const ids = new Set(claims.map((claim) => claim.id));
    const users = new Set(claims.map((claim) => claim.user));
    expect(claims.length - ids.size).toBeGreaterThan(300);
    expect(claims.length - ids.size).toBeLessThan(700);
    expect(users.size).toBeGreaterThan(0.9 * claims.length);
    expect(users.size).toBeLessThan(0.97 * claims.length);
  });
});

describe("the Lua script of the peer redis", () => {
  const absent = redisAbsent();
  const campaign: CampaignDefinition = {
    ...benchCampaign(NOW_MS),
    budgetMinor: 5 * 2500,
    assignment: { ...benchCampaign(NOW_MS).assignment, holdoutShare: 0 },
  };
  let server: RedisServer;
  let redis: RespConnection;

  beforeAll(async () => {
    if (absent !== null) return;
    server = await startRedis();
    redis = await RespConnection.open(server.socketPath);
  });
  afterAll(async () => {
    if (absent !== null) return;
    redis.close();
    await server.stop();
  });

  const claim = (number: number, changes: Partial<BenchClaim> = {}): BenchClaim => ({
    id: `claim-${number}`,
    user: `user-${number}`,
    offer: CARD,
    attributes: { device: `device-${number}`, ip: "10.0.0.1" },
    ...changes,
  });

  async function decide(
    rules: CampaignDefinition,
    claims: BenchClaim[],
    atMs: number = NOW_MS,
  ): Promise<string[]> {
    const script = claimScript(rules);
    await redis.call(["FLUSHALL"]);
    redis.pipeline(encodeCommand(["SCRIPT", "LOAD", script.text]), [() => {}, () => {}]);
    const answers: string[] = [];
    for (const one of claims) {
      const command = claimCommand(script, rules, one, atMs);
      answers.push(await new Promise<string>((resolve) => redis.pipeline(command, [resolve])));
    }
    return answers.map((line) => line.replace(/^\+/, "").split(" ").slice(0, 3).join(" "));
  }

  it("grants once an id, and refuses other content under it", async ({ skip }) => {
    if (absent !== null) skip(absent);
    const other = claim(1, { user: "user-9" });
    expect(await decide(campaign, [claim(1), claim(1), other])).toEqual([
      "granted 1 2500",
      "replayed granted 1",
      "id_conflict",
    ]);
  });

  it("stops at the budget", async ({ skip }) => {
    if (absent !== null) skip(absent);
    const answers = await decide(
      campaign,
      [1, 2, 3, 4, 5, 6].map((number) => claim(number)),
    );
    expect(answers.slice(4)).toEqual(["granted 5 2500", "budget_exhausted"]);
  });

  it("stops at every cap of the campaign, and names it", async ({ skip }) => {
    if (absent !== null) skip(absent);
    for (const cap of campaign.caps) {
      if (cap.on === "redemption") continue;
      if (cap.dimension === "wave:envelopes") continue; // Closed now; its twin is tested.
      const limit = cap.counts === "money" ? 2 * 2500 + 2499 : 2;
      const caps = campaign.caps.map((one) => (one === cap ? { ...cap, limit } : one));
      const attributes = { device: "one", ip: "10.0.0.1" };
      const claims = [1, 2, 3].map((number) => claim(number, { user: "user-1", attributes }));
      const answers = await decide({ ...campaign, caps }, claims);
      expect(answers).toEqual(["granted 1 2500", "granted 2 2500", `cap_reached ${cap.id}`]);
    }
  });

  it("refuses before and after the window, and unknown offers", async ({ skip }) => {
    if (absent !== null) skip(absent);
    expect(await decide(campaign, [claim(1)], campaign.startsAtMs - 1)).toEqual(["not_open"]);
    expect(await decide(campaign, [claim(1)], campaign.endsAtMs)).toEqual(["ended"]);
    expect(await decide(campaign, [claim(1, { offer: "none" })])).toEqual(["unknown_offer"]);
  });

  it("holds out the share that it should", async ({ skip }) => {
    if (absent !== null) skip(absent);
    const assignment = { ...campaign.assignment, holdoutShare: 0.2 };
    const rules = { ...campaign, budgetMinor: 10 ** 12, caps: [], assignment };
    const claims = Array.from({ length: 3000 }, (_, number) => claim(number));
    const held = (await decide(rules, claims)).filter((answer) => answer === "held_out").length;
    expect(held).toBeGreaterThan(480);
    expect(held).toBeLessThan(720);
  });
});
