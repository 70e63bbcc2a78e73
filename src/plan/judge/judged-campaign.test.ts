// Draws chosen by their weight.
import { expect, test } from "vitest";
import { byWeight } from "./judged-campaign.ts";

const counts = (chosen: Uint32Array, draws: number): number[] =>
  Array.from({ length: draws }, (_, draw) => chosen.filter((each) => each === draw).length);

test("each draw is chosen as often as its weight says, to less than one", () => {
  const weights = Float64Array.from([0.1, 0, 0.25, 0.35, 0.3]);
  for (const count of [1, 10, 97, 4096]) {
    const found = counts(byWeight(weights, count), weights.length);
    expect(found.reduce((a, b) => a + b, 0)).toBe(count);
    found.forEach((times, draw) => {
      expect(Math.abs(times - weights[draw]! * count)).toBeLessThan(1);
    });
  }
});

test("the first ones are of everywhere", () => {
  const weights = new Float64Array(1_000).fill(1 / 1_000);
  const first = byWeight(weights, 1_000).slice(0, 50);
  for (let tenth = 0; tenth < 10; tenth++) {
    expect([...first].filter((draw) => Math.floor(draw / 100) === tenth).length).toBeGreaterThan(2);
  }
});
