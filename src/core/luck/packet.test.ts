import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomStream } from "../../base/keystream.ts";
import type { PotReward } from "../definition.ts";
import { drawPacket, potNonce } from "./packet.ts";

const KEY = Uint32Array.from([1, 2, 3, 4, 5, 6, 7, 8]);

function packetsOf(reward: PotReward, key = KEY, offer = 0): number[] {
  const nonce = potNonce(offer);
  let left = reward.totalMinor;
  return Array.from({ length: reward.packets }, (_, i) => {
    const amount = drawPacket(key, nonce, reward, i, left);
    left -= amount;
    return amount;
  });
}

function pot(totalMinor: number, packets: number, minMinor: number, maxMinor: number): PotReward {
  return { kind: "pot", totalMinor, packets, minMinor, maxMinor };
}

/** Pots that can be: minimum and maximum on both sides of the mean. */
const pots: fc.Arbitrary<PotReward> = fc
  .record({
    packets: fc.integer({ min: 1, max: 60 }),
    mean: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2 ** 46 })),
    below: fc.double({ min: 0, max: 1, noNaN: true }),
    above: fc.double({ min: 0, max: 8, noNaN: true }),
    odd: fc.nat(),
  })
  .map(({ packets, mean, below, above, odd }) => {
    const minMinor = Math.max(1, Math.floor(mean * below));
    const maxMinor = Math.ceil(mean * (1 + above)) + 1;
    return pot(packets * mean + (odd % packets), packets, minMinor, maxMinor);
  });

describe("the packets of a pot", () => {
  it("add up to the total, each between minimum and maximum, whatever they are", () => {
    fc.assert(
      fc.property(pots, fc.nat(), (reward, seed) => {
        const key = Uint32Array.from(KEY, (word) => word ^ seed);
        const amounts = packetsOf(reward, key);
        expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(reward.totalMinor);
        expect(Math.min(...amounts)).toBeGreaterThanOrEqual(reward.minMinor);
        expect(Math.max(...amounts)).toBeLessThanOrEqual(reward.maxMinor);
      }),
      { numRuns: 2000 },
    );
  });

  it("are the same for ever", () => {
    expect(packetsOf(pot(1000, 10, 1, 1000))).toEqual([
      14, 199, 23, 86, 47, 182, 25, 131, 115, 178,
    ]);
    expect(packetsOf(pot(1000, 10, 1, 1000), KEY, 1)).not.toEqual(
      packetsOf(pot(1000, 10, 1, 1000), KEY, 0),
    );
  });

  it("leave no room where minimum or maximum is the mean", () => {
    expect(packetsOf(pot(40, 4, 10, 30))).toEqual([10, 10, 10, 10]);
    expect(packetsOf(pot(40, 4, 1, 10))).toEqual([10, 10, 10, 10]);
    expect(packetsOf(pot(2 ** 53 - 1, 1, 1, 2 ** 53 - 1))).toEqual([2 ** 53 - 1]);
  });

  it("hold the same on average in every place, so that coming early does not pay", () => {
    const rounds = 20_000;
    for (const reward of [pot(1000, 10, 1, 1000), pot(1000, 10, 60, 900), pot(1000, 10, 1, 130)]) {
      const sums = new Float64Array(10);
      const squares = new Float64Array(10);
      const stream = randomStream("packets", JSON.stringify(reward));
      for (let round = 0; round < rounds; round++) {
        const key = Uint32Array.from(KEY, () => stream.nextU32());
        packetsOf(reward, key).forEach((amount, i) => {
          sums[i]! += amount;
          squares[i]! += amount ** 2;
        });
      }
      for (const [i, sum] of sums.entries()) {
        const mean = sum / rounds;
        const error = Math.sqrt((squares[i]! / rounds - mean ** 2) / rounds);
        // Half a minor unit is lost to rounding in a place at most.
        expect(Math.abs(mean - 100), `place ${i + 1}`).toBeLessThan(4.5 * error + 0.5);
      }
    }
  });

  it("are uniform around the mean of what is left: by chi-square, and a control", () => {
    const reward = pot(100, 10, 1, 100);
    const seen = new Float64Array(19);
    const stream = randomStream("packets", "uniform");
    const rounds = 38_000;
    for (let round = 0; round < rounds; round++) {
      const key = Uint32Array.from(KEY, () => stream.nextU32());
      seen[drawPacket(key, potNonce(0), reward, 0, 100) - 1]! += 1;
    }
    const statistic = (counts: Float64Array): number =>
      counts.reduce((sum, count) => sum + (count - rounds / 19) ** 2 / (rounds / 19), 0);
    // 18 degrees of freedom: above 42.3 in one case of a thousand.
    expect(statistic(seen)).toBeLessThan(42.3);
    const skewed = seen.map((count, i) => count + (i === 0 ? 400 : 0));
    expect(statistic(skewed)).toBeGreaterThan(42.3);
  });
});
