// The campaign that ours and the peers decide under: the rules of examples/qwen-2026, moved in time
// so that its first wave is open now, since servers read the real clock.
import { dayStarts } from "../src/base/time.ts";
import type { CampaignDefinition, CapDefinition } from "../src/core/definition.ts";

const DAY_MS = 86_400_000;
const TIME_ZONE = "Asia/Shanghai";

export const CARD = "card-25";
export const ENVELOPE = "envelope";

export function benchCampaign(nowMs: number): CampaignDefinition {
  const today = dayStarts(TIME_ZONE, nowMs, nowMs)[0] ?? nowMs;
  const startsAtMs = today - DAY_MS;
  const waveTwoAtMs = startsAtMs + 7 * DAY_MS;
  const endsAtMs = startsAtMs + 20 * DAY_MS;
  const closesAtMs = endsAtMs + 3 * DAY_MS;
  const waveBudgetMinor = 250_000_000_000;
  return {
    id: "qwen-2026",
    title: "Spring festival treat",
    currency: "CNY",
    decimals: 2,
    timeZone: TIME_ZONE,
    budgetMinor: 300_000_000_000,
    startsAtMs,
    endsAtMs,
    closesAtMs,
    settlingLagMs: DAY_MS,
    waves: [
      { id: "cards", fromMs: startsAtMs, toMs: waveTwoAtMs, budgetMinor: waveBudgetMinor },
      { id: "envelopes", fromMs: waveTwoAtMs, toMs: endsAtMs, budgetMinor: 50_000_000_000 },
    ],
    offers: [
      {
        id: CARD,
        title: "25 yuan off any order",
        wave: 0,
        reward: { kind: "fixed", amountMinor: 2500 },
        expiry: { kind: "at", atMs: closesAtMs },
        audience: null,
      },
      {
        id: ENVELOPE,
        title: "Red envelope of up to 2,888 yuan",
        wave: 1,
        reward: {
          kind: "table",
          entries: [
            { amountMinor: 288, odds: 9_000_000 },
            { amountMinor: 888, odds: 999_000 },
            { amountMinor: 288_800, odds: 1000 },
          ],
        },
        expiry: { kind: "at", atMs: closesAtMs },
        audience: null,
      },
    ],
    caps: caps(waveBudgetMinor),
    assignment: {
      source: "hash",
      holdoutShare: 0.02,
      variants: [{ id: "treated", share: 1 }],
      masked: true,
      salt: "5f1d3a7c9b2e4f60718293a4b5c6d7e8",
    },
    audiences: [],
    attributes: ["device", "ip"],
    dayStartsMs: dayStarts(TIME_ZONE, startsAtMs, closesAtMs),
    planHash: null,
  };
}

function caps(waveBudgetMinor: number): CapDefinition[] {
  const claim = { on: "claim", refund: true, missing: "refuse" } as const;
  const grants = { ...claim, counts: "grants" } as const;
  const money = { ...claim, counts: "money", per: "total" } as const;
  return [
    { id: "user-grants", dimension: "user", per: "total", limit: 21, ...grants },
    { id: "user-money", dimension: "user", limit: 52_500, ...money },
    { id: "user-day", dimension: "user", per: "day", limit: 5, ...grants },
    { id: "device", dimension: "device", per: "total", limit: 63, ...grants },
    { id: "ip-hour", dimension: "ip", per: "hour", limit: 600, ...grants, refund: false },
    { id: "wave-budget:cards", dimension: "wave:cards", limit: waveBudgetMinor, ...money },
    { id: "wave-budget:envelopes", dimension: "wave:envelopes", limit: 50_000_000_000, ...money },
  ];
}
