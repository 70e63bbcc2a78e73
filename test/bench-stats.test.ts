// What makes the bench of the estimators honest: a peer that computes something else is told.
import { describe, expect, it } from "vitest";
import { disagreement, TASKS } from "../bench/stats/tasks.ts";

describe("the comparison of answers", () => {
  const task = { id: "welch", does: "", tolerance: 1e-6 } as const;
  const said = (ours: number[], theirs: number[]): string | null =>
    disagreement(task, Float64Array.from(ours), { name: "R", answer: Float64Array.from(theirs) });

  it("lets pass what lies within the tolerance", () => {
    expect(said([100, -2], [100.00009, -2])).toBeNull();
    expect(said([0], [0])).toBeNull();
  });

  it("names both numbers where one lies beyond it", () => {
    expect(said([100, -2], [100, -2.00001])).toBe(
      "welch: number 1 is -2 by ours and -2.00001 by R",
    );
    expect(said([1], [Number.NaN])).toBe("welch: number 0 is 1 by ours and NaN by R");
    expect(said([Number.NaN], [Number.NaN])).not.toBeNull();
  });

  it("misses no number that only one side gives", () => {
    expect(said([1], [1, 2])).toBe("welch: ours has 1 numbers, R 2");
  });

  it("calls near zeros equal only where the task says how near", () => {
    expect(said([1e-13], [2e-13])).not.toBeNull();
    const near = { ...task, nothing: 1e-12 };
    const [ours, answer] = [Float64Array.of(1e-13), Float64Array.of(2e-13)];
    expect(disagreement(near, ours, { name: "R", answer })).toBeNull();
  });

  it("has tasks with names of their own", () => {
    expect(new Set(TASKS.map(({ id }) => id)).size).toBe(TASKS.length);
  });
});
