// The shape of plan.yaml: keys and kinds of values. The groups of assumptions come from the table
// of parameters; the editor's JSON Schema and the reference page come from this. What fits
// together is checked where it is read.
import { z } from "zod";
import { DAY_CURVES } from "./day-curves.ts";
import { PARAMETERS, type ParameterRow } from "./parameters.ts";
import type { RawAssumption, RawPlan } from "./raw-plan.ts";

const text = z.string().min(1).max(500);
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "expected a-z, 0-9 and - (at most 63)");
const PERCENT = /^[+-]?\d{1,6}(\.\d{1,9})? ?%$/;
/** What was expected of a value that may be several things. */
export const EXPECTED: z.core.$ZodRegistry<{ expected: string }> = z.registry<{
  expected: string;
}>();
const number = z
  .union([z.number(), z.string().regex(PERCENT)])
  .describe('A number, or a share such as "12.8 %".')
  .register(EXPECTED, { expected: 'a number, or a share such as "12.8 %"' });
const within = z
  .array(number)
  .length(2)
  .optional()
  .describe("Cut to [low, high]: what lies beyond is left out.");
const spread = { mean: number, sd: number, within };

const assumption = z
  .strictObject({
    value: number.optional().describe("A number that is taken as known."),
    uniform: z.array(number).length(2).optional().describe("[low, high], all alike."),
    triangular: z.array(number).length(3).optional().describe("[least, likeliest, greatest]."),
    pert: z
      .array(number)
      .length(3)
      .optional()
      .describe("[least, likeliest, greatest], with thinner ends than the triangle."),
    lognormal: z
      .strictObject({ p5: number, p95: number, within })
      .optional()
      .describe("Above 0 and skewed: 5 % lie below p5, 5 % above p95."),
    normal: z.strictObject(spread).optional().describe("By mean and standard deviation."),
    beta: z.strictObject(spread).optional().describe("A share by mean and standard deviation."),
    unit: text.optional().describe("Checked; may be left out where shares are written in %."),
    source: text.describe("Where it comes from, or the word assumption."),
    why: text.optional().describe("Why it is assumed so."),
  })
  .meta({ id: "assumption" });

type Shape = Record<string, z.ZodType>;
type Group = { [key: string]: Group | z.ZodType };

/** Of one assumption, for files beside the plan that state one. */
export const assumptionSchema: z.ZodType<RawAssumption> =
  assumption as unknown as z.ZodType<RawAssumption>;

/** The groups of the table's ids as nested objects; `{wave}` and `{offer}` become records. */
function groupsOf(rows: readonly ParameterRow[]): Shape {
  const tree: Group = { reach: { dayCurve } };
  for (const row of rows) {
    const parts = row.id.split(".");
    let at = tree;
    for (const part of parts.slice(0, -1)) {
      at[part] ??= {};
      at = at[part] as Group;
    }
    const field = assumption.describe(`${row.meaning} Unit: ${unitText(row)}.${elseText(row)}`);
    at[parts.at(-1)!] = isNeeded(row) ? field : field.optional();
  }
  return shapeOf(tree);
}

function shapeOf(group: Group): Shape {
  const shape: Shape = {};
  for (const [key, value] of Object.entries(group)) {
    if (value instanceof z.ZodType) {
      shape[key] = value;
      continue;
    }
    const entry = Object.entries(value).find(([name]) => name.startsWith("{"));
    const inner =
      entry === undefined
        ? z.strictObject(shapeOf(value))
        : z.record(id, z.strictObject(shapeOf(entry[1] as Group)));
    const isOptional = inner instanceof z.ZodObject && inner.safeParse({}).success;
    shape[key] = isOptional ? inner.optional() : inner;
  }
  return shape;
}

function isNeeded(row: ParameterRow): boolean {
  return row.default === undefined;
}

function unitText({ unit }: ParameterRow): string {
  return unit === "money" ? "the campaign's currency" : unit;
}

function elseText(row: ParameterRow): string {
  if (row.default === undefined) return "";
  const needed = row.neededWith === undefined ? "" : `, but needed with ${row.neededWith}`;
  return row.default === "absent" ? ` May be left out.` : ` Default: ${row.default}${needed}.`;
}

const dayCurve = z
  .union([z.enum(Object.keys(DAY_CURVES)), z.array(z.number().min(0)).length(24)])
  .register(EXPECTED, { expected: `24 weights or one of ${Object.keys(DAY_CURVES).join(", ")}` })
  .optional()
  .describe("How a day's arrivals spread over its local hours: 24 weights, or a name.");

const range = z.strictObject({ from: number, to: number });

export const planSchema: z.ZodType<RawPlan> = z.strictObject({
  title: text.describe("What the report is called."),
  campaign: text.optional().describe("The campaign file beside it; default campaign.yaml."),
  scale: z
    .number()
    .gt(0)
    .optional()
    .describe("The real campaign's money and users against the campaign file's; default 1."),
  seed: z.union([text, z.int()]).optional().describe("Of the draws; default: the campaign's id."),
  draws: z.int().min(100).max(10_000_000).optional().describe("Default 10000."),
  months: z.int().min(1).max(120).optional().describe("For which money is counted; default 24."),
  ...groupsOf(PARAMETERS),
  correlations: z
    .array(
      z.strictObject({
        between: z.array(text).length(2).describe("Two assumptions, such as reach.people."),
        rank: z.number().describe("Spearman's rank correlation, between -1 and 1."),
        source: text.describe("Where it comes from, or the word assumption."),
        why: text.optional(),
      }),
    )
    .max(500)
    .optional()
    .describe("Assumptions that are high or low together."),
  scenarios: z
    .array(
      z.strictObject({
        id,
        title: text,
        set: z
          .record(
            z.string(),
            z.union([z.number(), text], "expected a number, a factor or an amount"),
          )
          .describe("What is changed, to what: a number, x0.5 for half of it, or an amount."),
      }),
    )
    .max(50)
    .optional()
    .describe("Variants of the campaign, compared side by side."),
  split: z
    .strictObject({
      aim: z
        .enum(["net", "kept"])
        .optional()
        .describe(
          "What it is to raise: net, or kept users. Default: net where any split tried has a " +
            "positive one on average, else kept, since the budget is given.",
        ),
      waves: z.record(id, range).optional().describe("Share of the budget by wave."),
      amounts: z.record(id, range).optional().describe("What one reward may be worth, by offer."),
    })
    .optional()
    .describe("Within which the best split of the budget is looked for."),
  decision: z
    .strictObject({
      title: text,
      stake: z
        .union([z.number(), text], "expected an amount")
        .describe('Money that hangs on it: "3 billion CNY".'),
      within: z.int().min(1).max(120).optional().describe("Months to pay back in; default 12."),
      level: number.optional().describe("Of the test that decides; default 95 %."),
      power: number.optional().describe("Default 80 %."),
    })
    .optional()
    .describe("What the measurement is to decide: says how large the holdout must be."),
}) as unknown as z.ZodType<RawPlan>;
