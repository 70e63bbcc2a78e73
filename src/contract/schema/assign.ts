// Assignment of an audience before contact: every member gets an arm, once.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { campaignIdSchema, countSchema, idSchema } from "./text.ts";

export interface AssignInput {
  users: string[];
  /** Where assignment is given: the variant of all these users, or "holdout". */
  variant?: string;
}

export const assignSchema: z.ZodType<AssignInput> = z.strictObject({
  users: z
    .array(idSchema("The caller's id of the user."))
    .min(1)
    .max(LIMITS.assignUsers)
    .meta({ description: "The members, at most 10,000 a call." }),
  variant: z.exactOptional(
    campaignIdSchema.meta({
      description: 'Where assignment is given: the variant of all these users, or "holdout".',
    }),
  ),
});

export interface AssignAnswer extends AnswerBase {
  /** How many of these users are in each arm. */
  arms?: { arm: string; users: number }[];
  /** The arm of each user, in the order of the request. */
  members?: { user: string; arm: string }[];
}

export const assignAnswerSchema: z.ZodType<AssignAnswer> = z.strictObject({
  ...answerBase,
  arms: z.exactOptional(
    z.array(
      z.strictObject({
        arm: z.string().meta({ description: '"holdout" or the id of a variant.' }),
        users: countSchema("Users of this call in the arm."),
      }),
    ),
  ),
  members: z.exactOptional(z.array(z.strictObject({ user: z.string(), arm: z.string() }))),
});
