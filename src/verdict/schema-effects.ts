// The part of the verdict's schema that holds effects and their readings.
import { z } from "zod";
import type { EffectInterval, EffectRow } from "./effect-row.ts";
import type { Estimand, Metric } from "./metric.ts";

export const intervalSchema: z.ZodType<EffectInterval> = z
  .object({
    ...{ estimate: z.number(), standardError: z.number() },
    ...{ lower: z.number(), upper: z.number() },
    p: z.number().describe('two-sided, of "no effect"'),
    degreesOfFreedom: z.number().nullable().describe("null: the normal reference"),
    level: z.number(),
  })
  .describe("in the metric's units; of a share 0.01 is a percentage point");

export const metricSchema: z.ZodType<Metric> = z.object({
  ...{ id: z.string(), title: z.string() },
  kind: z.enum(["share", "mean", "ratio", "quantile"]),
  ...{ unit: z.string(), digits: z.int() },
  clamp: z
    .object({
      ...{ lower: z.number().nullable(), upper: z.number().nullable() },
      clamped: z.int().describe("users whose number was set to a bound"),
      removed: z.number().describe("what the sum lost"),
    })
    .exactOptional(),
});

const alwaysValid = z
  .object({
    ...{ lower: z.number(), upper: z.number(), p: z.number() },
    tuning: z.number().describe("users at which it is tightest"),
    isPlanned: z.boolean().describe("false: tuning is the users there are"),
  })
  .describe("an interval that holds at all looks together");

const posterior = z.object({
  ...{ mean: z.number(), lower: z.number(), upper: z.number(), level: z.number() },
  chanceAboveZero: z.number(),
  lossIfShipped: z.number().describe("mean loss a user if everybody gets the treatment"),
  lossIfNot: z.number(),
  prior: z.union([z.literal("flat"), z.object({ mean: z.number(), variance: z.number() })]),
  isPriorDefault: z.boolean(),
});

const equivalence = z.object({
  margin: z.number().describe("effects within plus and minus this are as good as none"),
  ...{ p: z.number(), lower: z.number(), upper: z.number() },
  finding: z.enum(["as good as none", "not shown", "not_known"]),
});

export function effectRowSchema(estimand: z.ZodType<Estimand>): z.ZodType<EffectRow> {
  return z.object({
    estimand,
    population: z
      .enum(["assigned", "adjusted", "stratified", "claimed"])
      .describe("whom the effect is on; adjusted decides before stratified before assigned"),
    metric: metricSchema,
    ...{ arm: z.string(), control: z.string() },
    ...{ controlMean: z.number(), treatmentMean: z.number() },
    absolute: intervalSchema.nullable(),
    relative: intervalSchema.nullable().describe("over the held-out users' level"),
    note: z.string().nullable(),
    holmP: z.number().nullable().describe("for deciding, among the rows that decide"),
    bhP: z.number().nullable().describe("for exploring, with the segments"),
    alwaysValid: alwaysValid.nullable(),
    notYet: z.string().nullable().describe("why there is no always-valid interval yet"),
    posterior: posterior.nullable(),
    equivalence: equivalence.nullable(),
  });
}
