// The JSON of what was watched over time: retention curves, and when an arm has paid.
import { z } from "zod";
import type { PaybackReading } from "./payback-reading.ts";
import type { RetentionReading } from "./retention-reading.ts";

const interval = { estimate: z.number(), lower: z.number(), upper: z.number() };
const intervalSchema = z.object(interval);
const bound = z.number().nullable();
const thresholdSchema = z
  .object({ estimate: bound, lower: bound, upper: bound })
  .describe("null: beyond every number");
const frame = {
  ...{ periodDays: z.number(), periods: z.int(), horizonPeriods: z.int() },
  ...{ level: z.number(), draws: z.int(), seed: z.string() },
};

const periodSchema = z.object({ period: z.int().describe("from 0"), ...interval });

const holdoutSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("checked"),
    fittedPeriods: z.int(),
    points: z.array(
      z.object({
        ...{ period: z.int(), seen: z.number(), predicted: z.number(), error: z.number() },
        ...{ lower: z.number(), upper: z.number(), isInside: z.boolean() },
      }),
    ),
    relativeError: z.number().nullable(),
    isInside: z.boolean(),
    isSmall: z.boolean(),
  }),
  z.object({ kind: z.literal("unchecked"), reason: z.string() }),
]);

export const retentionSchema: z.ZodType<RetentionReading> = z.object({
  ...frame,
  model: z.enum(["sbg", "bdw"]),
  firstPeriod: z.int(),
  arms: z.array(
    z.object({
      ...{ arm: z.string(), users: z.int() },
      seen: z.array(periodSchema),
      curve: z
        .object({
          model: z.enum(["sbg", "bdw"]),
          ...{ scale: z.number(), leaving: z.number(), spread: z.number(), shape: z.number() },
        })
        .nullable(),
      fitted: z.array(z.number()).nullable(),
      expected: z.array(periodSchema).nullable(),
      reason: z.string().nullable(),
      holdout: holdoutSchema,
    }),
  ),
});

const basisSchema = z.object({
  ...{ periods: z.int(), activePeriods: intervalSchema },
  value: intervalSchema.describe("the customer value of the difference, discounted"),
  cumulated: z.array(intervalSchema).describe("value less cost after 1, 2, … periods"),
  net: intervalSchema,
  paysShare: z.number(),
  p: z.number().describe('two-sided, of "the net is zero"'),
  holmP: z.number().nullable().describe("among all arms and studies; null: the only one"),
  finding: z
    .enum(["pays", "loses", "not_yet", "unclear"])
    .describe("not_yet: below zero, and periods of the horizon are yet to come"),
  roi: intervalSchema.nullable(),
  roiReason: z.string().nullable(),
  payback: z.object({
    ...{ estimate: bound, lower: bound, upper: bound, median: bound },
    ...{ neverShare: z.number(), chances: z.array(z.number()) },
  }),
  breakEven: z.object({
    ...{ margin: thresholdSchema, multiple: thresholdSchema },
    ...{ activePeriods: z.number().nullable(), cost: intervalSchema },
  }),
});

export const paybackSchema: z.ZodType<PaybackReading> = z.object({
  control: z.string(),
  ...frame,
  ...{ currency: z.string(), marginPerActivePeriod: z.number(), discountPerYear: z.number() },
  arms: z.array(
    z.object({
      ...{ arm: z.string(), users: z.int(), cost: intervalSchema, watched: basisSchema },
      tooFew: z.string().nullable().describe("why so few cannot show that it pays"),
      extrapolated: basisSchema.nullable(),
      reason: z.string().nullable(),
      check: z
        .object({ state: z.enum(["passed", "failed", "missing"]), detail: z.string() })
        .nullable()
        .describe("of the curves; unless it passed, extrapolated is a scenario"),
    }),
  ),
});
