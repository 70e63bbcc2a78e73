// The outlook of a campaign: its intervals hold as often as they say, its figures are the books',
// a curve is not overtaken, and however much there is, it looks at no more than so much of it.
import { describe, expect, it } from "vitest";
import { randomStream } from "../src/base/keystream.ts";
import type { OutlookAnswer } from "../src/contract/index.ts";
import { execute } from "../src/host/index.ts";
import { drawOutlook, outlookOf, readOutlook } from "../src/host/outlook/outlook.ts";
import { termsInForce } from "../src/host/outlook/outlook-terms.ts";
import { OUTLOOK } from "./calibrate/outlook-coverage.ts";
import { type Played, play, stateAt, type World } from "./calibrate/outlook-worlds.ts";
import { countAll, resultsOf } from "./calibrate/run.ts";
import { Drill } from "./drill.fixture.ts";
import {
  DAY_MS,
  HOUR_MS,
  pacedCampaign,
  plainCampaign,
  START_MS,
} from "./simulation/plain-campaign.ts";

const MINUTE_MS = 60_000;

describe("over a hundred played campaigns", () => {
  it("intervals hold as often as they say; `npm run calibrate` asks more of them", async () => {
    const plan = { seed: 20_260_206, campaigns: 500 };
    const results = resultsOf([OUTLOOK], await countAll([OUTLOOK], plan), plan);
    const judged = results.filter(({ row }) => row.rule.kind !== "control");
    expect(judged.filter(({ isHeld }) => !isHeld)).toEqual([]);
    const hits = (id: string): number => results.find(({ row }) => row.id === id)!.hits;
    // Control: narrower ones are found to hold less often.
    expect(hits("narrowRunOut")).toBeLessThan(hits("runOut"));
    expect(hits("narrowSpend")).toBeLessThan(hits("almostSure"));
  }, 60_000);
});

const WORLD: World = {
  ...{ pace: 1000, unevenness: 0.3, share: 0.6, spread: 0.1, shape: 0.8, lifeMs: 2 * DAY_MS },
};

/** Everybody got what he asked for. */
const all = (granted: readonly Played[]) => ({ granted, pace: null });

describe("a large campaign", () => {
  const played = play(WORLD, randomStream(5, "a large campaign"));
  const atMs = START_MS + 5 * DAY_MS;
  const soFar = played.filter((one) => one.atMs < atMs);
  const budgetMinor = 2 * soFar.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

  it("is looked at in some thousand places, and foreseen all the same", () => {
    const state = stateAt(all(played), WORLD, plainCampaign({ budgetMinor: budgetMinor }), atMs);
    expect(state.grantCount).toBeGreaterThan(90_000);
    let reads = 0;
    const { grantAmount } = state;
    const get = grantAmount.get.bind(grantAmount);
    grantAmount.get = (grant) => {
      reads += 1;
      return get(grant);
    };
    const { expected } = outlookOf(state, atMs);
    // A grant's amount is read once for it, and once for what it keeps reserved.
    expect(reads).toBeLessThan(2 * 4000 + 72 * 32 + 1);
    const truth = soFar.reduce((sum, { amountMinor, redeemedAtMs }) => {
      return redeemedAtMs < Infinity ? sum + amountMinor : sum;
    }, 0);
    expect(expected!.almostSure.fromMinor).toBeLessThan(truth);
    expect(expected!.almostSure.toMinor).toBeGreaterThan(truth);
    const width = expected!.almostSure.toMinor - expected!.almostSure.fromMinor;
    expect(width / truth).toBeLessThan(0.1);
  });

  it("goes on while an outlook is drawn from what was read", () => {
    const state = stateAt(all(played), WORLD, plainCampaign({ budgetMinor: budgetMinor }), atMs);
    const [reading] = readOutlook(state, [termsInForce(state)], atMs);
    const before = drawOutlook(reading!);
    state.books.spentMinor += 1_000_000;
    state.books.reservedMinor = 0;
    state.settling.freeAtMs.push(atMs);
    state.settling.amountMinor.push(5_000_000);
    expect(drawOutlook(reading!)).toEqual(before);
    expect(outlookOf(state, atMs).expected).not.toEqual(before.expected);
  });
});

describe("ages that no grant has reached", () => {
  it("are told, with what is spent if nobody or everybody redeems there", () => {
    const world = { ...WORLD, pace: 50, lifeMs: 8 * DAY_MS };
    const played = play(world, randomStream(6, "a young campaign"));
    const atMs = START_MS + 3 * DAY_MS;
    const state = stateAt(all(played), world, plainCampaign({ budgetMinor: 10_000_000 }), atMs);
    const { expected, reservedMinor, spentMinor } = outlookOf(state, atMs);
    const { bounds, almostSure, seenToAgeMs } = expected!;
    expect(seenToAgeMs).toBeGreaterThan(2 * DAY_MS);
    expect(seenToAgeMs).toBeLessThanOrEqual(3 * DAY_MS);
    expect(bounds.fromMinor).toBeLessThan(almostSure.fromMinor);
    // Every grant lives on to ages that none has reached.
    expect(bounds.toMinor).toBe(spentMinor! + reservedMinor!);
  });

  it("are none once grants have lived through them all", () => {
    const played = play(WORLD, randomStream(6, "an old campaign"));
    const atMs = START_MS + 6 * DAY_MS;
    const { expected } = outlookOf(
      stateAt(all(played), WORLD, plainCampaign({ budgetMinor: 10_000_000 }), atMs),
      atMs,
    );
    expect(expected!.seenToAgeMs).toBe(2 * DAY_MS);
    expect(expected!.bounds).toEqual(expected!.almostSure);
  });
});

async function outlook(drill: Drill): Promise<Required<OutlookAnswer>> {
  const call = { params: { campaign: "drill" }, query: null, body: null };
  return (await execute(drill.engine, "campaign.outlook", call)) as Required<OutlookAnswer>;
}

/** Every minute as many as come, until none is granted. */
async function crowdUntil(drill: Drill, hours: number): Promise<void> {
  for (let minute = 1; minute <= hours * 60; minute++) {
    await drill.at(START_MS + minute * MINUTE_MS);
    for (let i = 0; i < 6; i++) {
      const { status } = await drill.claim(`${minute}-${i}`);
      if (status !== "granted") break;
    }
  }
}

describe("a campaign whose grants were all taken back", () => {
  it("is expected to spend nothing", async () => {
    const drill = await new Drill().open(plainCampaign({ budgetMinor: 1000 }));
    for (let i = 0; i < 25; i++) {
      const { grant } = await drill.claim(`user-${i}`);
      await drill.cancel(grant!);
      await drill.wait(MINUTE_MS);
    }
    const { expected, redeemedBy, runOut } = await outlook(drill);
    expect(expected).toMatchObject({ spendMinor: 0, bounds: { fromMinor: 0, toMinor: 0 } });
    expect([redeemedBy, runOut]).toEqual([[], null]);
  });
});

describe("a paced campaign", () => {
  const EVEN = [
    { atMs: START_MS, share: 0 },
    { atMs: START_MS + 10 * HOUR_MS, share: 1 },
  ];

  it("that is asked for more than its curve lets out lasts as long as its curve", async () => {
    const drill = await new Drill().open(pacedCampaign(EVEN, 9000));
    await crowdUntil(drill, 3);
    const { runOut } = await outlook(drill);
    expect(runOut!.isPaced).toBe(true);
    expect(runOut!.hourlyMinor).toBeCloseTo(900, -1);
    expect(runOut!.fromMs ?? EVEN[1]!.atMs).toBeGreaterThan(START_MS + 9.8 * HOUR_MS);
  });

  it("control: without the curve the same crowd would have emptied it long before", async () => {
    const { caps, ...rest } = pacedCampaign(EVEN, 9000);
    const drill = await new Drill().open({ ...rest, caps: [caps[0]!] });
    await crowdUntil(drill, 1);
    const { runOut } = await outlook(drill);
    expect(runOut).toMatchObject({ isPaced: false, chance: 1 });
    expect(runOut!.toMs).toBeLessThan(START_MS + 4 * HOUR_MS);
  });
});
