// Blocks, by lists of users or of values of an attribute.
import type { Operation, Rows } from "../operation.ts";
import {
  type BlockAnswer,
  blockAnswerSchema,
  blockSchema,
  unblockSchema,
} from "../schema/block.ts";
import { ADMIN_COMMAND, DECIDED } from "./row-shapes.ts";

const PARAMS = { campaign: "qwen-2026" };
const WHO = { by: "device", values: ["d-55", "d-56"] };

const COMMON = {
  ...ADMIN_COMMAND,
  answer: blockAnswerSchema,
  errors: ["disk_full"],
  mcp: null,
} as const satisfies Partial<Operation>;

const ANSWER: Omit<BlockAnswer, "status"> = { ...DECIDED, changed: 2, unchanged: 0 };

export const BLOCK_ROWS: Rows<"block.add" | "block.remove"> = {
  "block.add": {
    ...COMMON,
    name: "block.add",
    path: "/v1/campaigns/{campaign}/blocks",
    body: blockSchema,
    outcomes: ["block_placed", "unknown_campaign", "campaign_closed"],
    summary: "Blocks users, or whoever comes with values of an attribute.",
    description:
      "They get nothing more: claims, invites and entries of draws are refused as `blocked`, " +
      "before any arm is given; their codes are void, and their entries win nothing. What they " +
      "hold stays theirs: a hold stops that. Blocking again moves the end.",
    example: {
      params: PARAMS,
      query: null,
      body: {
        ...{ ...WHO, untilMs: 1_770_426_000_000, why: "Forty accounts on each" },
        evidence: "case 381",
      },
      answer: { ...ANSWER, status: "block_placed" },
    },
  },
  "block.remove": {
    ...COMMON,
    name: "block.remove",
    path: "/v1/campaigns/{campaign}/blocks/remove",
    body: unblockSchema,
    outcomes: ["unblocked", "unknown_campaign", "campaign_closed"],
    summary: "Ends blocks, whoever placed them.",
    description: "Those who are not blocked are counted as unchanged.",
    example: {
      params: PARAMS,
      query: null,
      body: { ...WHO, why: "A shop's own tablets" },
      answer: { ...ANSWER, status: "unblocked" },
    },
  },
};
