// The shape of `judge` in published.yaml: which plan the figures are held against, which of its
// numbers each is of, and how far each source can be off.
import { z } from "zod";
import { assumptionSchema } from "../plan-file/plan-schema.ts";
import type { RawAssumption } from "../plan-file/raw-plan.ts";

const text = z.string().min(1).max(500);

const factor = z
  .strictObject({
    p5: z.number().gt(0).describe("One in twenty is lower."),
    p95: z.number().gt(0).describe("One in twenty is higher."),
  })
  .describe("Published over true: 5 % lie below p5, 5 % above p95.");

const source = z.strictObject({
  factor: factor.optional().describe("Common to all of its figures; without it, it only bounds."),
  tried: z
    .array(z.number().gt(0))
    .max(8)
    .optional()
    .describe("Factors by which it may be off, tried as if they were known: 2 counts double."),
  why: text.describe("Why it may be off by so much."),
});

const reading = z.strictObject({
  number: text.describe("The plan's number that the figure is of, such as dailyUsers.day.0."),
  figure: text.describe("Its id under `figures`."),
  less: text.optional().describe("A figure of the same source that is taken from it."),
  growth: text
    .optional()
    .describe("A figure that says by what it fell: then the fall is what is meant."),
  source: text.describe("One of `sources`, with whose name the figure's own source begins."),
  as: z
    .enum(["value", "atMost", "check"])
    .optional()
    .describe("`atMost`: the number lies below it. `check`: looked at, not counted."),
  error: factor.optional().describe("Of this figure, beside the source's own factor."),
  why: text.describe("Why it may be off by so much, or why it bounds or is not counted."),
});

export const judgeSchema: z.ZodType<RawJudge> = z.strictObject({
  plan: text.describe("The plan.yaml beside it whose assumptions are updated."),
  knew: text.optional().describe("What that plan knew when it was made; the back-test says it."),
  seed: z.union([text, z.int()]).optional().describe("Default: the plan's."),
  within: z
    .array(z.int().min(1).max(120))
    .min(1)
    .max(6)
    .optional()
    .describe("Months within which it may have paid off; default [12, 24]."),
  spendable: assumptionSchema.describe("What could be spent, in multiples of the plan's budget."),
  sources: z.record(text, source).describe("Who published, by the name that figures begin with."),
  readings: z.array(reading).min(1).max(50).describe("Of which of the plan's numbers a figure is."),
  notPublished: z.array(text).max(50).optional().describe("What was looked for and not found."),
});

export interface RawFactor {
  p5: number;
  p95: number;
}

export interface RawReading {
  number: string;
  figure: string;
  less?: string | undefined;
  growth?: string | undefined;
  source: string;
  as?: "value" | "atMost" | "check" | undefined;
  error?: RawFactor | undefined;
  why: string;
}

export interface RawJudge {
  plan: string;
  knew?: string | undefined;
  seed?: string | number | undefined;
  within?: number[] | undefined;
  spendable: RawAssumption;
  sources: Record<
    string,
    { factor?: RawFactor | undefined; tried?: number[] | undefined; why: string }
  >;
  readings: RawReading[];
  notPublished?: string[] | undefined;
}
