// The verdict's JSON, for programs that read it: schema/verdict.schema.json is made from this. A
// field that the verdict has and this has not is found by the compiler or by the schema's test.
import { z } from "zod";
import { decisionSchema } from "./schema-decision.ts";
import { effectRowSchema, intervalSchema, metricSchema } from "./schema-effects.ts";
import { paybackSchema, retentionSchema } from "./schema-watched.ts";
import type { Verdict } from "./verdict.ts";

const estimand = z
  .enum(["reward, given arrival", "reach", "being assigned"])
  .describe("which effect the assignment identifies");
const grade = z
  .enum(["A", "B", "C", "D", "E", "F"])
  .describe("how strong the evidence is; A: randomised, health checks passed");
const known = z.literal("not_known").describe("the evidence does not allow to say what was caused");
const guardrailMargin = {
  worse: z.enum(["lower", "higher"]),
  margin: z.number().describe("part of the held-out users' level where isRelative"),
  isRelative: z.boolean(),
};

const healthSchema = z.object({
  name: z.string(),
  passed: z.boolean(),
  detail: z.string(),
  failure: z.string().describe("what a failure is called"),
  repair: z
    .object({ option: z.string(), rows: z.int(), users: z.int().nullable() })
    .exactOptional()
    .describe("where it is of what was done to the rows, as asked; null: users are not known"),
});

const guardrailSchema = z.object({
  ...{ metric: z.string(), title: z.string(), arm: z.string(), ...guardrailMargin },
  effect: intervalSchema.nullable(),
  bound: z.number().nullable().describe("has to lie on the good side of the margin"),
  p: z.number().nullable().describe('of "worse by the margin or more"'),
  finding: z.union([z.enum(["held", "broken", "open", "not_measured"]), known]),
  isBeyondMargin: z.boolean(),
  note: z.string().nullable(),
});

const segmentSchema = z.object({
  by: z.string(),
  rows: z.array(
    z.object({
      ...{ value: z.string(), metric: z.string(), arm: z.string() },
      population: z.enum(["assigned", "adjusted"]),
      ...{ controlUsers: z.int(), treatmentUsers: z.int() },
      ...{ controlMean: z.number().nullable(), treatmentMean: z.number().nullable() },
      absolute: intervalSchema.nullable(),
      relative: intervalSchema.nullable(),
      note: z.string().nullable(),
      bhP: z.number().nullable(),
    }),
  ),
  differences: z.array(
    z.object({
      ...{ metric: z.string(), arm: z.string(), pooled: z.number() },
      q: z.number().describe("Cochran's Q"),
      ...{ degreesOfFreedom: z.int(), p: z.number(), bhP: z.number() },
      inconsistency: z.number().describe("I squared, 0 to 1"),
      finding: z.union([z.enum(["differs", "not shown"]), known]),
    }),
  ),
});

const worthSchema = z.object({
  ...{ marginPerUnit: z.number(), costPerTreated: z.number() },
  isCostMeasured: z.boolean().describe("false: as given"),
  ...{ arm: z.string(), metric: z.string(), per: z.string() },
  ...{ net: z.number(), lower: z.number(), upper: z.number(), level: z.number() },
  p: z.number().describe('two-sided, of "the net is zero"'),
  holmP: z.number().nullable().describe("among all arms and studies; null: the only one"),
  works: z.boolean(),
  finding: z.union([z.enum(["pays", "loses", "unclear"]), known]),
  breakEvenMargin: z.number().nullable(),
  breakEvenCost: z.number(),
});

const studySchema = z.object({
  ...{ title: z.string(), estimand, source: z.string(), grade, gradeReason: z.string() },
  users: z.int(),
  arms: z.array(z.object({ id: z.string(), n: z.int() })).describe("the held-out first"),
  metrics: z.array(metricSchema).describe("the first one decides"),
  health: z.array(healthSchema),
  effects: z.array(effectRowSchema(estimand)),
  guardrails: z.array(guardrailSchema),
  segments: z.array(segmentSchema).describe("for exploring; never part of the verdict"),
  worth: z.array(worthSchema),
  retention: retentionSchema.nullable().describe("null: no periods were watched"),
  payback: paybackSchema.nullable().describe("null: nobody said what an active user brings"),
  cannibalised: z.array(
    z.object({
      ...{ metric: z.string(), title: z.string(), arm: z.string(), margin: z.number() },
      ...{ currency: z.string(), lost: z.number().describe("margin lost a treated user") },
      ...{ lower: z.number(), upper: z.number(), level: z.number() },
    }),
  ),
});

const bound = z.number().nullable().describe("null: the data set none on this side");
const costSchema = z.object({
  ...{ estimand, metric: z.string(), arm: z.string(), currency: z.string(), decimals: z.int() },
  ...{ spentMinor: z.number(), keptUsers: z.number(), naiveMinor: z.number().nullable() },
  ...{ incrementalKept: z.number(), causalMinor: z.number().nullable() },
  causalInterval: z.object({ lower: bound, upper: bound }),
});

const moneySchema = z.object({
  ...{ study: z.string(), arm: z.string(), currency: z.string(), decimals: z.int() },
  ...{ users: z.int(), rewarded: z.int(), grants: z.int() },
  ...{ issuedMinor: z.number(), redeemedMinor: z.number() },
  ...{ breakageMinor: z.number(), reversedMinor: z.number() },
  askers: z.int().describe("held-out users who asked"),
  forgoneMinor: z.number().describe("what they would have been granted within their own caps"),
});

const comparisonSchema = z.object({
  kind: z.enum(["published", "truth"]),
  ...{ estimand, metric: z.string(), arm: z.string(), value: z.number() },
  lower: z.number().exactOptional(),
  upper: z.number().exactOptional(),
  source: z.string(),
  ours: z.number().nullable(),
  agrees: z.boolean(),
});

const planSchema = z.object({
  hash: z.string().describe("SHA-256 of the plan that was read, and of how its sources are"),
  frozenHash: z.string().nullable().describe("the one in the campaign's opening event"),
  state: z
    .enum(["as frozen", "plan as frozen", "changed", "not frozen", "no journal"])
    .describe("plan as frozen: by a rule that did not fix how sources are read"),
  deviations: z.array(z.string()).describe("what was given by hand where the plan fixes it"),
});

/** Numbers are finite; what is infinite or was not measured is null. */
export const verdictSchema: z.ZodType<Verdict> = z.object({
  title: z.string(),
  headline: z.string().describe("the verdict in words: the first line of every report"),
  assumptions: z.array(z.string()).describe("what nobody said and everything rests on"),
  plan: planSchema.nullable(),
  grade: grade.describe("the weakest of the studies: it caps the words of the headline"),
  decision: decisionSchema(estimand).nullable().describe("null: the plan holds no rule"),
  studies: z.array(studySchema),
  unanswered: z
    .array(z.object({ title: z.string(), estimand, reason: z.string() }))
    .describe("what was to be answered and cannot be; said in the headline"),
  costs: z.array(costSchema),
  money: z.array(moneySchema),
  comparisons: z.array(comparisonSchema),
  notes: z.array(z.string()),
});
