// A small campaign as draws, for tests: 1,000 users kept of whom a tenth leaves each month, 300 in
// cost, three worlds.
import type { CampaignDraws } from "../plan/campaign-draws.ts";
import type { Uncertain } from "../stats/draws.ts";

/** The point and draws that are so many times the point. */
export function around(point: number, factors: readonly number[] = [0.8, 1, 1.2]): Uncertain {
  return { point, draws: Float64Array.from(factors, (factor) => factor * point) };
}

export const fixed = (point: number): Uncertain => around(point, [1, 1, 1]);

export function smallCampaign(more: Partial<CampaignDraws> = {}): CampaignDraws {
  return {
    title: "a small campaign",
    currency: "CNY",
    starts: "2026-02-06",
    grade: "A",
    count: 3,
    granted: [fixed(240), fixed(0), fixed(0)],
    redeemed: [fixed(120), fixed(60), fixed(0)],
    otherCost: [fixed(90), fixed(0), fixed(0)],
    cannibalised: [fixed(20), fixed(10), fixed(0)],
    kept: around(1_000),
    activeByMonth: Array.from({ length: 12 }, (_, m) => around(1_000 * 0.9 ** m)),
    marginPerMonth: fixed(0.1),
    discount: fixed(0.1),
    ...more,
  };
}
