// What is open to one user now. Asking records the user's assignment and exposure.
import { z } from "zod";
import { type AnswerBase, answerBase, rehearsalSchema } from "./answer-base.ts";
import { campaignIdSchema, countSchema } from "./text.ts";

export interface OffersQuery {
  /** Where assignment is given: the user's variant, or "holdout". */
  variant?: string;
}

export const offersQuerySchema: z.ZodType<OffersQuery> = z.strictObject({
  variant: z.exactOptional(
    campaignIdSchema.meta({
      description: 'Where assignment is given: the user\'s variant, or "holdout".',
    }),
  ),
});

export interface OpenOffer {
  offer: string;
  title: string;
  wave: string;
  kind: "fixed" | "table" | "pot";
  currency: string;
  /** Equal for a fixed amount. */
  minAmountMinor: number;
  maxAmountMinor: number;
  /** Either the instant of expiry, or the time from the grant to it. */
  expiresAtMs?: number;
  expiresAfterMs?: number;
  rehearsal?: true;
}

export interface OffersAnswer extends AnswerBase {
  offers: OpenOffer[];
}

const openOfferSchema: z.ZodType<OpenOffer> = z.strictObject({
  offer: z.string().meta({ description: "The id to claim with." }),
  title: z.string(),
  wave: z.string().meta({ description: "The id of the wave." }),
  kind: z
    .enum(["fixed", "table", "pot"])
    .meta({ description: "A fixed amount, luck by odds, or a packet of a split pot." }),
  currency: z.string().meta({ description: "ISO 4217." }),
  minAmountMinor: countSchema("The smallest possible amount, in minor units."),
  maxAmountMinor: countSchema("The largest possible amount, in minor units."),
  expiresAtMs: z.exactOptional(z.int()),
  expiresAfterMs: z.exactOptional(z.int()),
  rehearsal: z.exactOptional(rehearsalSchema),
});

export const offersAnswerSchema: z.ZodType<OffersAnswer> = z.strictObject({
  ...answerBase,
  offers: z.array(openOfferSchema),
});
