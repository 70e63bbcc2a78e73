import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InviteIds } from "./invite-ids.ts";

const IDS = new InviteIds(new Uint8Array(16).fill(3));
const OTHERS = new InviteIds(new Uint8Array(16).fill(4));

describe("the bits of an invite", () => {
  it("lead back to its ordinal, for every ordinal", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (ordinal) => {
        const bits = IDS.encode(ordinal);
        expect(bits).toBeLessThan(1n << 60n);
        expect(IDS.decode(bits)).toBe(ordinal);
        expect(OTHERS.decode(bits)).toBe(-1);
      }),
    );
  });

  it("cannot be made up: of 200,000 at random none is one", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 60n) - 1n }), (bits) => IDS.decode(bits) === -1),
      { numRuns: 200_000, seed: 1 },
    );
  });

  it("of neighbours differ in half of their places", () => {
    let differing = 0;
    for (let ordinal = 0; ordinal < 2000; ordinal++) {
      let both = IDS.encode(ordinal) ^ IDS.encode(ordinal + 1);
      for (; both !== 0n; both &= both - 1n) differing += 1;
    }
    expect(differing / 2000 / 60).toBeCloseTo(0.5, 1);
  });
});
