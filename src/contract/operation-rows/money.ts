// The four operations that move money. Each carries an id minted by the caller; each exists singly
// and in batches.
import type { Rows } from "../operation.ts";
import {
  cancelAnswerSchema,
  claimAnswerSchema,
  redeemAnswerSchema,
  reverseAnswerSchema,
} from "../schema/answers.ts";
import { cancelSchema } from "../schema/cancel.ts";
import { claimSchema } from "../schema/claim.ts";
import { redeemSchema } from "../schema/redeem.ts";
import { reverseSchema } from "../schema/reverse.ts";

const GRANT = "0000m3v7k2q9x4tz8a6c1e5h";
const DECIDED = { replayed: false, atMs: 1_770_339_600_123, sequence: 4711, durable: true };

export const MONEY_ROWS: Rows<"claim" | "redeem" | "cancel" | "reverse"> = {
  claim: {
    name: "claim",
    method: "POST",
    path: "/v1/campaigns/{campaign}/claims",
    scopes: ["app"],
    kind: "command",
    movesMoney: true,
    batchPath: "/v1/campaigns/{campaign}/claims/batch",
    produces: "json",
    query: null,
    body: claimSchema,
    answer: claimAnswerSchema,
    outcomes: [
      "granted",
      "id_conflict",
      "stale",
      "unknown_campaign",
      "unknown_offer",
      "not_open",
      "paused",
      "ended",
      "campaign_closed",
      "blocked",
      "not_eligible",
      "assignment_missing",
      "held_out",
      "no_offer",
      "missing_attribute",
      "cap_reached",
      "paced",
      "budget_exhausted",
    ],
    errors: ["disk_full"],
    summary: "A user claims an offer.",
    description:
      "Reserves a reward for the user, or says why not. The same id with the same content always " +
      "gets its first answer again, so a retry after a lost answer is safe.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: {
        id: "c-7f3a91",
        user: "user-1001",
        offer: "card",
        attributes: { device: "d-55", ip: "203.0.113.9" },
        notAfterMs: 1_770_339_660_000,
      },
      answer: {
        status: "granted",
        ...DECIDED,
        offer: "card",
        grant: GRANT,
        amountMinor: 2500,
        currency: "CNY",
        expiresAtMs: 1_772_294_400_000,
      },
    },
    mcp: {
      tool: "claim_reward",
      audience: "user",
      description:
        "Claim one offer for the user. Call only after the user agreed. Mint a fresh id for each " +
        "wish, and repeat the same id when you repeat the call.",
      bound: ["campaign", "user", "attributes", "facts", "notAfterMs", "variant", "ref"],
    },
  },
  redeem: {
    name: "redeem",
    method: "POST",
    path: "/v1/campaigns/{campaign}/redemptions",
    scopes: ["app", "merchant"],
    kind: "command",
    movesMoney: true,
    batchPath: "/v1/campaigns/{campaign}/redemptions/batch",
    produces: "json",
    query: null,
    body: redeemSchema,
    answer: redeemAnswerSchema,
    outcomes: [
      "redeemed",
      "id_conflict",
      "stale",
      "unknown_campaign",
      "unknown_grant",
      "campaign_closed",
      "missing_attribute",
      "cap_reached",
      "expired",
      "already_redeemed",
      "already_cancelled",
      "already_clawed_back",
      "held",
      "immature",
      "amount_too_large",
      "budget_spent",
    ],
    errors: ["disk_full"],
    summary: "A grant is spent, whole or in part.",
    description:
      "Without `amountMinor` the whole rest is spent. A key with the scope merchant may name " +
      "only its own merchant.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: {
        id: "r-20f1",
        grant: GRANT,
        amountMinor: 1800,
        attributes: { merchant: "m-12" },
        paidAtMs: 1_770_339_590_000,
      },
      answer: {
        status: "redeemed",
        ...DECIDED,
        grant: GRANT,
        redeemedMinor: 1800,
        restMinor: 700,
        currency: "CNY",
      },
    },
    mcp: {
      tool: "redeem_reward",
      audience: "user",
      description:
        "Spend a reward of the user, whole or in part (minor units). Call only after the user " +
        "agreed. Repeat the same id when you repeat the call.",
      bound: ["campaign", "attributes", "paidAtMs", "notAfterMs"],
    },
  },
  cancel: {
    name: "cancel",
    method: "POST",
    path: "/v1/campaigns/{campaign}/cancellations",
    scopes: ["app", "admin"],
    kind: "command",
    movesMoney: true,
    batchPath: "/v1/campaigns/{campaign}/cancellations/batch",
    produces: "json",
    query: null,
    body: cancelSchema,
    answer: cancelAnswerSchema,
    outcomes: [
      "cancelled",
      "id_conflict",
      "unknown_campaign",
      "unknown_grant",
      "campaign_closed",
      "expired",
      "already_redeemed",
      "already_cancelled",
      "already_clawed_back",
      "held",
    ],
    errors: ["disk_full"],
    summary: "A grant is given back.",
    description: "The unspent rest returns to the budget and to the caps that give back.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: { id: "x-31", grant: GRANT },
      answer: {
        status: "cancelled",
        ...DECIDED,
        grant: GRANT,
        returnedMinor: 700,
        currency: "CNY",
      },
    },
    mcp: null,
  },
  reverse: {
    name: "reverse",
    method: "POST",
    path: "/v1/campaigns/{campaign}/reversals",
    scopes: ["merchant", "admin"],
    kind: "command",
    movesMoney: true,
    batchPath: "/v1/campaigns/{campaign}/reversals/batch",
    produces: "json",
    query: null,
    body: reverseSchema,
    answer: reverseAnswerSchema,
    outcomes: [
      "reversed",
      "id_conflict",
      "unknown_campaign",
      "unknown_redemption",
      "already_reversed",
    ],
    errors: ["disk_full"],
    summary: "A redemption is undone.",
    description:
      "Before the grant's expiry its money can be redeemed again; afterwards it returns to the " +
      "budget and is not granted again. Possible also after the campaign is closed.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: { id: "v-8", redemption: "r-20f1" },
      answer: {
        status: "reversed",
        ...DECIDED,
        redemption: "r-20f1",
        grant: GRANT,
        reversedMinor: 1800,
        currency: "CNY",
        redeemableAgain: true,
      },
    },
    mcp: null,
  },
};
