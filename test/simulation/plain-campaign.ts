// A campaign of one offer without any rule, for tests that add the one they are about.
import type { CampaignDefinition, CapDefinition } from "../../src/core/definition.ts";

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

export function cap(more: Partial<CapDefinition> = {}): CapDefinition {
  return {
    id: "cap",
    dimension: "user",
    counts: "grants",
    per: "total",
    limit: 1,
    on: "claim",
    refund: true,
    missing: "refuse",
    ...more,
  };
}
