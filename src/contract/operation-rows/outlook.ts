// Where a campaign's money goes, as far as it can be told now.
import type { Rows } from "../operation.ts";
import { outlookAnswerSchema } from "../schema/outlook.ts";
import { PLAIN_READ, READ } from "./row-shapes.ts";

export const OUTLOOK_ROWS: Rows<"campaign.outlook"> = {
  "campaign.outlook": {
    name: "campaign.outlook",
    ...PLAIN_READ,
    path: "/v1/campaigns/{campaign}/outlook",
    scopes: ["viewer", "admin"],
    answer: outlookAnswerSchema,
    outcomes: ["ok", "unknown_campaign"],
    errors: [],
    summary: "What a campaign is exposed to, and where its money goes.",
    description:
      "What is out, the worst case, what will be spent of it with its interval, learned from the " +
      "campaign's own redemptions by age, and when nothing is left to grant at the recent pace.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: null,
      answer: {
        ...READ,
        ...{ campaign: "qwen-2026", currency: "CNY", decimals: 2 },
        ...{ budgetMinor: 300_000_000, spentMinor: 90_000_000, reservedMinor: 60_000_000 },
        ...{ settlingMinor: 0, returnedMinor: 0, setAsideMinor: 0, receivableMinor: 70_000 },
        ...{ freeMinor: 150_000_000, grantableMinor: 150_000_000, beyondMinor: 0 },
        worstMinor: 150_000_000,
        expected: {
          spendMinor: 121_000_000,
          likely: { fromMinor: 117_000_000, toMinor: 125_000_000 },
          almostSure: { fromMinor: 114_000_000, toMinor: 128_000_000 },
          seenToAgeMs: 86_400_000,
          bounds: { fromMinor: 112_000_000, toMinor: 150_000_000 },
          refusalChance: 0,
        },
        redeemedBy: [{ ageMs: 86_400_000, share: 0.48 }],
        runOut: {
          ...{ chance: 0.97, atMs: 1_770_500_000_000, fromMs: 1_770_450_000_000 },
          ...{ toMs: 1_770_580_000_000, hourlyMinor: 3_400_000, learnedFromMs: 32_401_000 },
          isPaced: false,
        },
      },
    },
    mcp: {
      tool: "show_outlook",
      audience: "manager",
      description:
        "What a campaign is exposed to: money that is out, what of it will be spent, and when " +
        "nothing is left to grant.",
      bound: [],
    },
  },
};
