// Quantiles of numbers that tie: one arm's 90th percentile is 1 and the other's 2 by chance alone.
import { describe, expect, it } from "vitest";
import { type RandomStream, randomStream } from "../base/keystream.ts";
import {
  differenceInQuantiles,
  quantileDifference,
  quantileLift,
  quantileOf,
} from "./quantile-difference.ts";

/** Exactly nine in ten have 0 or 1. */
const orders = (random: RandomStream): number => {
  const u = random.nextFloat();
  return u < 0.5 ? 0 : u < 0.9 ? 1 : u < 0.97 ? 2 : 3;
};

describe("a quantile at which values tie", () => {
  it("differs by chance no more often than it says, where a symmetric interval does", () => {
    const random = randomStream(7, "ties");
    const found = { own: 0, symmetric: 0 };
    for (let i = 0; i < 300; i++) {
      const [a, b] = [400, 1_200].map((n) =>
        quantileOf(
          Array.from({ length: n }, () => orders(random)),
          0.9,
        ),
      );
      const effect = quantileDifference(a!, b!);
      if (effect !== null && effect.p < 0.05) found.own += 1;
      if (a!.lower + b!.lower < a!.upper + b!.upper) {
        if (differenceInQuantiles(a!, b!).p < 0.05) found.symmetric += 1;
      }
    }
    expect(found.own / 300).toBeLessThan(0.05);
    expect(found.symmetric / 300).toBeGreaterThan(0.2);
  });

  it("has bounds, p value and lift that agree about zero", () => {
    const at = (quantile: number, lower: number, upper: number) => ({
      ...{ n: 400, quantile, lower, upper },
    });
    const places = [at(2, 1, 2), at(2, 2, 2), at(2, 2, 3), at(3, 2, 3), at(5, 4, 7), at(5, 5, 6)];
    let clear = 0;
    for (const a of places) {
      for (const b of places) {
        const effect = quantileDifference(a, b);
        const lift = quantileLift(a, b);
        if (effect === null) continue;
        const isApart = effect.lower > 0 || effect.upper < 0;
        expect(isApart).toBe(effect.p < 0.05);
        expect(effect.standardError).toBeGreaterThan(0);
        if (isApart) clear += 1;
        if (lift === null) continue;
        expect(lift.lower > 1e-12 || lift.upper < -1e-12).toBe(isApart);
        expect(lift.p).toBe(effect.p);
      }
    }
    expect(clear).toBeGreaterThan(5);
    expect(quantileDifference(at(2, 2, 2), at(2, 2, 2))).toBeNull();
    expect(quantileLift(at(2, 0, 4), at(3, 2, 4))).toBeNull();
  });
});
