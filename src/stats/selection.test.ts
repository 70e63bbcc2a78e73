// Ranks and orders without comparing everything, against sorting everything.
import { describe, expect, it } from "vitest";
import { randomStream } from "../base/keystream.ts";
import { ascendingOrder } from "./ascending-order.ts";
import { orderStatistics } from "./order-statistics.ts";

const N = 20_011;
const SHAPES: Record<string, (i: number, chance: number) => number> = {
  "drawn evenly": (_, chance) => chance,
  "with a long tail": (_, chance) => (1 - chance) ** -3,
  "of both signs": (_, chance) => Math.tan(Math.PI * (chance - 0.5)),
  "mostly zero": (_, chance) => (chance < 0.9 ? 0 : chance),
  "of few values": (_, chance) => Math.floor(7 * chance),
  "all the same": () => 3,
  ascending: (i) => i,
  "with a rhythm that misleads a sample": (i, chance) => (i % 27 === 13 ? 1000 + chance : chance),
  "infinite in places": (i, chance) => (i % 3 === 0 ? Number.POSITIVE_INFINITY : chance),
};

function made(shape: string, n: number): Float64Array {
  const random = randomStream("selection", shape);
  return Float64Array.from({ length: n }, (_, i) => SHAPES[shape]!(i, random.nextFloat()));
}

describe("order statistics", () => {
  for (const shape of Object.keys(SHAPES)) {
    it(`are what sorting gives of values ${shape}`, () => {
      for (const n of [3, 1999, 2000, N]) {
        const values = made(shape, n);
        const before = values.slice();
        const sorted = values.toSorted();
        for (const share of [0, 0.001, 0.1, 0.5, 0.9, 0.999, 1]) {
          const rank = Math.round(share * (n - 1));
          const ranks = [rank, Math.max(0, rank - 40), Math.min(n - 1, rank + 40)];
          expect(orderStatistics(values, ranks)).toEqual(ranks.map((each) => sorted[each]));
        }
        expect(orderStatistics(values, [0, n - 1])).toEqual([sorted[0], sorted[n - 1]]);
        expect(values).toEqual(before);
      }
    });
  }

  it("name the place of what is no number, however many values there are", () => {
    for (const n of [10, 5000]) {
      for (const share of [0.01, 0.5, 0.99]) {
        const values = made("drawn evenly", n);
        values[7] = Number.NaN;
        const ranks = [Math.floor(share * n)];
        expect(() => orderStatistics(values, ranks)).toThrow(/numbers, got NaN at index 7/);
      }
    }
  });
});

describe("the ascending order", () => {
  for (const shape of Object.keys(SHAPES).filter((name) => name !== "of both signs")) {
    it(`is stable and what comparing gives of values ${shape}`, () => {
      for (const n of [0, 1, 1999, N]) {
        const values = made(shape, n);
        const compared = Array.from(values.keys()).sort((a, b) => {
          return values[a] === values[b] ? a - b : values[a]! - values[b]!;
        });
        expect(Array.from(ascendingOrder(values))).toEqual(compared);
      }
    });
  }

  it("sorts by several columns, the last given first", () => {
    const [low, high] = [made("drawn evenly", N), made("of few values", N)];
    const order = ascendingOrder(high, ascendingOrder(low));
    const isRight = (at: number): boolean => {
      const [a, b] = [order[at - 1]!, order[at]!];
      return high[a]! < high[b]! || (high[a] === high[b] && low[a]! <= low[b]!);
    };
    const wrong = Array.from({ length: N - 1 }, (_, i) => i + 1).filter((at) => !isRight(at));
    expect(wrong).toEqual([]);
  });
});
