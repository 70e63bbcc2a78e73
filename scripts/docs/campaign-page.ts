// docs/reference/campaign.md and schema/campaign.schema.json: the keys of campaign.yaml, from the
// schema of the file.
import { readFileSync } from "node:fs";
import { campaignFileSchema } from "../../src/contract/campaign-file/file-schema.ts";
import { jsonSchema } from "../../src/contract/openapi.ts";
import { groups } from "./key-groups.ts";
import { fence, heading } from "./markdown.ts";

export function campaignSchemaText(): string {
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "campaign.schema.json",
    ...jsonSchema(campaignFileSchema),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

export function campaignPage(): string {
  const schema = jsonSchema(campaignFileSchema);
  const example = new URL("../../examples/first-campaign/campaign.yaml", import.meta.url);
  return [
    heading("campaign.yaml", "src/contract/campaign-file/file-schema.ts"),
    INTRODUCTION,
    fence("yaml", readFileSync(example, "utf8")),
    ...groups("The file", schema, ""),
    RULES,
    "",
  ].join("\n\n");
}

const INTRODUCTION = `\
A campaign is one file. \`hongbao campaign check FILE\` checks it and explains in plain words \
what it will do; \`hongbao campaign open FILE\` opens it. With this first line, editors complete \
keys and show their meaning:

\`\`\`yaml
# yaml-language-server: $schema=./node_modules/hongbao/schema/campaign.schema.json
\`\`\`

- **Amounts** are in major units with at most the currency's decimals: \`25.00\` or \`25\`. They \
are read from the text, never through a float; \`1e3\`, \`2_888\` and a third decimal are \
refused.
- **Times** are ISO 8601 with a zone: \`2026-02-06T00:00:00+08:00\`. A time without zone is \
refused.
- **Durations** have one unit: \`30s\`, \`90m\`, \`24h\`, \`7d\`, \`2w\`.
- **Shares** are from 0 to 1, or per cent: \`0.02\` or \`2 %\`.

The smallest useful one, \`examples/first-campaign/campaign.yaml\`:`;

const RULES = `## What is checked beyond the keys

- Waves lie within \`starts\` and \`ends\`, in order; their budgets add up to at most the \
budget. A wave's budget is a cap called \`wave-budget:<wave>\`.
- No grant can expire after \`closes\`, nor before its wave starts.
- The odds of a table are whole numbers that add up to at most 2^32; each amount's chance is its \
odds by their sum.
- Ids are unique, and what is named (waves, offers, audiences, attributes) exists.
- Warnings do not prevent opening: an amount that no budget or cap lets through, a cap by an \
attribute that is not declared, an expiry within the wave, a refund into a cap per hour or \
minute, and such.

Hours and minutes count from local midnight; days are calendar days of \`timeZone\`, 23 and 25 \
hour days included.`;
