import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomStream } from "../../base/keystream.ts";
import type { TableEntry } from "../definition.ts";
import { drawAmount } from "./luck.ts";

const KEY = Uint32Array.from({ length: 8 }, (_, i) => 0x01010101 * i);
const TABLE: TableEntry[] = [
  { amountMinor: 288800, odds: 1 },
  { amountMinor: 888, odds: 9 },
  { amountMinor: 288, odds: 30 },
  { amountMinor: 88, odds: 60 },
];
const userKey = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => {
  return new Uint32Array(bytes.slice().buffer);
});

/** Chi-square of a table's draws by many users against its odds. */
function chiSquare(entries: TableEntry[], draws: number): number {
  const stream = randomStream(11, "users");
  const counts = new Map<number, number>();
  for (let i = 0; i < draws; i++) {
    const key = Uint32Array.from({ length: 4 }, () => stream.nextU32());
    const amount = drawAmount(KEY, 3, key, 0, i % 3, entries);
    counts.set(amount, (counts.get(amount) ?? 0) + 1);
  }
  const sum = entries.reduce((total, entry) => total + entry.odds, 0);
  return entries.reduce((total, { amountMinor, odds }) => {
    const expected = (draws * odds) / sum;
    return total + ((counts.get(amountMinor) ?? 0) - expected) ** 2 / expected;
  }, 0);
}

describe("a lucky amount", () => {
  it("comes as often as its odds say", () => {
    expect(chiSquare(TABLE, 60_000)).toBeLessThan(16.3); // 99.9 % of three degrees of freedom
  });

  it("has no modulo bias", () => {
    const thirds = [1, 2, 3].map((amountMinor) => ({ amountMinor, odds: 2 ** 30 }));
    // Without rejection the first third would come half of the time.
    expect(chiSquare(thirds, 20_000)).toBeLessThan(13.8); // 99.9 % of two degrees of freedom
  });

  it("uses the whole word when the odds add up to 2^32", () => {
    const halves = [
      { amountMinor: 1, odds: 2 ** 31 },
      { amountMinor: 2, odds: 2 ** 31 },
    ];
    expect(chiSquare(halves, 20_000)).toBeLessThan(10.8);
  });

  it("depends on key, offer, user and draw, and on nothing else", () => {
    fc.assert(
      fc.property(userKey, fc.nat(999), fc.nat(50), (key, offer, draw) => {
        const first = drawAmount(KEY, offer, key, 0, draw, TABLE);
        drawAmount(KEY, offer + 1, key, 0, draw + 1, TABLE);
        const shifted = Uint32Array.of(1, 2, ...key);
        expect(drawAmount(KEY, offer, shifted, 2, draw, TABLE)).toBe(first);
      }),
    );
  });

  it("is another one for another key, offer, user or draw", () => {
    const even = Array.from({ length: 1000 }, (_, i) => ({ amountMinor: i + 1, odds: 1 }));
    const user = Uint32Array.of(1, 2, 3, 4);
    const amounts = [
      drawAmount(KEY, 0, user, 0, 0, even),
      drawAmount(
        KEY.map((word) => word + 1),
        0,
        user,
        0,
        0,
        even,
      ),
      drawAmount(KEY, 1, user, 0, 0, even),
      drawAmount(KEY, 0, Uint32Array.of(1, 2, 3, 5), 0, 0, even),
      drawAmount(KEY, 0, user, 0, 1, even),
    ];
    expect(new Set(amounts).size).toBe(amounts.length);
  });

  it("is certain when there is one", () => {
    expect(drawAmount(KEY, 0, KEY, 0, 0, [{ amountMinor: 7, odds: 1 }])).toBe(7);
  });

  it("is never drawn from odds that do not fit a word", () => {
    const tooMany = [{ amountMinor: 1, odds: 2 ** 32 + 1 }];
    expect(() => drawAmount(KEY, 0, KEY, 0, 0, tooMany)).toThrow("odds");
    expect(() => drawAmount(KEY, 0, KEY, 0, 0, [])).toThrow("odds");
  });
});
