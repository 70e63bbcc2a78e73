// Suspicion against one grant: hold, release, claw back, and money that came in afterwards; and its
// expiry moved further away.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import {
  amountSchema,
  boundedText,
  countSchema,
  idSchema,
  instantSchema,
  whySchema,
} from "./text.ts";

/** Who asks is known from his key; why, and on what evidence, he says. */
export interface SuspicionInput {
  id: string;
  why: string;
  evidence?: string;
}

export const evidenceSchema: z.ZodType<string> = boundedText(
  LIMITS.refBytes,
  "Where the evidence lies, such as the number of a case; at most 32 bytes. Nothing personal.",
);

const shape = {
  id: idSchema("A fresh id minted by the caller; a retry repeats it."),
  why: whySchema,
  evidence: z.exactOptional(evidenceSchema),
};

export const suspicionSchema: z.ZodType<SuspicionInput> = z.strictObject(shape);

export interface ReceiptInput extends SuspicionInput {
  amountMinor: number;
}

export const receiptSchema: z.ZodType<ReceiptInput> = z.strictObject({
  ...shape,
  amountMinor: amountSchema("What came in, in minor units."),
});

/** A payment that a merchant made although its reward could no longer cover it. */
export interface CoverInput extends SuspicionInput {
  amountMinor: number;
  paidAtMs: number;
  merchant?: string;
  separate?: true;
}

export const coverSchema: z.ZodType<CoverInput> = z.strictObject({
  ...shape,
  amountMinor: amountSchema("What the merchant paid, in minor units."),
  paidAtMs: instantSchema("When the merchant was paid, in ms since 1970 UTC."),
  merchant: z.exactOptional(
    idSchema("The merchant, as redemptions name it; the campaign must declare the attribute."),
  ),
  separate: z.exactOptional(
    z.literal(true).meta({
      description: "It is another payment than the redemption recorded with the grant at paidAtMs.",
    }),
  ),
});

/** Takes such a payment back that was booked by mistake. */
export interface UncoverInput extends SuspicionInput {
  cover: string;
}

export const uncoverSchema: z.ZodType<UncoverInput> = z.strictObject({
  ...shape,
  cover: idSchema("The id that was given when the payment was booked."),
});

/** Moves the expiry of one grant further away. */
export interface ExtensionInput extends SuspicionInput {
  expiresAtMs: number;
  preview?: true;
}

export const extensionSchema: z.ZodType<ExtensionInput> = z.strictObject({
  ...shape,
  expiresAtMs: instantSchema(
    "The new expiry, in ms since 1970 UTC: later than the one in force, by the campaign's close.",
  ),
  preview: z.exactOptional(
    z.literal(true).meta({
      description: "Only tells what the answer would be now; nothing is changed, no id is bound.",
    }),
  ),
});

export interface SuspicionAnswer extends AnswerBase {
  grant: string;
  currency?: string;
  expiresAtMs?: number;
  /** extended: the expiry of before; after_close: the latest possible. */
  beforeMs?: number;
  latestMs?: number;
  preview?: true;
  returnedMinor?: number;
  receivedMinor?: number;
  owedMinor?: number;
  coveredMinor?: number;
  lostMinor?: number;
  /** already_recorded: the redemption in the way, as events number it, and its amount. */
  redemption?: number;
  redeemedMinor?: number;
  /** amount_too_large: of the grant's whole amount, what was not borne before. */
  mostMinor?: number;
}

export const suspicionAnswerSchema: z.ZodType<SuspicionAnswer> = z.strictObject({
  ...answerBase,
  grant: z.string().meta({ description: "The id of the grant." }),
  currency: z.exactOptional(z.string().meta({ description: "ISO 4217." })),
  expiresAtMs: z.exactOptional(
    z.int().meta({
      description:
        "released, extended: from here it can no longer be redeemed; not_later, " +
        "after_close: the expiry that holds.",
    }),
  ),
  beforeMs: z.exactOptional(z.int().meta({ description: "extended: when it expired before." })),
  latestMs: z.exactOptional(
    z.int().meta({ description: "after_close: the close, and so the latest expiry." }),
  ),
  preview: z.exactOptional(
    z.literal(true).meta({ description: "Nothing was changed: what the answer would be." }),
  ),
  returnedMinor: z.exactOptional(
    countSchema("clawed_back: the unspent rest that returned to the budget."),
  ),
  receivedMinor: z.exactOptional(countSchema("received: what came in.")),
  owedMinor: z.exactOptional(
    countSchema("What is owing of the grant: what was spent of it and has not come in."),
  ),
  coveredMinor: z.exactOptional(
    countSchema("covered, lost: what the contingency line bears; reversed: what it gets back."),
  ),
  lostMinor: z.exactOptional(
    countSchema("lost: what nothing bears; reversed: by what the loss is less."),
  ),
  redemption: z.exactOptional(
    countSchema("already_recorded: the ordinal of that redemption, as events name it."),
  ),
  redeemedMinor: z.exactOptional(countSchema("already_recorded: the amount of that redemption.")),
  mostMinor: z.exactOptional(
    countSchema("amount_too_large: of what the grant was worth, all that was not borne before."),
  ),
});
