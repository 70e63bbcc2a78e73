// Making good what users lost: lines of a list, in batches that say who ordered them and why.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import { STATUSES, type Status } from "../../core/outcome.ts";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { amountSchema, campaignIdSchema, countSchema, idSchema, whySchema } from "./text.ts";

export interface CompensationLine {
  user: string;
  amountMinor?: number;
  /** The grant that he lost. */
  grant?: string;
}

export interface CompensationInput {
  batch: string;
  why: string;
  /** Of the whole list. */
  total: number;
  sha256: string;
  lines: CompensationLine[];
  preview?: boolean;
}

const batchSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/)
  .meta({ description: "The list's name: lower-case letters, digits and hyphens, at most 32." });

const hashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: "SHA-256 of the whole list, in hex." });

export const compensationSchema: z.ZodType<CompensationInput> = z.strictObject({
  batch: batchSchema,
  why: whySchema,
  total: z.int().min(1).meta({ description: "Lines of the whole list." }),
  sha256: hashSchema,
  lines: z
    .array(
      z.strictObject({
        user: idSchema("The caller's id of the user."),
        amountMinor: z.exactOptional(amountSchema("Minor units. Default: the line's amount.")),
        grant: z.exactOptional(idSchema("The grant that he lost. It is made good once, ever.")),
      }),
    )
    .min(1)
    .max(LIMITS.compensationLines)
    .meta({ description: `A part of the list, at most ${LIMITS.compensationLines} lines.` }),
  preview: z.exactOptional(
    z.boolean().meta({ description: "Only say what it would grant. Default: false." }),
  ),
});

/** What one line is answered. */
export interface CompensationResult {
  status: Status;
  replayed: boolean;
  grant?: string;
  amountMinor?: number;
  expiresAtMs?: number;
  /** What the user was made good before this line. */
  hasMinor: number;
}

export interface CompensationAnswer extends AnswerBase {
  campaign: string;
  batch: string;
  preview?: boolean;
  currency?: string;
  /** What the line may still make good after this answer. */
  leftMinor?: number;
  /** One for each line, in its order. */
  results?: CompensationResult[];
}

export const compensationAnswerSchema: z.ZodType<CompensationAnswer> = z.strictObject({
  ...answerBase,
  campaign: campaignIdSchema,
  batch: batchSchema,
  preview: z.exactOptional(z.boolean()),
  currency: z.exactOptional(z.string().meta({ description: "ISO 4217." })),
  leftMinor: z.exactOptional(countSchema("What may still be made good after this answer.")),
  results: z.exactOptional(
    z.array(
      z.strictObject({
        status: z.enum(STATUSES).meta({ description: "Of this line." }),
        replayed: z.boolean(),
        grant: z.exactOptional(z.string()),
        amountMinor: z.exactOptional(countSchema("Minor units.")),
        expiresAtMs: z.exactOptional(z.int()),
        hasMinor: countSchema("What the user was made good before this line."),
      }),
    ),
  ),
});
