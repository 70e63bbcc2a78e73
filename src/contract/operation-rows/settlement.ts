// What merchants are owed.
import type { Rows } from "../operation.ts";
import { settlementAnswerSchema, settlementQuerySchema } from "../schema/settlement.ts";
import { PLAIN_READ } from "./row-shapes.ts";

export const SETTLEMENT_ROWS: Rows<"merchant.settlement"> = {
  "merchant.settlement": {
    name: "merchant.settlement",
    ...PLAIN_READ,
    path: "/v1/campaigns/{campaign}/settlement",
    scopes: ["viewer", "admin"],
    query: settlementQuerySchema,
    answer: settlementAnswerSchema,
    outcomes: ["ok", "unknown_campaign"],
    errors: [],
    summary: "What each merchant is owed for each day of the campaign's zone.",
    description:
      "Added up from the journal as it stands, and the same that `hongbao settle` makes of it at " +
      "that record. At most 1,000 lines a page, in the order in which they first came. The first " +
      "statement after a start reads the whole journal; later ones only what is new.",
    example: {
      params: { campaign: "qwen-2026" },
      query: { day: "2026-02-06" },
      body: null,
      answer: {
        ...{ status: "ok", replayed: false, atMs: 1_770_400_000_123, sequence: 4711 },
        ...{ durable: true, campaign: "qwen-2026", title: "Spring treats", currency: "CNY" },
        ...{ decimals: 2, timeZone: "Asia/Shanghai", record: 4711 },
        recordAtMs: 1_770_399_999_000,
        chain: "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab",
        ...{ spentMinor: 6500, contingencyMinor: 2000, lossMinor: 500 },
        lines: [
          {
            merchant: "f8b3dee509a21ad177bdf9fe11982b81",
            ...{ day: "2026-02-06", redemptions: 3, redeemedMinor: 7500 },
            ...{ reversals: 1, reversedMinor: 1000, mended: 1, mendedMinor: 2500 },
            ...{ late: 0, lateMinor: 0, covers: 1, coverReversals: 0 },
            ...{ contingencyMinor: 2000, lossMinor: 500 },
            ...{ firstAtMs: 1_770_339_600_123, lastAtMs: 1_770_390_000_000 },
          },
        ],
        more: false,
      },
    },
    mcp: {
      tool: "show_settlement",
      audience: "manager",
      description: "Show what each merchant is owed for each day: payments, reversals, losses.",
      bound: [],
    },
  },
};
