// What became of a grant, and of a campaign: read from the journal where the events lie.
import type { Rows } from "../operation.ts";
import { grantHistoryAnswerSchema, versionsAnswerSchema } from "../schema/history.ts";
import { PLAIN_READ, READ } from "./row-shapes.ts";

const GRANT = "0000m3v7k2q9x4tz8a6c1e5h";

export const HISTORY_ROWS: Rows<"grant.history" | "campaign.versions"> = {
  "grant.history": {
    name: "grant.history",
    ...PLAIN_READ,
    path: "/v1/campaigns/{campaign}/grants/{grant}/history",
    scopes: ["viewer", "admin"],
    answer: grantHistoryAnswerSchema,
    outcomes: ["ok", "unknown_campaign", "unknown_grant"],
    errors: ["receipts_unavailable"],
    summary: "Everything that became of a grant, in order.",
    description:
      "Its events as the journal has them, each with its record and place there, with who did it " +
      "and why where somebody did; also revisions that moved its expiry, and a grant that was " +
      "given in its place. The newest 300 records with it; `more` says whether there are older " +
      "ones. Never says whose it is. Needs the log that receipts come from.",
    example: {
      params: { campaign: "qwen-2026", grant: GRANT },
      query: null,
      body: null,
      answer: {
        ...READ,
        history: [
          {
            ...{ sequence: 18, index: 204, atMs: 1_770_339_600_123 },
            ...{ type: "granted", amountMinor: 2500 },
          },
          {
            ...{ sequence: 911, index: 3, atMs: 1_770_341_000_000, type: "redeemed" },
            ...{ amountMinor: 1800, restMinor: 700, redemption: 51 },
          },
          {
            ...{ sequence: 940, index: 0, atMs: 1_770_341_900_000, type: "held" },
            ...{ amountMinor: 700, by: "k-3f9a", why: "Forty accounts on one device" },
          },
        ],
        more: false,
      },
    },
    mcp: null,
  },
  "campaign.versions": {
    name: "campaign.versions",
    ...PLAIN_READ,
    path: "/v1/campaigns/{campaign}/versions",
    scopes: ["viewer", "admin"],
    answer: versionsAnswerSchema,
    outcomes: ["ok", "unknown_campaign"],
    errors: ["receipts_unavailable"],
    summary: "How a campaign was opened, changed, paused, ended: every version with what changed.",
    description:
      "Revisions and proposals say who made them and why, who consented, and value by value what " +
      "they change. At most the newest 300 events; `more` says whether there are older ones. " +
      "Needs the log that receipts come from.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: null,
      answer: {
        ...READ,
        history: [
          { sequence: 1, index: 0, atMs: 1_770_307_200_000, type: "opened" },
          {
            ...{ sequence: 4100, index: 0, atMs: 1_770_400_000_000, type: "revised", version: 1 },
            ...{ by: "k-3f9a", why: "Vouchers count until 28 February", approvedBy: "k-77c0" },
            changes: [
              { path: "offers card expires at", from: "2026-02-24 00:00", to: "2026-03-01 00:00" },
            ],
          },
        ],
        more: false,
      },
    },
    mcp: null,
  },
};
