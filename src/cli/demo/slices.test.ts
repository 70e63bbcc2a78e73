// Slices keep the crowd's order and never send a request before its time.
import { describe, expect, test } from "vitest";
import { createCrowd } from "../../crowd/crowd.ts";
import { scaledShape } from "../../crowd/shape.ts";
import { slicesOf } from "./slices.ts";

const crowd = createCrowd({ seed: 3, shape: scaledShape(0.05) });

describe("slices", () => {
  test("hold every action once, in order", () => {
    const told = [...crowd.schedule()];
    const sliced = [...slicesOf(crowd.schedule(), crowd.shape.dayZeroMs)].flatMap(
      ({ actions }) => actions,
    );
    expect(sliced).toEqual(told);
  });

  test("stand at the time of their first action and end with the day", () => {
    const dayOf = (atMs: number) => Math.floor((atMs - crowd.shape.dayZeroMs) / 86_400_000);
    let lastMs = 0;
    for (const { atMs, actions } of slicesOf(crowd.schedule(), crowd.shape.dayZeroMs)) {
      expect(atMs).toBe(actions[0]!.atMs);
      expect(atMs).toBeGreaterThanOrEqual(lastMs);
      expect(dayOf(actions.at(-1)!.atMs)).toBe(dayOf(atMs));
      lastMs = actions.at(-1)!.atMs;
    }
  });
});
