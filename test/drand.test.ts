// drand's published rounds are taken for what they are, and nothing else is.
import { describe, expect, it } from "vitest";
import { concatBytes, fromHex, toHex, utf8 } from "../src/base/bytes.ts";
import {
  DRAND_CHAINS,
  type DrandChain,
  drandChainName,
  firstRoundFrom,
  roundAtMs,
} from "../src/base/drand.ts";
import { drandRandomness, isSignedByDrand } from "../src/base/drand-signature.ts";
import { sha256 } from "../src/base/hash.ts";
import type { BeaconInput } from "../src/contract/index.ts";
import { DEFAULT_ROUND, QUICKNET_ROUNDS } from "./drand-rounds.fixture.ts";

const { quicknet, default: chained } = DRAND_CHAINS;

function isSigned(chain: DrandChain, value: BeaconInput, more: Partial<BeaconInput> = {}): boolean {
  const { round, signature, previous_signature: previous = "" } = { ...value, ...more };
  const bytes = { signature: fromHex(signature)!, previousSignature: fromHex(previous)! };
  return isSignedByDrand(chain, { round, ...bytes });
}

/** How drand names a chain: the hash of period, genesis, key, group and, but for one, its id. */
function hashOf(chain: DrandChain, group: string, id: string): string {
  const head = new Uint8Array(12);
  const view = new DataView(head.buffer);
  view.setUint32(0, chain.periodMs / 1000);
  view.setBigUint64(4, BigInt(chain.genesisAtMs / 1000));
  const parts = [head, fromHex(chain.publicKey)!, fromHex(group)!, utf8(id)];
  return toHex(sha256(concatBytes(...parts)));
}

describe("drand's chains", () => {
  it("are those that their hashes name", () => {
    const quick = "f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e";
    expect(hashOf(quicknet, quick, "quicknet")).toBe(quicknet.hash);
    const group = "176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a";
    expect(hashOf(chained, group, "")).toBe(chained.hash);
    expect(drandChainName(quicknet.hash)).toBe("quicknet");
    expect(drandChainName("00".repeat(32))).toBe(null);
  });

  it("count rounds from 1 at their genesis", () => {
    expect(roundAtMs(quicknet, 1)).toBe(1_692_803_367_000);
    expect(roundAtMs(quicknet, 1000)).toBe(Date.parse("2023-08-23T15:59:24Z"));
    for (const round of [1, 2, 1000, 32_281_667]) {
      const atMs = roundAtMs(quicknet, round);
      expect(firstRoundFrom(quicknet, atMs)).toBe(round);
      expect(firstRoundFrom(quicknet, atMs + 1)).toBe(round + 1);
      expect(firstRoundFrom(quicknet, atMs - 2999)).toBe(round);
    }
    expect(firstRoundFrom(quicknet, 0)).toBe(1);
  });
});

describe("a round of drand", () => {
  it.each(QUICKNET_ROUNDS)("$round of quicknet is quicknet's", (value) => {
    expect(isSigned(quicknet, value)).toBe(true);
    if (value.randomness === undefined) return;
    expect(toHex(drandRandomness(fromHex(value.signature)!))).toBe(value.randomness);
  });

  it("of the chained default network is that network's", () => {
    expect(isSigned(chained, DEFAULT_ROUND)).toBe(true);
    const { signature, randomness } = DEFAULT_ROUND;
    expect(toHex(drandRandomness(fromHex(signature)!))).toBe(randomness);
  });

  it("is not another round, nor another chain's", () => {
    const [first, second] = QUICKNET_ROUNDS as [BeaconInput, BeaconInput];
    expect(isSigned(quicknet, first, { round: 1001 })).toBe(false);
    expect(isSigned(quicknet, first, { signature: second.signature })).toBe(false);
    expect(isSigned(chained, first)).toBe(false);
    expect(isSigned(quicknet, DEFAULT_ROUND)).toBe(false);
    const same = { ...quicknet, publicKey: chained.publicKey };
    expect(isSigned(same, first)).toBe(false);
  });

  it("is not itself with a bit turned, with another past, or cut", () => {
    const [first] = QUICKNET_ROUNDS as [BeaconInput];
    const turned = first.signature.replace(/9$/, "8");
    expect(isSigned(quicknet, first, { signature: turned })).toBe(false);
    expect(isSigned(quicknet, first, { signature: first.signature.slice(2) })).toBe(false);
    expect(isSigned(quicknet, first, { signature: "00".repeat(48) })).toBe(false);
    // The point at infinity, which a careless check takes for anybody's signature.
    expect(isSigned(quicknet, first, { signature: `c0${"00".repeat(47)}` })).toBe(false);
    expect(isSigned(quicknet, first, { previous_signature: first.signature })).toBe(false);
    expect(isSigned(chained, DEFAULT_ROUND, { previous_signature: "" })).toBe(false);
  });
});
