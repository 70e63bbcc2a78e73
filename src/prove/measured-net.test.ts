// Worth and cost seen together, where the held-out say less than their own numbers pretend.
import { describe, expect, it } from "vitest";
import {
  differenceByScore,
  differenceInMeans,
  type Moments,
  summarizeMoments,
} from "../stats/index.ts";
import type { Metric } from "../verdict/metric.ts";
import { intervalOf } from "./effect-interval.ts";
import { measuredNet } from "./measured-net.ts";

const KEPT: Metric = { id: "kept", title: "kept", kind: "share", unit: "", digits: 2 };

/** Users who are worth 10 if kept and cost 1, some of them twice that. */
function netOf(n: number, kept: number, cost: number): Moments {
  const [paid, square] = [
    10 * kept - cost * n,
    100 * kept - 20 * cost * kept + 1.25 * cost ** 2 * n,
  ];
  return { n, sum: paid, sumSquares: square };
}

function read(n: number, a: number, m: number, b: number, cost = 1) {
  const net = [netOf(n, a, 0), netOf(m, b, cost)] as const;
  const effect = differenceByScore({ successes: a, n }, { successes: b, n: m });
  const shares = [
    { n, share: a / n },
    { n: m, share: b / m },
  ] as const;
  const found = measuredNet(net, KEPT, intervalOf(effect), shares, 10);
  const welch = differenceInMeans(summarizeMoments(net[0]), summarizeMoments(net[1]));
  return { found, welch };
}

describe("a measured net", () => {
  it("is Welch's where users are many", () => {
    const { found, welch } = read(200_000, 40_000, 200_000, 41_000);
    expect(found.lower).toBeCloseTo(welch.lower, 4);
    expect(found.upper).toBeCloseTo(welch.upper, 4);
  });

  it("is as unsure as the share where few held out had the outcome, or none", () => {
    const { found, welch } = read(1_000, 0, 99_000, 1_089);
    const effect = differenceByScore({ successes: 0, n: 1_000 }, { successes: 1_089, n: 99_000 });
    expect(welch.upper - welch.lower).toBeLessThan(0.02);
    expect(found.estimate - found.lower).toBeGreaterThan(
      10 * (effect.estimate - effect.lower) - 0.02,
    );
    expect(found.upper - found.estimate).toBeGreaterThan(welch.upper - welch.estimate);
  });

  it("has bounds where no user differs from another of his arm", () => {
    const control = { n: 5_000, sum: 0, sumSquares: 0 };
    const treatment = { n: 5_000, sum: 50_000, sumSquares: 500_000 };
    const effect = differenceByScore({ successes: 0, n: 5_000 }, { successes: 5_000, n: 5_000 });
    const shares = [
      { n: 5_000, share: 0 },
      { n: 5_000, share: 1 },
    ] as const;
    const found = measuredNet([control, treatment], KEPT, intervalOf(effect), shares, 10);
    expect(found.estimate).toBe(10);
    expect(found.lower).toBeLessThan(10);
    expect(found.lower).toBeGreaterThan(9.9);
  });
});
