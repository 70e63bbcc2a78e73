// plan.metrics in prove.yaml: the numbers of a user that are compared, and where each comes from.
import { z } from "zod";
import type { RawMetric } from "./project-shape.ts";

export const id: z.ZodString = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "expected a-z, 0-9 and - (at most 63)")
  .describe("A short name, unique among its kind.");
export const text: z.ZodString = z.string().min(1);
export const column: z.ZodString = text.describe("A column of the outcomes.");
export const number: z.ZodNumber = z.number().refine(Number.isFinite, "expected a finite number");

const window = z
  .tuple([z.int().min(0).max(3650), z.int().min(0).max(3650)])
  .refine(([from, to]) => from <= to, "expected a first day that is not after the last")
  .describe("First and last day, counted from the day of the user's start, which is day 0.");

const clamp = z
  .tuple([number, number])
  .refine(([lower, upper]) => lower <= upper, "expected a lower bound that is not above the upper")
  .describe("Numbers beyond these bounds are set to the bound (winsorising, declared beforehand).");

const named = {
  id,
  title: text.optional().describe("What the report calls it; default: the id."),
  digits: z.int().min(0).max(9).optional().describe("Digits after the point in the report."),
};
const counted = { unit: z.string().default("").describe('What is counted, such as "CNY".') };

const shareMetric = z.strictObject({
  ...named,
  kind: z.literal("share"),
  column: column.optional(),
  log: text.optional().describe("A log of the sources: 1 for a user who is in it on these days."),
  days: window.optional(),
});

const meanMetric = z.strictObject({
  ...named,
  ...counted,
  kind: z.literal("mean"),
  column: column.optional(),
  log: text.optional().describe("A log of the sources: its rows, or its `value`, summed."),
  value: text.optional().describe("A column of the log; absent: its rows are counted."),
  days: window.optional(),
  before: z
    .union([column, z.strictObject({ days: z.int().min(1).max(3650) })])
    .optional()
    .describe("The user's number before: a column, or so many days of the log before his start."),
  clamp: clamp.optional(),
});

const ratioMetric = z.strictObject({
  ...named,
  ...counted,
  kind: z.literal("ratio"),
  above: column,
  below: column,
});

const quantileMetric = z.strictObject({
  ...named,
  ...counted,
  kind: z.literal("quantile"),
  column,
  at: z.number().gt(0).lt(1).describe("Which quantile, such as 0.9."),
});

export const metric: z.ZodType<RawMetric> = z.discriminatedUnion("kind", [
  shareMetric,
  meanMetric,
  ratioMetric,
  quantileMetric,
]);
