// A claim: a user asks for an offer. The id is minted by the caller before sending, so that a
// repetition is recognised.
import { z } from "zod";
import { type Facts, factsSchema } from "./facts.ts";
import {
  type Attributes,
  attributesSchema,
  campaignIdSchema,
  idSchema,
  notAfterSchema,
  refSchema,
} from "./text.ts";

export interface ClaimInput {
  id: string;
  user: string;
  offer: string;
  attributes?: Attributes;
  facts?: Facts;
  notAfterMs?: number;
  /** Only in campaigns whose assignment is given: a variant's id, or "holdout". */
  variant?: string;
  ref?: string;
}

export const claimSchema: z.ZodType<ClaimInput> = z.strictObject({
  id: idSchema("A fresh id minted by the caller; a retry repeats it."),
  user: idSchema("The caller's id of the user. Only a keyed hash of it is kept."),
  offer: idSchema("The id of the offer."),
  attributes: z.exactOptional(attributesSchema),
  facts: z.exactOptional(factsSchema),
  notAfterMs: z.exactOptional(notAfterSchema),
  variant: z.exactOptional(
    campaignIdSchema.meta({
      description: 'Where assignment is given: the user\'s variant, or "holdout".',
    }),
  ),
  ref: z.exactOptional(refSchema),
});
