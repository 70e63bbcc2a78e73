// A judgement's JSON, for programs that read it: schema/judgement.schema.json is made from this. A
// field that a judgement has and this has not is found by the compiler or by the schema's test.
import { z } from "zod";
import type { AsJson } from "../as-json.ts";
import type { Judgement } from "./judged.ts";

const n = z.number();
const text = z.string();
const share = z.number().describe("0 to 1");
const open = z.number().nullable().describe("null: beyond every number");
const unit = z
  .enum(["users", "count", "money", "share", "days", "months", "perSecond"])
  .describe("money: major units of `currency`");
const range = z.object({ median: open, lower: open, upper: open });
const factor = z.object({ p5: n, p95: n }).describe("published over true: 5 % below, 5 % above");

const variant = z.object({
  ...{ id: text, title: text },
  kind: z.enum(["all", "alone", "without", "factor", "plan"]).describe("plan: no source at all"),
  sources: z.array(text).describe("those that count"),
  source: text.nullable().describe("the one that is alone, left out, or off by `factor`"),
  factor: n.nullable(),
  chances: z
    .array(z.object({ share, error: n.describe("standard error, by drawing") }))
    .nullable()
    .describe("that it has paid off, by `within`; null: nothing can be said"),
  kept: range.nullable(),
  cost: range.nullable(),
  effective: n.describe("plain draws that the weighted ones are worth"),
  largest: share.describe("of all weight, what one draw has at most"),
  power: share.describe("how much of the figures counts; below 1 where hardly any draw comes near"),
});

const number = z.object({
  ...{ id: text, title: text, unit },
  before: range.describe("as planned, but for what may have been spent beyond the budget"),
  after: range,
});

const need = z.object({ needed: range, has: range, times: open.describe("needed over has") });

const needs = z.object({
  months: z.int(),
  ...{ margin: need, retention: need, reach: need },
  grid: z.object({
    ...{ margins: z.array(n), retentions: z.array(share) },
    chances: z.array(z.array(share)).describe("by retention, then by margin"),
  }),
});

const learned = z.object({
  ...{ id: text, unit: text, before: range, after: range },
  rank: share.describe("part of what was assumed that lies below the new middle"),
});

const reading = z.object({
  ...{ id: text, title: text, unit, figures: z.array(text).describe("ids in the file") },
  published: n,
  ...{ where: text, date: text, source: text, why: text },
  as: z.enum(["value", "atMost", "check"]).describe("check: not counted"),
  error: factor,
  ...{ before: range, after: range.nullable() },
  rank: share.describe("chance, as planned and with the source's errors, of no more than this"),
  isOutOfReach: z.boolean().describe("hardly any draw leads to such a figure"),
  times: n.nullable().describe("published over the new middle"),
});

const source = z.object({
  ...{ id: text, why: text },
  factor: factor.nullable().describe("common to all of its figures; null: it only bounds"),
  tried: z.array(n),
});

export const judgementSchema: z.ZodType<AsJson<Judgement>> = z.object({
  headline: text.describe("the report's first sentence"),
  ...{ title: text, plan: text.describe("title of the plan whose assumptions were updated") },
  grade: z.literal("F").describe("how strong the evidence is: before and after"),
  ...{ gradeReason: text, currency: text, seed: text, draws: z.int() },
  level: share.describe("of every range"),
  budget: n.describe("as announced, major units"),
  within: z.array(z.int()).describe("months"),
  variants: z.array(variant).describe("ways of believing the sources, all of them first"),
  range: z.array(z.object({ least: share, most: share })).describe("of the chances, by `within`"),
  numbers: z.array(number).nullable().describe("null: no draw comes near what was published"),
  needs: z.array(needs).nullable().describe("what must be true, one thing at a time"),
  learned: z.array(learned).nullable().describe("assumptions that moved"),
  readings: z.array(reading),
  sources: z.array(source),
  unused: z.array(text).describe("figures that are held against nothing"),
  blank: z.array(text).describe("what nobody published"),
});
