import fc from "fast-check";
import { expect, it } from "vitest";
import { drawAmount } from "./luck.ts";
import { traceDraw } from "./trace-draw.ts";

const words = (length: number) => fc.uint32Array({ minLength: length, maxLength: length });
const table = fc.array(
  fc.record({ amountMinor: fc.integer({ min: 1, max: 9 }), odds: fc.integer({ min: 1, max: 99 }) }),
  { minLength: 1, maxLength: 5 },
);

it("a traced draw is the draw", () => {
  fc.assert(
    fc.property(words(8), words(4), fc.nat(5), fc.nat(5), table, (key, user, offer, before, t) => {
      const bytes = new Uint8Array(user.slice().buffer);
      const { entry } = traceDraw(key, offer, bytes, before, t);
      expect(t[entry]!.amountMinor).toBe(drawAmount(key, offer, user, 0, before, t));
    }),
  );
});

it("words beyond the largest multiple of the odds are passed, sixteen and more of them", () => {
  // Nearly half of all words are passed: some draws take a second block.
  const odds = [{ amountMinor: 1, odds: 2 ** 31 + 1 }];
  let longest = 0;
  for (let before = 0; before < 20_000 && longest < 17; before++) {
    const user = new Uint8Array(16).fill(7);
    const { words: tried, below } = traceDraw(new Uint32Array(8), 0, user, before, odds);
    expect(tried.at(-1)!).toBeLessThan(below);
    for (const word of tried.slice(0, -1)) expect(word).toBeGreaterThanOrEqual(below);
    longest = Math.max(longest, tried.length);
    if (tried.length > 16) {
      const drawn = drawAmount(
        new Uint32Array(8),
        0,
        new Uint32Array(user.buffer),
        0,
        before,
        odds,
      );
      expect(drawn).toBe(1);
    }
  }
  expect(longest).toBeGreaterThan(10);
});
