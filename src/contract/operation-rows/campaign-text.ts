// The rules of a campaign as a file, for whoever wants to change them.
import type { Rows } from "../operation.ts";
import { campaignFileAnswerSchema, campaignFileQuerySchema } from "../schema/campaign-text.ts";
import { PLAIN_READ, READ } from "./row-shapes.ts";

export const CAMPAIGN_TEXT_ROWS: Rows<"campaign.file"> = {
  "campaign.file": {
    name: "campaign.file",
    ...PLAIN_READ,
    path: "/v1/campaigns/{campaign}/file",
    scopes: ["viewer", "admin"],
    query: campaignFileQuerySchema,
    answer: campaignFileAnswerSchema,
    outcomes: ["ok", "unknown_campaign"],
    errors: ["receipts_unavailable"],
    summary: "The rules of a campaign as a campaign file, to change them.",
    description:
      "Written from the rules in force, or those of an earlier version: handed in as a revision " +
      "as it is, the file in force changes nothing. It is read again before it is handed out, " +
      "and never says something else. Comments are not kept, nor the text of a measurement plan " +
      "(its hash is); the file's head says what concerns it. Rules that came as JSON may hold " +
      "what no file can say, such as half a second: these come as the definition, with problems " +
      "that name it, and are revised by a definition. An earlier version needs the log that " +
      "receipts come from.",
    example: {
      params: { campaign: "qwen-2026" },
      query: {},
      body: null,
      answer: {
        ...READ,
        campaign: "qwen-2026",
        version: 1,
        yaml: "# Campaign qwen-2026 as version 1 has it …\ncampaign: qwen-2026\n",
      },
    },
    mcp: {
      tool: "campaign_file",
      audience: "manager",
      description: "Show a campaign's rules as a campaign.yaml, written from those in force.",
      bound: [],
    },
  },
};
