// Making good what users lost.
import type { Rows } from "../operation.ts";
import { compensationAnswerSchema, compensationSchema } from "../schema/compensation.ts";
import { ADMIN_COMMAND, READ } from "./row-shapes.ts";

export const COMPENSATION_ROWS: Rows<"campaign.compensate"> = {
  "campaign.compensate": {
    name: "campaign.compensate",
    ...ADMIN_COMMAND,
    path: "/v1/campaigns/{campaign}/compensate",
    body: compensationSchema,
    answer: compensationAnswerSchema,
    outcomes: ["ok", "id_conflict", "unknown_campaign", "no_compensation", "campaign_closed"],
    errors: ["disk_full"],
    summary: "Makes good what users of a list lost, in parts, each line once.",
    description:
      "Grants from the campaign's compensation line, beside waves and all other limits, to users " +
      "who had a grant. The journal says once a batch who ordered it and why. Repeating a part " +
      "grants nothing twice: a line that names the lost grant is made good once, ever; one that " +
      "does not, once a batch and user. A batch makes no more grants than the `total` that it " +
      "began with; lines beyond are `id_conflict`. With preview only what would be granted is " +
      "said, each line as if it were alone.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: {
        batch: "lost-2026-02-07",
        why: "Vouchers vanished from accounts without an order",
        total: 1,
        sha256: "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab",
        lines: [{ user: "user-1001" }],
      },
      answer: {
        ...READ,
        campaign: "qwen-2026",
        batch: "lost-2026-02-07",
        currency: "CNY",
        leftMinor: 4_997_500,
        results: [
          {
            status: "granted",
            replayed: false,
            grant: "04KRX0Q7M2VWZ",
            amountMinor: 2500,
            expiresAtMs: 1_771_549_201_000,
            hasMinor: 0,
          },
        ],
      },
    },
    mcp: null,
  },
};
