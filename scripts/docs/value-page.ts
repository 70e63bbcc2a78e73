// docs/reference/value.md, schema/value.schema.json and schema/valuation.schema.json: the keys of
// value.yaml, and what `hongbao value --json` prints.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { valuationSchema } from "../../src/value/valuation-schema.ts";
import { valueSchema } from "../../src/value/value-file/index.ts";
import { groups, type Json } from "./key-groups.ts";
import { fence, heading } from "./markdown.ts";

export function valueSchemaText(): string {
  return schemaText("value", schema());
}

export function valuationSchemaText(): string {
  // As an input, so that a reader does not refuse fields that a later version adds.
  return schemaText("valuation", z.toJSONSchema(valuationSchema, { io: "input" }) as Json);
}

export function valuePage(): string {
  const example = new URL("../../examples/qwen-2026/value.yaml", import.meta.url);
  return [
    heading("value.yaml", "src/value/value-file/value-schema.ts"),
    INTRODUCTION,
    fence("yaml", readFileSync(example, "utf8")),
    ...groups("The file", withFigures(schema()) as Json, ""),
    ...figureGroup(),
    RULES,
    "",
  ].join("\n\n");
}

function schema(): Json {
  return z.toJSONSchema(valueSchema, { io: "input" }) as Json;
}

/** Figures are described once, in a section of their own, instead of wherever one stands. */
function withFigures(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withFigures);
  if (typeof part !== "object" || part === null) return part;
  const { properties, description } = part as Json;
  const isFigure = ["value", "source", "range"].every((key) => key in ((properties ?? {}) as Json));
  if (isFigure) return { type: "[figure](#a-figure)", description };
  return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, withFigures(each)]));
}

/** The fullest figure: of a quarter, with a year earlier. */
function figureGroup(): string[] {
  const { quarter } = schema().properties as Record<string, Json>;
  const { ebita } = quarter!.properties as Record<string, Json>;
  const words =
    "A number with its source. `yearBefore` and `growth` stand in the quarter's figures alone.";
  return groups("A figure", ebita!, words);
}

function schemaText(name: string, { $schema, ...rest }: Json): string {
  return `${JSON.stringify({ $schema, $id: `${name}.schema.json`, ...rest }, null, 2)}\n`;
}

const INTRODUCTION = `\
A campaign in the figures of a company: \`hongbao value FILE\` reads a \`value.yaml\` (or the \
folder of one) and answers as text, as JSON (\`--json\`, \`schema/valuation.schema.json\`) or as \
one HTML page (\`--html\`). The guide is [explain a campaign to \
finance](../guides/explain-to-finance.md).

With this first line, editors complete keys and show their meaning:

\`\`\`yaml
# yaml-language-server: $schema=./node_modules/hongbao/schema/value.schema.json
\`\`\`

The file of \`examples/qwen-2026\`:`;

const RULES = `## What is checked beyond the keys

- Every figure has a source. \`source: assumption\` marks what nobody published: it is listed at \
the top of the report. \`value: not found\` stays blank wherever it would be needed, and is said; \
where a segment is missing, no sum of the parts is made.
- A \`range\` holds the value between its ends; it is drawn as a triangle whose tip is the value.
- Shares of the lines of the statement add up to 100 %; fiscal years are in order; each effect of \
the campaign names a line that is there; the campaign's money and the company's are of one currency.
- The three sources: \`published\` reads figures from outside and needs \`starts\` and \
\`discount\`; \`verdict\` takes what was measured, draws it anew as normal about its estimates, \
and lists what its JSON does not settle as assumptions; \`plan\` hands on its own draws.
- Numbers are of their kind: amounts, prices and multiples are plain, growth, move and discount \
are parts (35 without its % is refused), prices and rates are above 0, nothing falls by 100 % or \
more. A quarter has 80 to 100 days, a fiscal year 350 to 380; days of the market lie within 550 \
days of the quarter. A campaign that cost more than a year's revenue is taken for a slip of \
\`amounts\`.
- Sensitivity tables are read at a factor of 1, too, where the report's own assumptions stand.
- A page (\`--html\`) is never written over a file that is named here, nor over one that the plan \
names.

## The price file

- CSV in UTF-8 with a header, cells parted by commas (quoted where they hold one), at most 50,000 \
rows and 500 MB. Days are such as 2026-02-04, each once, oldest or newest first; every cell is a \
plain price above 0 (or a return above -1, such as -0.029). All else is refused with its line.
- A jump near a split is refused until \`event.splits\` declares it; with \`factor: 1\` it was no \
split, and the price really moved so. Other moves of 15 % and more are told, since they may be a \
bonus issue or a slip.
- Days without a price of one of the two are left out and told with their line, as are working \
days that have no row: holidays or gaps. The return of the next day spans them.
- News of a day without trading is read on the next one, which is said. A window's first return \
begins at the close before it, so a weekend's news belongs to Monday's.

## How it is computed

- Rewards are booked in the month in which they are redeemed, or at the grant less breakage; \
months are spread over quarters by days.
- The bridge is in whole minor units. The base trend is what remains between the published \
figures, so the steps add up exactly; printed steps are differences of rounded levels, so they add \
up, too.
- Cash flow: active users by month × margin × (1 − tax), discounted at the middle of each month, \
then on with the churn of the last six months, to the end of \`lifetime\`. The cost is not \
discounted.
- Multiple: kept users × margin × 12 × (1 − tax) × multiple, less the cost after tax.
- Break-evens move one assumption alone until the net is zero, draw by draw.
- Event study: R = α + β·Rm by least squares on the estimation window; abnormal returns with \
variance s²(1 + 1/n + (Rm − mean)²/Sxx); of their sum over L days s²(L + L²/n + (Σ(Rm − \
mean))²/Sxx), since days share one model; t with n − 2 degrees of freedom (MacKinlay, 1997).`;
