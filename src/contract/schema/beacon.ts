// The value of a round of drand, in the very words in which drand publishes it, so that a file can
// be handed on as it came.
import { z } from "zod";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { campaignIdSchema } from "./text.ts";

export interface BeaconInput {
  round: number;
  signature: string;
  randomness?: string;
  previous_signature?: string;
}

const signatureSchema = (what: string): z.ZodType<string> =>
  z
    .string()
    .regex(/^([0-9a-f]{96}|[0-9a-f]{192})$/)
    .meta({ description: `${what} 48 or 96 bytes in hex.` });

const hashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: "SHA-256 of the signature, in hex." });

export const beaconSchema: z.ZodType<BeaconInput> = z.strictObject({
  round: z.int().min(1).meta({ description: "The number of the round." }),
  signature: signatureSchema("The chain's signature of the round."),
  randomness: z.exactOptional(hashSchema),
  previous_signature: z.exactOptional(
    signatureSchema("Of the round before, where the chain has it."),
  ),
});

export interface BeaconAnswer extends AnswerBase {
  campaign: string;
  round: number;
  randomness?: string;
  awaited?: number[];
  retryAtMs?: number;
}

export const beaconAnswerSchema: z.ZodType<BeaconAnswer> = z.strictObject({
  ...answerBase,
  campaign: campaignIdSchema,
  round: z.int(),
  randomness: z.exactOptional(hashSchema),
  awaited: z.exactOptional(
    z.array(z.int()).meta({ description: "The rounds that the campaign waits for." }),
  ),
  retryAtMs: z.exactOptional(z.int().meta({ description: "When the round is due." })),
});
