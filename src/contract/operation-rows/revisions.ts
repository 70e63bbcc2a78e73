// Changing a campaign that lives, and the consent of a second person where it is needed.
import type { Rows } from "../operation.ts";
import { campaignAnswerSchema } from "../schema/campaign.ts";
import {
  approvalSchema,
  type RevisionAnswer,
  rejectionSchema,
  revisionAnswerSchema,
  revisionSchema,
} from "../schema/revision.ts";
import { ADMIN_COMMAND } from "./row-shapes.ts";

/** Five days more: what is out is spent to a larger part, and less comes back to be granted. */
const OUTLOOK: Required<RevisionAnswer>["outlook"] = {
  before: {
    expected: {
      spendMinor: 121_000_000,
      likely: { fromMinor: 117_000_000, toMinor: 125_000_000 },
      almostSure: { fromMinor: 114_000_000, toMinor: 128_000_000 },
      seenToAgeMs: 1_382_400_000,
      bounds: { fromMinor: 114_000_000, toMinor: 128_000_000 },
      refusalChance: 0,
    },
    runOut: null,
  },
  after: {
    expected: {
      spendMinor: 124_000_000,
      likely: { fromMinor: 119_000_000, toMinor: 130_000_000 },
      almostSure: { fromMinor: 116_000_000, toMinor: 134_000_000 },
      seenToAgeMs: 1_382_400_000,
      bounds: { fromMinor: 114_000_000, toMinor: 150_000_000 },
      refusalChance: 0,
    },
    runOut: null,
  },
};

const DIGEST = "b1946ac92492d2347c6235b4d2611184";

const BASE = { replayed: false, atMs: 1_770_339_601_000, sequence: 4712, durable: true } as const;

export const REVISION_ROWS: Rows<"campaign.revise" | "campaign.approve" | "campaign.reject"> = {
  "campaign.revise": {
    name: "campaign.revise",
    ...ADMIN_COMMAND,
    path: "/v1/campaigns/{campaign}/revise",
    body: revisionSchema,
    answer: revisionAnswerSchema,
    outcomes: [
      "revised",
      "proposed",
      "ok",
      "unknown_campaign",
      "campaign_closed",
      "revision_conflict",
      "revision_too_large",
    ],
    errors: ["invalid_campaign", "disk_full"],
    summary: "Changes the rules of a campaign that lives.",
    description:
      "Takes the whole campaign as it should be from now on: budgets, limits of caps, odds and " +
      "expiry of future grants, later ends; new waves, offers and caps. Nothing is removed, and " +
      "what was granted keeps its terms, but for expiries that are moved further away. With " +
      "preview only what would change is said, and what is expected to be spent of all that is " +
      "out, and when nothing is left, before and after. In a campaign with fourEyes it is " +
      "proposed, and waits for campaign.approve with another key; the proposal whose place it " +
      "takes is told as replaces. A version that somebody else " +
      "has made is revision_conflict, with who, when and why in lastRevision. What would change " +
      "nothing uses up no version, and is answered ok.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: {
        yaml: "campaign: qwen-2026\n# … the rest of campaign.yaml\n",
        version: 1,
        why: "Vouchers count until 28 February",
        moveExpiry: ["card"],
        preview: true,
      },
      answer: {
        status: "ok",
        ...BASE,
        campaign: "qwen-2026",
        version: 0,
        preview: true,
        changes: [
          {
            path: "offers card expires at",
            from: "2026-02-24 00:00",
            to: "2026-03-01 00:00",
          },
        ],
        before: { budgetMinor: 300_000_000, boundMinor: 150_000_000, freeMinor: 150_000_000 },
        after: { budgetMinor: 300_000_000, boundMinor: 150_000_000, freeMinor: 150_000_000 },
        outlook: OUTLOOK,
        grantsMoved: 24_000,
        problems: [],
      },
    },
    mcp: null,
  },
  "campaign.approve": {
    name: "campaign.approve",
    ...ADMIN_COMMAND,
    path: "/v1/campaigns/{campaign}/approve",
    body: approvalSchema,
    answer: revisionAnswerSchema,
    outcomes: [
      "revised",
      "ok",
      "unknown_campaign",
      "campaign_closed",
      "unknown_proposal",
      "own_proposal",
      "revision_too_large",
    ],
    errors: ["invalid_campaign", "disk_full"],
    summary: "Consents to a proposed revision, which is in force from then on.",
    description:
      "Only of campaigns with fourEyes, and only with another key than the one that proposed it. " +
      "With preview only what would change is said, and the digest of the proposal, which " +
      "consent must name: of another one that took its place meanwhile the answer is " +
      "unknown_proposal. The revision is judged again, against money and time as they are now.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: { version: 1, digest: DIGEST },
      answer: { status: "revised", ...BASE, campaign: "qwen-2026", version: 1 },
    },
    mcp: null,
  },
  "campaign.reject": {
    name: "campaign.reject",
    ...ADMIN_COMMAND,
    path: "/v1/campaigns/{campaign}/reject",
    body: rejectionSchema,
    answer: campaignAnswerSchema,
    outcomes: ["rejected", "unknown_campaign", "unknown_proposal"],
    errors: ["disk_full"],
    summary: "Takes a proposed revision back.",
    description:
      "Whoever proposed it may, and anybody else who could approve it. Names it by its digest.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: { version: 1, digest: DIGEST, why: "The second wave keeps its budget" },
      answer: { status: "rejected", ...BASE, campaign: "qwen-2026" },
    },
    mcp: null,
  },
};
