// The crowd has the published shape, is the same on every machine, and its truth is exact; and a
// holdout drawn at the claim does not answer what a holdout drawn before contact answers.
import { describe, expect, test } from "vitest";
import { randomStream } from "../base/keystream.ts";
import type { ClaimAction } from "./actions.ts";
import { createCrowd } from "./crowd.ts";
import { dayMs, qwenShape, scaledShape } from "./shape.ts";

const crowd = createCrowd({ seed: "spring" });
const openMs = qwenShape.waveFromMs[0];

function near(found: number, wanted: number, share: number): void {
  expect(Math.abs(found / wanted - 1), `${found} against ${wanted}`).toBeLessThan(share);
}

describe("the published shape", () => {
  test("daily users go from 7.07 thousand to 58.48 and 73.52 thousand", () => {
    const daily = crowd.dailyUsers(1);
    near(daily[0]!, 7_070, 0.02);
    expect(daily.slice(1)).toEqual([58_480, 73_520]);
  });

  test("130 thousand people try it by 23 February", () => {
    let came = 0;
    for (let user = 0; user < crowd.people; user++) {
      came += crowd.metric(user, { contacted: true, treated: true }, "came");
    }
    expect(came).toBe(130_000);
  });

  test("10 thousand orders fall into the first 9 hours and over 120 thousand into 6 days", () => {
    let first = 0;
    let sixDays = 0;
    for (const action of crowd.schedule()) {
      if (action.kind !== "redeem" || action.cause !== "fresh") continue;
      if (action.atMs < openMs + 9 * 3_600_000) first += 1;
      if (action.atMs < openMs + 6 * dayMs) sixDays += 1;
    }
    near(first, 10_000, 0.01);
    near(sixDays, 122_000, 0.03);
    expect(sixDays).toBeGreaterThan(120_000);
  });

  test("retention is 65 % after a day, 25 % after 7 and 12.8 % after 30", () => {
    near(crowd.retention(1), 0.65, 0.02);
    near(crowd.retention(7), 0.25, 0.03);
    near(crowd.retention(30), 0.128, 0.03);
  });

  test("keeps its shape at a tenth of the size", () => {
    const small = createCrowd({ seed: 7, shape: scaledShape(0.1) });
    expect(small.dailyUsers(1).slice(1)).toEqual([5_848, 7_352]);
    near(small.people, crowd.people / 10, 0.01);
    near(small.moments, crowd.moments / 10, 0.05);
    near(small.retention(30), 0.128, 0.1);
  });

  test("a tenth of the first day's users are there in the first minute", () => {
    let early = 0;
    for (const action of crowd.schedule()) {
      if (action.atMs >= openMs + 60_000) break;
      if (action.kind === "offers") early += 1;
    }
    near(early, 5_848, 0.05);
  });

  test("2 % of claims are repeated, 5 % are bots', and bots share few devices", () => {
    const causes = new Map<string, number>();
    const farms = new Set<string>();
    for (const action of crowd.schedule()) {
      if (action.kind !== "claim") continue;
      causes.set(action.cause, (causes.get(action.cause) ?? 0) + 1);
      if (action.cause === "bot") farms.add(action.device);
    }
    const fresh = causes.get("fresh")!;
    const bots = causes.get("bot")!;
    near(causes.get("duplicate")! / (fresh + bots), 0.02, 0.1);
    near(bots / (fresh + bots), 0.05, 0.01);
    expect(farms.size).toBe(60);
  });

  test("a few honest people share a device too: a counter's tablet, each for 36", () => {
    const counters = new Map<string, number>();
    for (let user = 0; user < crowd.size; user++) {
      const { device, segment } = crowd.user(user);
      if (!device.startsWith("counter")) continue;
      expect(segment).toBe("newcomer");
      counters.set(device, (counters.get(device) ?? 0) + 1);
    }
    expect(counters.size).toBe(Math.ceil((crowd.people - crowd.audience) / 8_000));
    expect([...counters.values()].every((users) => users === 36)).toBe(true);
  });
});

describe("the schedule", () => {
  test("is in time order, and nothing is spent, repeated or given back before its claim", () => {
    const sent = new Set<string>();
    const wrong: string[] = [];
    let lastMs = 0;
    for (const action of crowd.schedule()) {
      if (action.atMs < lastMs) wrong.push(`out of order at ${action.atMs}`);
      lastMs = action.atMs;
      if (action.kind === "claim" && action.cause !== "duplicate") {
        if (sent.has(action.id)) wrong.push(`second claim ${action.id}`);
        sent.add(action.id);
      } else if (action.kind === "claim" && !sent.has(action.id)) {
        wrong.push(`repeated before it was sent: ${action.id}`);
      } else if (
        (action.kind === "redeem" || action.kind === "cancel") &&
        !sent.has(action.claim)
      ) {
        wrong.push(`${action.kind} before the claim: ${action.claim}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(sent.size).toBeGreaterThan(150_000);
  });

  test("a stale claim arrives after its patience, a fresh one before", () => {
    let stale = 0;
    let wrong = 0;
    for (const action of crowd.schedule()) {
      if (action.kind !== "claim") continue;
      const late = action.notAfterMs! < action.atMs;
      if (action.cause === "stale") stale += 1;
      if (action.cause === "stale" ? !late : action.cause === "fresh" && late) wrong += 1;
    }
    expect(wrong).toBe(0);
    expect(stale).toBeGreaterThan(500);
  });

  test("somebody wants more than 21 cards", () => {
    const cards = new Map<number, number>();
    for (const action of crowd.schedule()) {
      if (action.kind !== "claim" || action.cause !== "fresh" || action.offer !== "card") continue;
      cards.set(action.user, (cards.get(action.user) ?? 0) + 1);
    }
    expect(Math.max(...cards.values())).toBeGreaterThan(21);
  });

  test("a refused claim is tried three times more, under the same id", () => {
    const claim = [...crowd.schedule()].find((a): a is ClaimAction => a.kind === "claim")!;
    const retries = crowd.retries(claim);
    expect(retries).toHaveLength(3);
    for (const retry of retries)
      expect({ ...retry, atMs: 0, cause: "" }).toEqual({ ...claim, atMs: 0, cause: "" });
    expect(retries[0]!.atMs).toBeGreaterThan(claim.atMs);
  });

  test("is alike for equal seeds only", () => {
    const digest = (seed: string): string => {
      let sum = 0;
      let count = 0;
      for (const action of createCrowd({ seed, shape: scaledShape(0.2) }).schedule()) {
        count += 1;
        sum = (sum * 31 + (action.atMs % 1_000_003) + action.user) % 2_147_483_647;
      }
      return `${count}/${sum}`;
    };
    expect(digest("a")).toBe(digest("a"));
    expect(digest("a")).not.toBe(digest("b"));
  });

  test("an uncontacted lapsed user who only comes when contacted does nothing", () => {
    const held = new Set<number>();
    for (let user = 20_000; user < 60_000 && held.size < 500; user++) {
      if (!crowd.realise(user, { contacted: false, treated: false }).came) held.add(user);
    }
    let acted = 0;
    for (const action of crowd.schedule({ contacted: (user) => !held.has(user) })) {
      if (held.has(action.user)) acted += 1;
    }
    expect(held.size).toBe(500);
    expect(acted).toBe(0);
  });

  test("visits follow what was decided: held-out users visit less after their claim", () => {
    const small = createCrowd({ seed: 7, shape: scaledShape(0.1) });
    const visitsAfterWeek = (treated: boolean): number => {
      let visits = 0;
      for (const action of small.schedule({ visits: true, treated: () => treated })) {
        if (action.kind === "visit" && action.day >= 7) visits += 1;
      }
      return visits;
    };
    const rewarded = visitsAfterWeek(true);
    expect(rewarded).toBeGreaterThan(1.05 * visitsAfterWeek(false));
    const daily = small.dailyUsers(47).slice(8);
    expect(rewarded).toBe(daily.reduce((sum, users) => sum + users, 0));
  });
});

describe("the truth", () => {
  test("is the mean difference of what is realised", () => {
    const truth = crowd.truth();
    let difference = 0;
    let arrivalsMoved = 0;
    for (let user = crowd.audience; user < crowd.people; user++) {
      const rewarded = crowd.realise(user, { contacted: true, treated: true });
      const not = crowd.realise(user, { contacted: true, treated: false });
      if (rewarded.activeDays[0] !== not.activeDays[0]) arrivalsMoved += 1;
      difference += Number(rewarded.d30) - Number(not.d30);
    }
    expect(arrivalsMoved).toBe(0);
    const users = crowd.people - crowd.audience;
    expect(truth.reward.metrics.d30.effect).toBeCloseTo(difference / users, 12);
  });

  test("has no effect where no reward was available", () => {
    const none = crowd.truth({ rewardAvailable: () => false }).reward.metrics;
    expect([none.d7.effect, none.d30.effect, none.orders.effect]).toEqual([0, 0, 0]);
  });

  test("a holdout at the claim finds the reward's effect and misstates reach", () => {
    const truth = crowd.truth();
    const stream = randomStream("test", "arms");
    const holdoutShare = 0.2;
    const atClaim = measure(crowd.audience, crowd.people, (held) => ({
      contacted: true,
      treated: !held,
    }));
    const beforeContact = measure(0, crowd.audience, (held) => ({
      contacted: !held,
      treated: !held,
    }));
    expect(Math.abs(atClaim.effect - truth.reward.metrics.d30.effect)).toBeLessThan(
      4 * atClaim.error,
    );
    const reach = truth.reach.metrics.d30.effect;
    expect(Math.abs(beforeContact.effect - reach)).toBeLessThan(4 * beforeContact.error);
    // The claim's holdout says half of what contact did, and far outside its own error.
    expect(reach - atClaim.effect).toBeGreaterThan(4 * atClaim.error);

    const cost = 3_000_000;
    const claimed = 130_000;
    const firstDesignAlone = cost / (truth.reward.metrics.d30.effect * claimed);
    const real = cost / truth.campaign.keptIncremental;
    expect(firstDesignAlone / real).toBeGreaterThan(3);
    const naive = cost / (claimed * crowd.retention(30));
    expect(naive / real).toBeLessThan(0.95);

    function measure(
      from: number,
      to: number,
      given: (held: boolean) => { contacted: boolean; treated: boolean },
    ): { effect: number; error: number } {
      const kept = [0, 0];
      const users = [0, 0];
      for (let user = from; user < to; user++) {
        const held = stream.nextFloat() < holdoutShare;
        const arm = held ? 0 : 1;
        users[arm] = users[arm]! + 1;
        kept[arm] = kept[arm]! + Number(crowd.realise(user, given(held)).d30);
      }
      const p0 = kept[0]! / users[0]!;
      const p1 = kept[1]! / users[1]!;
      const error = Math.sqrt((p0 * (1 - p0)) / users[0]! + (p1 * (1 - p1)) / users[1]!);
      return { effect: p1 - p0, error };
    }
  });
});
