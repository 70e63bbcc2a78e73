// Exposures that happened outside the engine: who saw it, and when. Each line has its own answer.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import { STATUSES, type Status } from "../../core/outcome.ts";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { campaignIdSchema, countSchema, idSchema } from "./text.ts";

export interface ExposureInput {
  lines: { user: string; seenAtMs: number }[];
}

export const exposureSchema: z.ZodType<ExposureInput> = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        user: idSchema("The caller's id of the user."),
        seenAtMs: z.int().min(0).meta({ description: "When the user saw it, ms since 1970 UTC." }),
      }),
    )
    .min(1)
    .max(LIMITS.exposureLines)
    .meta({ description: `At most ${LIMITS.exposureLines} lines, in any order.` }),
});

export interface ExposureAnswer extends AnswerBase {
  surface: string;
  /** Lines that are a user's first exposure from now on. */
  recorded?: number;
  /** Lines of users of whom an exposure as early was recorded already. */
  known?: number;
  /** Lines that nothing came of. */
  refused?: { index: number; status: Status }[];
}

export const exposureAnswerSchema: z.ZodType<ExposureAnswer> = z.strictObject({
  ...answerBase,
  surface: campaignIdSchema,
  recorded: z.exactOptional(countSchema("Lines that are a user's first exposure from now on.")),
  known: z.exactOptional(countSchema("Lines no earlier than an exposure that is recorded.")),
  refused: z.exactOptional(
    z.array(
      z.strictObject({
        index: countSchema("Place of the line, from 0."),
        status: z.enum(STATUSES).meta({ description: "Why: not_assigned, seen_early, …" }),
      }),
    ),
  ),
});
