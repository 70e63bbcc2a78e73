// The answers of the four operations that move money. Fields that a status does not have are
// absent, never null.
import { z } from "zod";
import { type AnswerBase, answerBase, rehearsalSchema } from "./answer-base.ts";
import { countSchema } from "./text.ts";

export interface ClaimAnswer extends AnswerBase {
  offer: string;
  grant?: string;
  amountMinor?: number;
  currency?: string;
  expiresAtMs?: number;
  /** Never shown where the holdout is masked. */
  arm?: string;
  /** The id of the cap that refused. */
  cap?: string;
  retryAtMs?: number;
  /** The name of the attribute that a cap counts by and the claim lacks. */
  missing?: string;
  /** Why the user is not eligible. */
  reason?: string;
  rehearsal?: true;
}

export interface RedeemAnswer extends AnswerBase {
  grant: string;
  redeemedMinor?: number;
  restMinor?: number;
  /** What of the budget is left to redeem. */
  leftMinor?: number;
  currency?: string;
  cap?: string;
  retryAtMs?: number;
  missing?: string;
}

export interface CancelAnswer extends AnswerBase {
  grant: string;
  returnedMinor?: number;
  currency?: string;
}

export interface ReverseAnswer extends AnswerBase {
  redemption: string;
  grant?: string;
  reversedMinor?: number;
  currency?: string;
  /** False when the grant is over, so that the money went back to the budget. */
  redeemableAgain?: boolean;
}

const grantId = z.string().meta({ description: "The id of the grant; it cannot be guessed." });
const currency = z.string().meta({ description: "The campaign's currency, ISO 4217." });
const cap = z.string().meta({ description: "The id of the cap that refused." });
const retryAtMs = z
  .int()
  .meta({ description: "When asking again can help, in ms since 1970 UTC." });
const missing = z.string().meta({ description: "The attribute that is needed and was not sent." });

export const claimAnswerSchema: z.ZodType<ClaimAnswer> = z.strictObject({
  ...answerBase,
  offer: z.string().meta({ description: "The id of the offer." }),
  grant: z.exactOptional(grantId),
  amountMinor: z.exactOptional(countSchema("What was granted, in minor units.")),
  currency: z.exactOptional(currency),
  expiresAtMs: z.exactOptional(
    z.int().meta({ description: "From this instant the grant can no longer be redeemed." }),
  ),
  arm: z.exactOptional(z.string().meta({ description: "The user's variant." })),
  cap: z.exactOptional(cap),
  retryAtMs: z.exactOptional(retryAtMs),
  missing: z.exactOptional(missing),
  reason: z.exactOptional(
    z.string().meta({ description: "Which condition of the offer does not hold, or cannot." }),
  ),
  rehearsal: z.exactOptional(rehearsalSchema),
});

export const redeemAnswerSchema: z.ZodType<RedeemAnswer> = z.strictObject({
  ...answerBase,
  grant: grantId,
  redeemedMinor: z.exactOptional(countSchema("What this redemption spent, in minor units.")),
  restMinor: z.exactOptional(countSchema("What is left of the grant, in minor units.")),
  leftMinor: z.exactOptional(
    countSchema("With budget_spent: what of the budget is left to redeem, in minor units."),
  ),
  currency: z.exactOptional(currency),
  cap: z.exactOptional(cap),
  retryAtMs: z.exactOptional(retryAtMs),
  missing: z.exactOptional(missing),
});

export const cancelAnswerSchema: z.ZodType<CancelAnswer> = z.strictObject({
  ...answerBase,
  grant: grantId,
  returnedMinor: z.exactOptional(countSchema("What went back to the budget, in minor units.")),
  currency: z.exactOptional(currency),
});

export const reverseAnswerSchema: z.ZodType<ReverseAnswer> = z.strictObject({
  ...answerBase,
  redemption: z.string().meta({ description: "The id of the redemption." }),
  grant: z.exactOptional(grantId),
  reversedMinor: z.exactOptional(countSchema("What was given back, in minor units.")),
  currency: z.exactOptional(currency),
  redeemableAgain: z.exactOptional(
    z.boolean().meta({ description: "True when the grant lives and can be spent again." }),
  ),
});
