// Blocks: users, or values of an attribute, that get nothing more, for a time or for good.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { evidenceSchema } from "./suspicion.ts";
import { ATTRIBUTE_NAME, countSchema, idSchema, instantSchema, whySchema } from "./text.ts";

export interface UnblockInput {
  /** `user`, or the name of an attribute. */
  by: string;
  /** Ids of users, or values of the attribute. */
  values: string[];
  why: string;
  evidence?: string;
}

export interface BlockInput extends UnblockInput {
  /** One of the two; absent both: for good. */
  untilMs?: number;
  forMs?: number;
}

const shape = {
  by: z
    .string()
    .regex(ATTRIBUTE_NAME)
    .meta({ description: "user, or an attribute that the campaign declares, such as device." }),
  values: z
    .array(idSchema("A user's id, or a value of the attribute. Only a keyed hash of it is kept."))
    .min(1)
    .max(LIMITS.blockedAtOnce)
    .meta({ description: `Users, or values, at most ${LIMITS.blockedAtOnce} a call.` }),
  why: whySchema,
  evidence: z.exactOptional(evidenceSchema),
};

export const unblockSchema: z.ZodType<UnblockInput> = z.strictObject(shape);

export const blockSchema: z.ZodType<BlockInput> = z.strictObject({
  ...shape,
  untilMs: z.exactOptional(instantSchema("When the block ends. Default: it does not.")),
  forMs: z.exactOptional(instantSchema("Instead of untilMs: how long it lasts, from now on.")),
});

export interface BlockAnswer extends AnswerBase {
  changed: number;
  unchanged: number;
}

export const blockAnswerSchema: z.ZodType<BlockAnswer> = z.strictObject({
  ...answerBase,
  changed: countSchema("How many were blocked, or unblocked, by this call."),
  unchanged: countSchema("How many were so already."),
});
