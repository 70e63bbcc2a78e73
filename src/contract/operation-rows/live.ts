// A campaign as it runs, and since its start.
import type { Rows } from "../operation.ts";
import { historyAnswerSchema, liveViewSchema } from "../schema/live.ts";
import { CAMPAIGN_ROWS } from "./campaigns.ts";
import { OUTLOOK_ROWS } from "./outlook.ts";
import { PLAIN_READ, READ } from "./row-shapes.ts";

const { books } = CAMPAIGN_ROWS["campaign.show"].example.answer;
const { expected, runOut } = OUTLOOK_ROWS["campaign.outlook"].example.answer;

export const LIVE_ROWS: Rows<"live" | "campaign.history"> = {
  live: {
    ...PLAIN_READ,
    name: "live",
    path: "/v1/campaigns/{campaign}/live",
    scopes: ["viewer", "admin"],
    produces: "events",
    answer: liveViewSchema,
    outcomes: [],
    errors: ["not_found"],
    summary: "A campaign as it runs, several times a second.",
    description:
      "Server-sent events, each a whole snapshot: the books as `campaign.show` gives them, " +
      "answers by reason, what is expected, how the server does, and the newest events. It is " +
      "made once for all who listen and only while somebody does; whoever reads too slowly gets " +
      "fewer. There is nothing to resume: the next snapshot says all.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: null,
      answer: {
        ...{ atMs: 1_770_339_601_000, sequence: 4712, isLate: false, books: books! },
        ...{ issuedMinor: 150_000_000, redeemedMinor: 90_030_000 },
        answers: {
          sinceMs: 1_770_339_600_000,
          byOperation: { claim: { granted: 60_000, cap_reached: 812, replayed: 95 } },
          byCap: { "per-user": 812 },
        },
        outlook: { atMs: 1_770_339_599_000, expected: expected!, runOut: runOut! },
        server: {
          ...{ waitingLines: 0, decidedLines: 61_000, requests: 3, batches: 0 },
          latency: { claim: { answers: 4200, p50Ms: 0.9, p99Ms: 3.1 } },
          diskFull: false,
        },
        events: [{ sequence: 4712, index: 0, atMs: 1_770_339_600_123, type: "granted" }],
        passedOver: 411,
      },
    },
    mcp: null,
  },
  "campaign.history": {
    ...PLAIN_READ,
    name: "campaign.history",
    path: "/v1/campaigns/{campaign}/history",
    scopes: ["viewer", "admin"],
    answer: historyAnswerSchema,
    outcomes: ["ok", "unknown_campaign"],
    errors: [],
    summary: "What a campaign granted and redeemed since its first grant, step by step.",
    description:
      "At most 512 steps, as long as they must be. Read from grants and redemptions themselves, " +
      "so that a restart loses nothing. With it, what was planned: by the curves of the campaign " +
      "file, by the budgets of its waves, evenly what belongs to neither.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: null,
      answer: {
        ...READ,
        campaign: "qwen-2026",
        history: {
          ...{ fromMs: 1_770_336_000_000, stepMs: 2_048_000 },
          ...{ grants: [36_000, 24_000], redemptions: [20_000, 16_000] },
          ...{ issuedMinor: [90_000_000, 60_000_000], redeemedMinor: [50_000_000, 40_030_000] },
          plan: [
            { atMs: 1_770_336_000_000, minor: 0 },
            { atMs: 1_770_854_400_000, minor: 300_000_000 },
          ],
          planBy: "even",
        },
      },
    },
    mcp: null,
  },
};
