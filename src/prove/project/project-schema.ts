// prove.yaml: what is measured, fixed before the first grant, and where the data lie. The hash
// freezes the first part (`plan`), and of the second (`sources`) how files are read; where they lie
// may change from machine to machine (see plan-hash.ts).
import { z } from "zod";
import { readDuration, readInstant, readShare } from "../../contract/index.ts";
import { SEPARATOR_NAMES } from "../file-kind.ts";
import { MOST_DEVIATION } from "../practical-deviation.ts";
import { decisionRuleSchema } from "./decision-schema.ts";
import { column, id, metric, number, text } from "./metric-schema.ts";
import type { RawProject } from "./project-shape.ts";

const positive = number.refine((value) => value > 0, "expected a number above 0");
const notNegative = number.refine((value) => value >= 0, "expected a number of 0 or more");

/** .02 and "2 %" alike. */
const share = z
  .union([z.number(), z.string()])
  .refine((value) => readShare(value) !== null, 'expected a share such as 0.02 or "2 %"')
  .describe('A share from 0 to 1, or from "0 %" to "100 %".');

const DAY_MS = 86_400_000;
const days = z
  .string()
  .refine((value) => (readDuration(value) ?? 1) % DAY_MS === 0, "expected days such as 30d or 5w")
  .describe("Whole days, such as 30d or 5w.");

const guardrail = z.strictObject({
  metric: id,
  worse: z.enum(["lower", "higher"]).describe("Which way is worse."),
  margin: z
    .union([positive, z.string()])
    .refine(
      (value) => typeof value === "number" || readShare(value) !== null,
      'expected a number above 0, or "2 %" of the held-out users\' mean',
    )
    .describe('By how much it may get worse: in its own units, or "2 %" of the held-out users\'.'),
});

const payback = z.strictObject({
  margin: positive.describe(
    "Margin of one user's active period (see retention.period), in major units.",
  ),
  within: z.int().min(1).max(120).default(12).describe("Months within which it is to pay back."),
  discount: share.default(0).describe("Yearly discount rate."),
  cannibalised: z
    .strictObject({ metric: id, margin: positive })
    .optional()
    .describe("A mean that the reward may displace (own orders), and the margin of one of it."),
});

const question = z.enum(["reach", "reward, given arrival", "being assigned"]);
const expectedUsers = z.int().min(4);

const planSchema = z.strictObject({
  questions: z
    .array(question)
    .min(1)
    .optional()
    .describe("What is asked; default: all that the assignment can answer."),
  unit: z.literal("user").default("user"),
  population: z
    .enum(["assigned", "exposed"])
    .optional()
    .describe(
      'Of the question "reward, given arrival": all who were assigned (the default), or those ' +
        "who were exposed, for whom the arm could make a difference (triggered analysis).",
    ),
  randomised: z
    .boolean()
    .optional()
    .describe(
      "Whether a known chance assigned the arms. Of a table it is taken for granted where it is " +
        "left out, and the report says so.",
    ),
  level: share.optional().describe("Of all intervals; default 95 %."),
  users: z
    .union([expectedUsers, z.partialRecord(question, expectedUsers)])
    .optional()
    .describe(
      "Users expected, all arms together, where always-valid intervals are tightest: one number " +
        "for every question, or a number by question.",
    ),
  timeZone: text.optional().describe("Whose days count; default: the campaign's."),
  metrics: z.array(metric).min(1).max(50).describe("The first one decides."),
  segments: z.array(column).max(10).default([]).describe("Known before assignment."),
  stratify: column.optional().describe("The segment by which effects are post-stratified."),
  guardrails: z.array(guardrail).max(20).default([]),
  negligible: z
    .record(id, positive)
    .default({})
    .describe("By metric: an effect within plus and minus this is as good as none."),
  retention: z
    .strictObject({ log: text, period: days, periods: z.int().min(3).max(12) })
    .optional()
    .describe("Users active in each of these periods after their start."),
  worth: z
    .strictObject({
      margin: notNegative.describe("Margin of one unit more of the first metric."),
      cost: notNegative.optional().describe("Cost of a treated user, where no journal knows it."),
    })
    .optional(),
  payback: payback.optional(),
  fees: z
    .strictObject({ grant: notNegative.default(0), redemption: notNegative.default(0) })
    .optional()
    .describe("What each grant and redemption costs beside its amount, in major units."),
  deviation: share
    .refine((value) => (readShare(value) ?? 0) <= MOST_DEVIATION, "expected at most 5 %")
    .optional()
    .describe("Arms' shares that are off by less than this part are no alarm; default 0.1 %."),
  decision: decisionRuleSchema
    .optional()
    .describe("What is done if which conditions hold; the verdict says which do."),
});

const separator = z
  .enum(SEPARATOR_NAMES)
  .default("comma")
  .describe("What parts the cells of a CSV file.");

const log = z.strictObject({
  file: text,
  separator,
  table: text.optional().describe("Of a DuckDB file."),
  user: text,
  at: text.describe("When: ms since 1970, or a time with zone."),
  zone: text.optional().describe("The zone of times that have none."),
  until: text
    .refine((value) => readInstant(value) !== null, "expected a time with zone")
    .optional()
    .describe("Up to when the log is complete; default: up to its last row."),
  gaps: z
    .enum(["refuse", "keep"])
    .default("refuse")
    .describe("Days of watched users with next to no rows: refused, or days without any activity."),
  currency: text.optional().describe("A column that must say the campaign's currency in each row."),
});

const duplicates = z
  .enum(["refuse", "identical", "sum"])
  .default("refuse")
  .describe(
    "Several rows of a user: refused, equal ones taken for one, or their numbers added up (a " +
      "share is 1 where one row is).",
  );
const empty = z
  .array(text)
  .max(20)
  .default([])
  .describe('What stands in cells that are empty, such as NA, NaN or "\\N"; see missing.');

const sourcesSchema = z.strictObject({
  journal: text.optional().describe("The data directory of the server that ran the campaign."),
  events: text.optional().describe("Or its export: events.parquet or events.csv."),
  outcomes: z
    .strictObject({
      file: text,
      table: text.optional().describe("Of a DuckDB file."),
      separator,
      user: text.describe("The column with the user's id."),
      at: text.optional().describe("When the outcome was observed: not before the assignment."),
      zone: text.optional(),
      missing: z
        .enum(["refuse", "zero", "inactive"])
        .default("refuse")
        .describe(
          "Assigned users without a row, and empty cells: refused, or counted as zero, which may " +
            "cost the grade where the arms differ in them; not so where they mean inactive users.",
        ),
      ...{ duplicates, empty },
      early: z
        .enum(["keep", "drop"])
        .default("keep")
        .describe("Users whose row was observed before they were assigned: kept, or left out."),
    })
    .optional(),
  users: z
    .enum(["ids", "pseudonyms"])
    .default("ids")
    .describe("Whether the files hold user ids, or the campaign's pseudonyms already."),
  logs: z.record(id, log).default({}),
  table: z
    .strictObject({
      file: text.optional().describe("CSV, Parquet or DuckDB, one row a user."),
      separator,
      table: text.optional(),
      arm: text.describe("The column with the arm."),
      control: text.describe("Its value for the held-out."),
      arms: z.record(text, id).default({}).describe("Names for its other values."),
      shares: z.record(text, share).optional().describe("Planned share of each value."),
      user: text.optional(),
      claimed: text.optional().describe("A column that is 1 for users who claimed."),
      cost: text.optional().describe("A column with what each user cost, in major units."),
      assigned: z
        .enum(["before contact", "at the claim"])
        .optional()
        .describe("When the arms were drawn: decides what can be asked."),
      missing: z
        .enum(["refuse", "drop", "zero", "inactive"])
        .default("refuse")
        .describe(
          "Rows with an empty cell: refused, left out, or the cell counted as zero, which may " +
            "cost the grade where the arms differ in them; not so where it means inactive users.",
        ),
      ...{ duplicates, empty },
      severalArms: z
        .enum(["refuse", "drop"])
        .default("refuse")
        .describe("Users in several arms: refused, or left out, which may cost the grade."),
    })
    .optional()
    .describe("Any experiment's plain table, without a journal."),
  counts: text.optional().describe("Sums by arm in place of a table's rows."),
});

const decimal = z
  .string()
  .regex(/^[+-]?\d*\.?\d+$/, 'expected a quoted decimal such as "+7.66", so that its digits count');

export const projectSchema: z.ZodType<RawProject> = z.strictObject({
  title: text,
  campaign: text.optional().describe("The campaign file; default campaign.yaml, if it is there."),
  plan: planSchema.describe(
    "What is measured; its hash, with how sources are read, goes into the campaign's opening.",
  ),
  sources: sourcesSchema.describe(
    "Where the data lie and how they are read; paths are relative to this file.",
  ),
  published: z
    .strictObject({
      source: text,
      effects: z.array(
        z.strictObject({
          metric: id,
          arm: id,
          effect: decimal.describe("As printed; of a share in percentage points."),
          interval: z.tuple([decimal, decimal]).optional(),
        }),
      ),
    })
    .optional()
    .describe("Figures that are known from elsewhere, to compare with."),
});
