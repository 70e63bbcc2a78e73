// The campaign that unit tests of the core begin with, and a cap for it.
import type { CampaignDefinition, CapDefinition } from "./definition.ts";

export const HOUR_MS = 3_600_000;
export const DAY_MS: number = 24 * HOUR_MS;
/** Ten days of claims and ten more; one wave; a card of 10 and an envelope of 1 or 50. */
export const DEFINITION: CampaignDefinition = {
  id: "unit",
  title: "Unit",
  currency: "CNY",
  decimals: 2,
  timeZone: "UTC",
  budgetMinor: 100,
  startsAtMs: 0,
  endsAtMs: 10 * DAY_MS,
  closesAtMs: 20 * DAY_MS,
  settlingLagMs: DAY_MS,
  waves: [{ id: "all", fromMs: 0, toMs: 10 * DAY_MS, budgetMinor: null }],
  offers: [
    {
      id: "card",
      title: "Card",
      wave: 0,
      reward: { kind: "fixed", amountMinor: 10 },
      expiry: { kind: "after", afterMs: 2 * DAY_MS },
      audience: null,
    },
    {
      id: "envelope",
      title: "Envelope",
      wave: 0,
      reward: {
        kind: "table",
        entries: [
          { amountMinor: 1, odds: 3 },
          { amountMinor: 50, odds: 1 },
        ],
      },
      expiry: { kind: "at", atMs: 12 * DAY_MS },
      audience: null,
    },
  ],
  caps: [],
  assignment: {
    source: "hash",
    holdoutShare: 0,
    variants: [{ id: "treated", share: 1 }],
    masked: false,
    salt: "00112233445566778899aabbccddeeff",
  },
  audiences: [],
  attributes: ["device", "shop"],
  dayStartsMs: Array.from({ length: 21 }, (_, day) => day * DAY_MS),
  planHash: null,
};

export function cap(more: Partial<CapDefinition> & { id: string }): CapDefinition {
  return {
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
