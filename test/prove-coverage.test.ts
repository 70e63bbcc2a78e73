// Do the intervals keep their word? 2,000 two-arm data sets of known laws for the estimators in
// closed form: 95 % intervals must cover as often as a binomial with .95 allows. Estimators alone,
// on few users; test/calibrate tries whole verdicts, on the crowd.
import { describe, expect, it } from "vitest";
import { type RandomStream, randomStream } from "../src/base/keystream.ts";
import {
  complierEffect,
  differenceInMeans,
  differenceInProportions,
  type Effect,
  momentsOf,
  newcombeInterval,
  type PairMoments,
  pairMomentsOf,
  ratioOfDifferences,
  relativeLift,
  summarizeMoments,
  summarizeRatio,
} from "../src/stats/index.ts";

const SETS = 2000;
const USERS = 400;
const SEED = 20260202;

type Bounds = { readonly lower: number | null; readonly upper: number | null };

/** Share of the data sets whose interval holds the truth. */
function coverage(name: string, truth: number, draw: (stream: RandomStream) => Bounds): number {
  const stream = randomStream(SEED, name);
  let covered = 0;
  for (let i = 0; i < SETS; i++) {
    const { lower, upper } = draw(stream);
    if ((lower ?? -Infinity) <= truth && truth <= (upper ?? Infinity)) covered += 1;
  }
  return covered / SETS;
}

function expectHonest(share: number): void {
  expect(share).toBeGreaterThanOrEqual(0.936);
  expect(share).toBeLessThanOrEqual(0.964);
}

function successes(stream: RandomStream, chance: number, n: number): number {
  let count = 0;
  for (let i = 0; i < n; i++) if (stream.nextFloat() < chance) count += 1;
  return count;
}

/** Spend: nobody spends a negative amount, most spend nothing. */
function spend(stream: RandomStream, chance: number, mean: number): number {
  return stream.nextFloat() < chance ? -mean * Math.log(1 - stream.nextFloat()) : 0;
}

function sample<T>(n: number, draw: () => T): T[] {
  return Array.from({ length: n }, draw);
}

describe("95 % intervals over 2,000 simulated campaigns", () => {
  it("of a difference in means of skewed spend with unequal arms cover the truth", () => {
    const share = coverage("means", 0.3 * 12 - 0.3 * 10, (stream) => {
      const control = momentsOf(sample(USERS, () => spend(stream, 0.3, 10)));
      const treatment = momentsOf(sample(3 * USERS, () => spend(stream, 0.3, 12)));
      return differenceInMeans(summarizeMoments(control), summarizeMoments(treatment));
    });
    expectHonest(share);
  });

  it("of a relative lift cover the truth", () => {
    const share = coverage("lift", 0.2, (stream) => {
      const control = momentsOf(sample(4 * USERS, () => spend(stream, 0.5, 10)));
      const treatment = momentsOf(sample(4 * USERS, () => spend(stream, 0.5, 12)));
      return relativeLift(summarizeMoments(control), summarizeMoments(treatment));
    });
    expectHonest(share);
  });

  it.each([
    ["unpooled", differenceInProportions],
    ["Newcombe's", newcombeInterval],
  ] as const)("of a difference in shares, %s, cover the truth", (name, interval) => {
    const share = coverage(name, 0.08, (stream) => {
      const control = { successes: successes(stream, 0.24, USERS), n: USERS };
      return interval(control, { successes: successes(stream, 0.32, USERS), n: USERS });
    });
    expectHonest(share);
  });

  it("of a ratio metric cover the truth", () => {
    // Spend an order: users differ in orders, and spend follows them.
    const user = (stream: RandomStream, price: number): [number, number] => {
      const orders = 1 + stream.nextInt(5);
      return [orders * price * (0.5 + stream.nextFloat()), orders];
    };
    const share = coverage("ratio", 2, (stream) => {
      const control = pairMomentsOf(sample(USERS, () => user(stream, 20)));
      const treatment = pairMomentsOf(sample(USERS, () => user(stream, 22)));
      return differenceInMeans(summarizeRatio(control), summarizeRatio(treatment));
    });
    expectHonest(share);
  });

  it("of the effect on those who claimed cover the truth", () => {
    // Those who claim would have spent more anyway: the trap that the instrument avoids.
    const user = (stream: RandomStream, offered: boolean): [number, number] => {
      const taker = stream.nextFloat() < 0.6;
      const claimed = offered && taker ? 1 : 0;
      return [claimed, 5 + (taker ? 3 : 0) + 2 * claimed + 4 * stream.nextNormal()];
    };
    const share = coverage("compliers", 2, (stream) => {
      const control = pairMomentsOf(sample(USERS, () => user(stream, false)));
      const treatment = pairMomentsOf(sample(USERS, () => user(stream, true)));
      const { effect } = complierEffect(control, treatment);
      expect(effect).not.toBeNull();
      return effect as Effect;
    });
    expectHonest(share);
  });

  it("of the causal cost per kept user cover the truth", () => {
    // A tenth more stay; those who stay use the card more often.
    const user = (stream: RandomStream, treated: boolean): [number, number] => {
      const kept = stream.nextFloat() < (treated ? 0.35 : 0.25) ? 1 : 0;
      const used = treated && stream.nextFloat() < (kept === 1 ? 0.9 : 0.4);
      return [kept, used ? 25 : 0];
    };
    const truth = (25 * (0.35 * 0.9 + 0.65 * 0.4)) / 0.1;
    const read = (stream: RandomStream, treated: boolean): PairMoments =>
      pairMomentsOf(sample(USERS, () => user(stream, treated)));
    const share = coverage("cost", truth, (stream) => {
      const control = read(stream, false);
      return ratioOfDifferences(control, read(stream, true)).interval;
    });
    expectHonest(share);
  });

  it("would fail for an interval that is a seventh too short", () => {
    const share = coverage("control", 0, (stream) => {
      const [a, b] = [0, 0].map(() => momentsOf(sample(USERS, () => stream.nextNormal())));
      const effect = differenceInMeans(summarizeMoments(a!), summarizeMoments(b!));
      const half = 0.85 * (effect.upper - effect.estimate);
      return { lower: effect.estimate - half, upper: effect.estimate + half };
    });
    expect(share).toBeLessThan(0.936);
  });
});
