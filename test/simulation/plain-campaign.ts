// A campaign of one offer without any rule, for tests that add the one they are about.
import type { CampaignDefinition, CapDefinition, CurvePoint } from "../../src/core/definition.ts";
import { cap as namedCap } from "../../src/core/unit-campaign.fixture.ts";

export const START_MS: number = Date.parse("2026-02-06T00:00:00+08:00");
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

export function plainCampaign(more: Partial<CampaignDefinition> = {}): CampaignDefinition {
  const endsAtMs = START_MS + 10 * DAY_MS;
  return {
    id: "drill",
    title: "Drill",
    currency: "CNY",
    decimals: 2,
    timeZone: "Asia/Shanghai",
    budgetMinor: 100,
    startsAtMs: START_MS,
    endsAtMs,
    closesAtMs: endsAtMs + 10 * DAY_MS,
    settlingLagMs: DAY_MS,
    waves: [{ id: "one", fromMs: START_MS, toMs: endsAtMs, budgetMinor: null }],
    offers: [
      {
        id: "card",
        title: "Card",
        wave: 0,
        reward: { kind: "fixed", amountMinor: 10 },
        expiry: { kind: "after", afterMs: DAY_MS },
        audience: null,
      },
    ],
    caps: [],
    assignment: {
      source: "hash",
      holdoutShare: 0,
      variants: [{ id: "treated", share: 1 }],
      masked: false,
      salt: "00".repeat(16),
    },
    audiences: [],
    attributes: ["device", "merchant"],
    dayStartsMs: Array.from({ length: 21 }, (_, day) => START_MS + day * DAY_MS),
    planHash: null,
    ...more,
  };
}

/** One wave from the first point to the last, whose budget is let out by them. */
export function pacedCampaign(points: CurvePoint[], budgetMinor: number): CampaignDefinition {
  const [fromMs, toMs] = [points[0]!.atMs, points.at(-1)!.atMs];
  const money = cap({ dimension: "wave:one", counts: "money", limit: budgetMinor });
  const curve = { points, unused: "now" } as const;
  return plainCampaign({
    ...{ budgetMinor, startsAtMs: fromMs, endsAtMs: toMs },
    waves: [{ id: "one", fromMs, toMs, budgetMinor }],
    caps: [
      { ...money, id: "wave-budget:one" },
      { ...money, id: "wave-pacing:one", refund: false, curve },
    ],
  });
}

export function cap(more: Partial<CapDefinition> = {}): CapDefinition {
  return namedCap({ id: "cap", ...more });
}
