// What anybody may ask of luck, and the public value that it waits for.
import type { Rows } from "../operation.ts";
import { beaconAnswerSchema, beaconSchema } from "../schema/beacon.ts";
import { luckAnswerSchema, oddsAnswerSchema } from "../schema/luck.ts";
import { ADMIN_COMMAND, PLAIN_READ, READ } from "./row-shapes.ts";

const GRANT = "0000000cq7d8f2k5m9x3";
const TABLE = [
  { amountMinor: 288_800, odds: 1, granted: 0 },
  { amountMinor: 888, odds: 99, granted: 101 },
];

export const LUCK_ROWS: Rows<"campaign.beacon" | "campaign.odds" | "grant.luck"> = {
  "campaign.beacon": {
    name: "campaign.beacon",
    ...ADMIN_COMMAND,
    path: "/v1/campaigns/{campaign}/beacon",
    body: beaconSchema,
    answer: beaconAnswerSchema,
    outcomes: [
      "ok",
      "unknown_campaign",
      "campaign_closed",
      "beacon_unexpected",
      "beacon_invalid",
      "beacon_early",
    ],
    errors: ["disk_full"],
    summary: "Hands in the value of the public round that the campaign's luck waits for.",
    description:
      "The body is what drand publishes, word for word. It is taken if it is the promised round " +
      "and the chain's signature is right; nothing lucky is granted before. Handing it in again " +
      "is a replay.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: {
        round: 1000,
        randomness: "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
        signature:
          "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125" +
          "e342b73a8dd2bacbe47e4b6b63ed5e39",
      },
      answer: {
        ...READ,
        campaign: "qwen-2026",
        round: 1000,
        randomness: "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
      },
    },
    mcp: null,
  },
  "campaign.odds": {
    name: "campaign.odds",
    ...PLAIN_READ,
    path: "/v1/campaigns/{campaign}/odds",
    scopes: ["viewer", "admin"],
    answer: oddsAnswerSchema,
    outcomes: ["ok", "unknown_campaign"],
    errors: [],
    summary: "The published odds of a campaign, and how often each amount was granted.",
    description:
      "Odds that a revision changed stand apart. Draws that budget or caps could not pay were " +
      "refused and are not counted. Beside them what the luck was committed to before, the seed " +
      "once the campaign is closed, and the ids of its draws.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: null,
      answer: {
        ...READ,
        currency: "CNY",
        odds: [{ offer: "envelope", version: 0, entries: TABLE }],
        draws: [],
        seedCommitment: "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab",
      },
    },
    mcp: null,
  },
  "grant.luck": {
    name: "grant.luck",
    ...PLAIN_READ,
    path: "/v1/campaigns/{campaign}/grants/{grant}/luck",
    scopes: ["app", "viewer", "admin"],
    answer: luckAnswerSchema,
    outcomes: ["ok", "unknown_campaign", "unknown_grant"],
    errors: [],
    summary: "One lucky grant with everything that its amount followed from.",
    description:
      "The seed is among it once the campaign is closed; from then on anybody can draw again. " +
      "Of a packet of a pot, or a draw's prize, `packet` says which it is and how it was won; of " +
      "a fixed amount there is neither.",
    example: {
      params: { campaign: "qwen-2026", grant: GRANT },
      query: null,
      body: null,
      answer: {
        ...READ,
        luck: {
          ledger: "main",
          campaign: "qwen-2026",
          grant: GRANT,
          ordinal: 12,
          offer: "envelope",
          offerOrdinal: 1,
          currency: "CNY",
          amountMinor: 888,
          grantedAtMs: 1_770_339_600_000,
          user: "5f1d7a84db00d2fce5ffc24e39e2e8d7",
          drawsBefore: 0,
          entries: TABLE.map(({ amountMinor, odds }) => ({ amountMinor, odds })),
          seedCommitment: "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab",
        },
      },
    },
    mcp: null,
  },
};
