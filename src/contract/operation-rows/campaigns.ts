// The life of a campaign: checked, opened, watched, paused, resumed, ended, closed.
import type { Operation, Rows } from "../operation.ts";
import {
  type CampaignSummary,
  campaignAnswerSchema,
  campaignListAnswerSchema,
  campaignShowAnswerSchema,
  campaignSourceSchema,
  checkAnswerSchema,
} from "../schema/campaign.ts";
import { emptySchema } from "../schema/system.ts";
import { ADMIN_COMMAND, PLAIN_READ, READ } from "./row-shapes.ts";

const SOURCE = { yaml: "campaign: qwen-2026\n# … the rest of campaign.yaml\n" };
const SUMMARY: CampaignSummary = {
  campaign: "qwen-2026",
  title: "Qwen over Lunar New Year, at 1 : 1000",
  phase: "open",
  version: 0,
  currency: "CNY",
  decimals: 2,
  timeZone: "Asia/Shanghai",
  startsAtMs: 1_770_307_200_000,
  endsAtMs: 1_771_862_400_000,
  closesAtMs: 1_773_504_000_000,
  budgetMinor: 300_000_000,
  spentMinor: 90_000_000,
  reservedMinor: 60_000_000,
  settlingMinor: 0,
  freeMinor: 150_000_000,
};

type Step = "campaign.pause" | "campaign.resume" | "campaign.end" | "campaign.close";

export const CAMPAIGN_ROWS: Rows<
  Step | "campaign.check" | "campaign.open" | "campaign.list" | "campaign.show"
> = {
  "campaign.check": {
    name: "campaign.check",
    method: "POST",
    path: "/v1/campaigns/check",
    scopes: ["admin", "viewer"],
    kind: "read",
    movesMoney: false,
    batchPath: null,
    produces: "json",
    query: null,
    body: campaignSourceSchema,
    answer: checkAnswerSchema,
    outcomes: ["ok"],
    errors: [],
    summary: "Checks a campaign and explains what it will do.",
    description: "Nothing is changed. All problems are listed at once, each with its place.",
    example: {
      params: {},
      query: null,
      body: SOURCE,
      answer: {
        ...READ,
        valid: true,
        problems: [],
        explanation: ["It may spend at most 3,000,000.00 CNY."],
      },
    },
    mcp: {
      tool: "check_campaign",
      audience: "manager",
      description: "Check the text of a campaign.yaml and explain what it will do.",
      bound: ["definition"],
    },
  },
  "campaign.open": {
    name: "campaign.open",
    ...ADMIN_COMMAND,
    path: "/v1/campaigns",
    body: campaignSourceSchema,
    answer: campaignAnswerSchema,
    outcomes: ["opened", "campaign_exists"],
    errors: ["invalid_campaign", "disk_full"],
    summary: "Opens a campaign: its rules are in the journal from now on.",
    description:
      "Claims are taken from its start. The seed of all luck is committed in the same event. " +
      "The same definition again is answered as a replay; another one gets campaign_exists.",
    example: {
      params: {},
      query: null,
      body: SOURCE,
      answer: { ...READ, status: "opened", campaign: "qwen-2026" },
    },
    mcp: null,
  },
  "campaign.list": {
    name: "campaign.list",
    ...PLAIN_READ,
    path: "/v1/campaigns",
    scopes: ["viewer", "admin"],
    answer: campaignListAnswerSchema,
    outcomes: ["ok"],
    errors: [],
    summary: "All campaigns with their money.",
    description:
      "In the order in which they were opened, each with what needs somebody. When money will " +
      "run out is drawn for one campaign a request, so that the first answers may lack it.",
    example: {
      params: {},
      query: null,
      body: null,
      answer: {
        ...READ,
        campaigns: [
          { ...SUMMARY, attention: [{ kind: "runs_out", atMs: 1_771_500_000_000, toMs: null }] },
        ],
      },
    },
    mcp: {
      tool: "list_campaigns",
      audience: "manager",
      description:
        "List all campaigns with phase, budget, spent, reserved, settling and free money.",
      bound: [],
    },
  },
  "campaign.show": {
    name: "campaign.show",
    ...PLAIN_READ,
    path: "/v1/campaigns/{campaign}",
    scopes: ["viewer", "admin"],
    answer: campaignShowAnswerSchema,
    outcomes: ["ok", "unknown_campaign"],
    errors: [],
    summary: "The books of one campaign.",
    description: "Budget, spent, reserved, settling, free, counts, waves and caps.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: null,
      answer: {
        ...READ,
        books: {
          ...SUMMARY,
          returnedMinor: 0,
          setAsideMinor: 0,
          counts: {
            grants: 60_000,
            redemptions: 36_000,
            reversals: 12,
            cancellations: 40,
            expiries: 0,
            withheld: 1220,
            users: 51_000,
          },
          suspicion: {
            holds: 310,
            releases: 40,
            clawBacks: 200,
            ...{ held: 70, heldMinor: 140_000 },
            clawedBackMinor: 400_000,
            receivableMinor: 70_000,
            receivedMinor: 5000,
            blocks: 120,
            blocksByCap: 35,
            unblocks: 4,
          },
          contingency: {
            ...{ line: "Late vouchers, cost centre 4711", limitMinor: 500_000 },
            ...{ usedMinor: 7500, lossMinor: 0 },
          },
          waves: [],
          caps: [],
        },
      },
    },
    mcp: {
      tool: "show_campaign",
      audience: "manager",
      description: "Show one campaign's books: money, counts, waves and caps.",
      bound: [],
    },
  },
  "campaign.pause": step("campaign.pause", "Stops claims until resumed; redemptions go on."),
  "campaign.resume": step("campaign.resume", "Takes claims again."),
  "campaign.end": step("campaign.end", "Ends claims for good; redemptions go on until the close."),
  "campaign.close": step(
    "campaign.close",
    "Ends redemptions. Only reversals are taken afterwards.",
    "Refused with settling_unfinished while grants live or money settles.",
  ),
};

function step<N extends Step>(name: N, summary: string, description?: string): Operation<N>;
function step(name: Step, summary: string, description = ""): Operation<Step> {
  const verb = name.slice("campaign.".length);
  return {
    name,
    ...ADMIN_COMMAND,
    path: `/v1/campaigns/{campaign}/${verb}`,
    body: emptySchema,
    answer: campaignAnswerSchema,
    outcomes:
      verb === "close"
        ? ["ok", "unknown_campaign", "campaign_closed", "settling_unfinished"]
        : ["ok", "unknown_campaign", "ended", "campaign_closed"],
    errors: ["disk_full"],
    summary,
    description: description || "Repeating it changes nothing.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: {},
      answer: { ...READ, campaign: "qwen-2026" },
    },
    mcp: null,
  };
}
