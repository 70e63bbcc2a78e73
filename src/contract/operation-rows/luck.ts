// What anybody may ask of luck, and the public value that it waits for.
import type { Rows } from "../operation.ts";
import { beaconAnswerSchema, beaconSchema } from "../schema/beacon.ts";

const READ = {
  status: "ok",
  replayed: false,
  atMs: 1_770_339_601_000,
  sequence: 4712,
  durable: true,
} as const;

export const LUCK_ROWS: Rows<"campaign.beacon"> = {
  "campaign.beacon": {
    name: "campaign.beacon",
    method: "POST",
    path: "/v1/campaigns/{campaign}/beacon",
    scopes: ["admin"],
    kind: "command",
    movesMoney: false,
    batchPath: null,
    produces: "json",
    query: null,
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
};
