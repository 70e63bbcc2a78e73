// docs/reference/published.md and schema/published.schema.json: the keys of published.yaml, from
// its schema, and the plan's numbers that a figure can be of.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { PLAN_NUMBERS } from "../../src/plan/judge/plan-number.ts";
import { publishedSchema } from "../../src/plan/published.ts";
import { groups, type Json } from "./key-groups.ts";
import { code, fence, heading, table } from "./markdown.ts";

export function publishedSchemaText(): string {
  const { $schema, ...rest } = schema();
  return `${JSON.stringify({ $schema, $id: "published.schema.json", ...rest }, null, 2)}\n`;
}

export function publishedPage(): string {
  const example = new URL("../../examples/qwen-2026/published.yaml", import.meta.url);
  return [
    heading("published.yaml", "src/plan/published.ts"),
    INTRODUCTION,
    ...groups("The file", withLinks(schema()) as Json, ""),
    "## Numbers of the plan",
    "What a reading's `number` may be. Its unit is that of the figure, or it is refused.",
    table(
      ["number", "unit", "what it is"],
      PLAN_NUMBERS.map(({ form, unit, says }) => [code(form), unit, says]),
    ),
    RULES,
    "## The file of `examples/qwen-2026`",
    fence("yaml", readFileSync(example, "utf8")),
    "",
  ].join("\n\n");
}

function schema(): Json {
  return z.toJSONSchema(publishedSchema, { io: "input" }) as Json;
}

/** An assumption of a plan has a page of its own. */
function withLinks(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withLinks);
  if (typeof part !== "object" || part === null) return part;
  const { $ref, description } = part as Json;
  if (String($ref).endsWith("/assumption")) {
    return { type: "[assumption](plan.md#an-assumption)", description };
  }
  return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, withLinks(each)]));
}

const INTRODUCTION = `\
What was published about a campaign, and what an outsider has to assume beside it. Three commands \
read it: \`hongbao plan judge FILE\` asks whether the campaign paid off, \`hongbao plan back-test \
FILE\` which intervals of its plan held, and \`hongbao value\` takes it where there is no journal. \
The guide is [judge a campaign from outside](../guides/judge-from-outside.md). With \`--json\` the \
first two print one object each: \`schema/judgement.schema.json\` and \
\`schema/back-test.schema.json\`.

With this first line, editors complete keys and show their meaning:

\`\`\`yaml
# yaml-language-server: $schema=./node_modules/hongbao/schema/published.schema.json
\`\`\``;

const RULES = `## What is checked beyond the keys

- A figure is compared with the very thing that it counts, in its unit (\`million\` and its \
like may stand before it), or it is refused with its line.
- Panels are never mixed: the figures of a reading begin with the name of its \`source\`, \`less\` \
and \`growth\` too.
- Each number of a source counts once. What follows from another figure is \`as: check\`: looked \
at, and not counted by the judgement or the back-test.
- \`as: value\` needs an \`error\`, and a source that says its \`factor\`; both are lognormal. A \
source's factor is common to all of its figures and integrated out.
- \`growth\`: value / (1 + growth) − value, by how much the figure fell within a year.
- \`within\` ascends and ends by the plan's \`months\`; all money is in the plan's currency.
- \`assumptions\` are those of \`hongbao value\`; a judgement takes its own from the plan.
- A figure that nobody published is left out, and stands under \`notPublished\`: it stays blank.`;
