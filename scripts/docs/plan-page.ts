// docs/reference/plan.md and schema/plan.schema.json: the keys of plan.yaml, from its schema and
// the table of parameters.
import { readFileSync } from "node:fs";
import { z } from "zod";
import {
  DAY_CURVES,
  PARAMETERS,
  type ParameterRow,
  planSchema,
} from "../../src/plan/plan-file/index.ts";
import { groups, type Json } from "./key-groups.ts";
import { code, fence, fieldRows, heading, table } from "./markdown.ts";

function schema(): Json {
  return z.toJSONSchema(planSchema, { io: "input" }) as Json;
}

export function planSchemaText(): string {
  const { $schema, ...rest } = schema();
  return `${JSON.stringify({ $schema, $id: "plan.schema.json", ...rest }, null, 2)}\n`;
}

export function planPage(): string {
  const { properties, $defs } = schema() as { properties: Record<string, Json>; $defs: Json };
  const example = new URL("../../examples/qwen-2026/plan.yaml", import.meta.url);
  const assumption = $defs.assumption as Json;
  const { correlations, scenarios, split, decision } = properties;
  const questions = { correlations, scenarios, split, decision } as Record<string, Json>;
  const assumed = new Set(PARAMETERS.map(({ id }) => id.split(".")[0]!));
  const whole = fieldRows(schema()).filter(([key]) => !assumed.has(key!.replaceAll("`", "")));
  return [
    heading("plan.yaml", "src/plan/plan-file/plan-schema.ts"),
    INTRODUCTION,
    ASSUMPTION_TEXT,
    table(["key", "kind", "needed", "meaning"], fieldRows(assumption)),
    ...groups("lognormal", inner(assumption, "lognormal"), ""),
    ...groups("normal, beta", inner(assumption, "normal"), ""),
    "## What is assumed",
    PARAMETER_TEXT,
    table(["name", "unit", "numbers", "if left out", "meaning"], PARAMETERS.map(parameterRow)),
    curvesText(),
    "## The file",
    table(["key", "kind", "needed", "meaning"], whole),
    ...Object.entries(questions).flatMap(([name, field]) => {
      const shape = (field.items ?? field) as Json;
      const title = field.items === undefined ? name : `${name}[]`;
      return groups(title, shape, String(field.description ?? ""));
    }),
    SCENARIO_TEXT,
    RULES,
    "## The plan of `examples/qwen-2026`",
    fence("yaml", readFileSync(example, "utf8")),
    "",
  ].join("\n\n");
}

function inner(schema: Json, key: string): Json {
  return (schema.properties as Record<string, Json>)[key]!;
}

function parameterRow(row: ParameterRow): string[] {
  const unit = row.unit === "money" ? "the currency" : row.unit;
  const needed = row.neededWith === undefined ? "" : `; needed with ${code(row.neededWith)}`;
  const silent = row.default === undefined ? "it is needed" : String(row.default);
  return [code(row.id), unit, numbersText(row), silent + needed, row.meaning];
}

function numbersText({ low, high, open }: ParameterRow): string {
  const least = Number.isFinite(low) ? `${low}` : "";
  const greatest = Number.isFinite(high) ? `${high}` : "";
  if (least === "" && greatest === "") return "any";
  if (greatest === "") return open === undefined ? `${least} and more` : `above ${least}`;
  return `${least} to ${greatest}${open === undefined ? "" : ", both excluded"}`;
}

function curvesText(): string {
  const names = Object.keys(DAY_CURVES).map(code).join(", ");
  return (
    `\`reach.dayCurve\` says how a day's arrivals spread over its local hours: 24 weights from ` +
    `midnight on, or one of ${names} (shapes that were made up, not measured).`
  );
}

const INTRODUCTION = `\
What is not known before a campaign, as distributions, beside the campaign file: \`hongbao \
plan PLAN\` reads it and answers as text, as JSON (\`--json\`, \`schema/plan-study.schema.json\`) \
or as one HTML page (\`--html\`). With this first line, editors complete keys and show their \
meaning:

\`\`\`yaml
# yaml-language-server: $schema=./node_modules/hongbao/schema/plan.schema.json
\`\`\``;

const ASSUMPTION_TEXT = `## An assumption

A number that may turn out this way or that: one of seven shapes, the unit, and where it comes \
from. Without a source, \`source\` is the word \`assumption\`; those are listed at the top of \
every report.

\`\`\`yaml
people: { lognormal: { p5: 15, p95: 200 }, unit: million users, source: assumption, why: … }
takeUp: { pert: [50 %, 80 %, 95 %], source: assumption, why: … }
margin: { value: 2.50, unit: CNY, source: annual report }
\`\`\`

The unit is checked against the parameter's; \`thousand\`, \`million\` and \`billion\` may \
stand before it. Shares may be written in %, all numbers of one assumption alike, and then \
need no unit. The point of an uncertain number is its median.`;

const PARAMETER_TEXT = `\
\`{wave}\` and \`{offer}\` are the ids of the campaign file. These \
names are used everywhere: in correlations, scenarios and reports.`;

const SCENARIO_TEXT = `### What a scenario sets

| key | value |
| --- | --- |
| \`budget\`, \`waves.{wave}.budget\` | \`x0.5\`, or an amount at the real size: \`1 billion CNY\` |
| \`offers.{offer}.amount\` | what a reward is worth; a table's amounts change in proportion |
| \`userGrants\` | most rewards of one person |
| \`pacing\` | \`even\`: each hour of a wave may grant its part of what is left; \`none\` |
| the name of an assumption | a number in its unit, which fixes it, or a factor of every draw |

The draws are those of the plan itself: a difference between two scenarios is not one of luck.`;

const RULES = `## What is checked beyond the keys

- Distributions exist (an sd above 0, p5 below p95, least ≤ likeliest ≤ greatest) and lie \
within the parameter's numbers to their last draw. Nothing is cut off in silence: a normal or \
lognormal share says \`within: [0, 1]\`.
- Retention falls in every draw: the ranges of \`retention.d1\` and \`retention.d30\` do not \
overlap (cut them by \`within\` if need be), the lift is no more than D30, and D30 is more \
than D1 to the power of 30, below which people would have to leave faster and faster. \
Scenarios too.
- Waves and offers are those of the campaign file, all of them.
- Correlations name assumptions that vary, each pair once, and can hold together.
- All money is in the campaign's currency.
- Money and users of the campaign file are multiplied by \`scale\`; what one reward is worth, \
and what one person or shop may get, is not.`;
