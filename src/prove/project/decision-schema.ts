// plan.decision in prove.yaml: what follows from which figures, fixed before there are any.
import { z } from "zod";
import { readShare } from "../../contract/index.ts";
import type { RawDecision } from "./project-shape.ts";

const text = z.string().min(1);
const number = z.number().refine(Number.isFinite, "expected a finite number");

const chance = z
  .union([z.number(), z.string()])
  .refine((value) => (readShare(value) ?? 0) > 0, 'expected a chance such as 0.8 or "80 %"')
  .describe("Chance of having paid back within payback.within months: at least this.");

const limit = z
  .union([number, z.string()])
  .refine(
    (value) => typeof value === "number" || readShare(value) !== null,
    'expected a number in the metric\'s own units, or a part of the level such as "5 %"',
  );

/** One object of optional keys, so that a problem is named by the key that has it. */
const condition = z.strictObject({
  payback: chance.optional(),
  worth: number
    .optional()
    .describe("Net of a treated user (see worth): the interval's lower bound is at least this."),
  effect: text.optional().describe("A metric, whose effect is held against atLeast or atMost."),
  atLeast: limit
    .optional()
    .describe(
      "The lower bound of the effect's interval is at least this: in the metric's own units (of " +
        'a share 0.005 is half a point), or "5 %" of the held-out users\' level.',
    ),
  atMost: limit.optional().describe("The same of the upper bound: at most this."),
  guardrails: z.literal("hold").optional().describe("Every guardrail is shown to hold."),
  question: z
    .enum(["reach", "reward, given arrival", "being assigned"])
    .optional()
    .describe("Whose figures count; default: the first of plan.questions."),
  arm: text.optional().describe("The one treated arm that it is asked of; default: each."),
});

export const decisionRuleSchema: z.ZodType<RawDecision> = z.strictObject({
  action: text.describe("What is done where all conditions hold, in your words."),
  otherwise: text.optional().describe("What is done where one does not."),
  when: z
    .array(condition)
    .min(1)
    .max(20)
    .describe("Conditions that must all hold; each has one of payback, worth, effect, guardrails."),
});
