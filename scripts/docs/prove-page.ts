// docs/reference/prove.md and schema/prove.schema.json: the keys of prove.yaml, from its schema.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { projectSchema } from "../../src/prove/project/project-schema.ts";
import { groups, type Json } from "./key-groups.ts";
import { fence, heading } from "./markdown.ts";

function schema(): Json {
  return z.toJSONSchema(projectSchema, { io: "input" }) as Json;
}

export function proveSchemaText(): string {
  const { $schema, ...rest } = schema();
  return `${JSON.stringify({ $schema, $id: "prove.schema.json", ...rest }, null, 2)}\n`;
}

export function provePage(): string {
  const example = new URL("../../examples/qwen-2026/prove.yaml", import.meta.url);
  return [
    heading("prove.yaml", "src/prove/project/project-schema.ts"),
    INTRODUCTION,
    fence("yaml", readFileSync(example, "utf8")),
    ...groups("The file", schema(), ""),
    RULES,
    "",
  ].join("\n\n");
}

const INTRODUCTION = `\
What is measured, and where the data lie: \`hongbao prove PROJECT\` reads the \`prove.yaml\` of \
that folder. Its \`plan\` is fixed before the first grant: where \`prove.yaml\` lies beside the \
campaign file, \`hongbao campaign open\` writes the SHA-256 of \`plan\` into the campaign's \
opening event, and every report says whether the plan is still that one. Comments and the order \
of keys do not matter; \`sources\` may change from machine to machine.

With this first line, editors complete keys and show their meaning:

\`\`\`yaml
# yaml-language-server: $schema=./node_modules/hongbao/schema/prove.schema.json
\`\`\`

The plan of \`examples/qwen-2026\`:`;

const RULES = `## What is checked beyond the keys

- Exactly one kind of source: a journal (or its events) with what the app knows of its users; a \
plain table; or counts by arm beside a table without a file. Paths are relative to the file; \
\`--journal\`, \`--events\`, \`--outcomes\`, \`--log name=file\` and \`--table\` stand for \
those of the file.
- What is asked can be answered: *reach* needs users who were assigned before contact.
- A decision can rest on what the plan measures: a \`payback\`, a \`worth\` and \`guardrails\` \
that it has, effects of its metrics, arms that are treated. The plan's own intervals decide, and \
evidence of a grade below A decides nothing.
- Days count in the campaign's time zone, from the day of a user's start, which is day 0: the \
assignment of those who came, and for an audience the campaign's start.
- Times without a zone are refused, unless the source states one; amounts of several currencies \
are refused; so are users without a row, unless \`missing: zero\` says what that means.
- Users in several rows or arms and cells that are no numbers are refused with the option that \
would repair them: \`duplicates\`, \`severalArms\`, \`empty\`, \`missing\`, \`early\` \
([what each costs](../concepts/evidence.md#what-may-be-repaired)).
- Ids of users become pseudonyms by the campaign's key, which lies in the data directory; files \
that hold pseudonyms already say \`users: pseudonyms\`.`;
