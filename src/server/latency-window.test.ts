import { describe, expect, it } from "vitest";
import { LatencyWindow } from "./latency-window.ts";

const counts = (...all: number[]): [string, Float64Array][] => [["claim", Float64Array.from(all)]];

describe("latency of the last seconds", () => {
  it("is of what came since, not of all that ever was", () => {
    const window = new LatencyWindow([0.001, 0.002, 0.004], 2);
    // A slow past, before anybody looked.
    expect(window.note(counts(0, 0, 900, 0))).toEqual({});
    expect(window.note(counts(98, 1, 900, 1))).toEqual({
      claim: { answers: 100, p50Ms: 0.51, p99Ms: 2 },
    });
    // The first second is out of the window; nothing came in the second one.
    expect(window.note(counts(98, 1, 900, 1))).toEqual({});
  });

  it("has an operation from its first answer on", () => {
    const window = new LatencyWindow([0.001], 9);
    expect(window.note([])).toEqual({});
    expect(window.note(counts(2, 0)).claim?.answers).toBe(2);
    window.forget();
    // Control: what came before anybody looked is not of now.
    expect(window.note(counts(2, 0))).toEqual({});
  });

  it("says of what is longer than all buckets that it is at least as long as the last", () => {
    const window = new LatencyWindow([0.001, 0.002], 9);
    window.note(counts(0, 0, 0));
    expect(window.note(counts(0, 0, 3)).claim).toEqual({ answers: 3, p50Ms: 2, p99Ms: 2 });
  });
});
