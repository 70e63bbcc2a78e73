import { describe, expect, it } from "vitest";
import { tTestPower, tTestUsers } from "./index.ts";
import { rootBetween } from "./root.ts";

describe("the root between two places", () => {
  it.each<[string, (x: number) => number, number, number, number]>([
    ["a square root", (x) => x * x - 2, 0, 2, Math.SQRT2],
    ["a falling line", (x) => 3 - x, -10, 50, 3],
    ["a steep rise at one end", (x) => x ** 9 - 1e-9, 0, 1, 0.1],
    ["a kink", (x) => (x < 1 ? x - 1 : 1000 * (x - 1)), -5, 7, 1],
    ["an end", (x) => x - 4, 1, 4, 4],
  ])("is found for %s", (_, f, from, to, root) => {
    let calls = 0;
    const counted = (x: number): number => {
      calls += 1;
      return f(x);
    };
    expect(rootBetween(counted, from, to)).toBeCloseTo(root, 11);
    expect(calls).toBeLessThan(100);
  });

  it("gives users of whom the t test has just the power that was asked for", () => {
    for (const d of [-1.5, 0.003, 0.05, 0.5, 3]) {
      for (const power of [0.1, 0.5, 0.8, 0.999]) {
        for (const ratio of [0.2, 1, 7]) {
          const users = tTestUsers(d, { power, ratio });
          const reached = tTestPower(d, users, users * ratio);
          // Two users an arm are the fewest there are.
          if (users > 2 * Math.max(1, 1 / ratio)) expect(reached).toBeCloseTo(power, 11);
          else expect(reached).toBeGreaterThanOrEqual(power);
        }
      }
    }
  });
});
