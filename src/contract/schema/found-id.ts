// What an id was used for: of a claim, an order, a hold, whatever a caller named himself.
import { z } from "zod";
import { type AnswerBase, answerBase } from "./answer-base.ts";

/** What bound an id. Of `entry`, `invite` and `acceptance` no single grant came. */
export const ID_USES = [
  "claim",
  "claim_withheld",
  "redemption",
  "cancellation",
  "reversal",
  "hold",
  "release",
  "extension",
  "claw_back",
  "repayment",
  "late_payment",
  "late_payment_reversal",
  "entry",
  "invite",
  "acceptance",
] as const;

export type IdUse = (typeof ID_USES)[number];

export interface FoundIdAnswer extends AnswerBase {
  /** Null: nothing was done under this id, or all of it was refused. */
  use?: IdUse | null;
  /** The grant that was made, or that it was done to. */
  grant?: string;
}

export const foundIdAnswerSchema: z.ZodType<FoundIdAnswer> = z.strictObject({
  ...answerBase,
  use: z.exactOptional(
    z.nullable(z.enum(ID_USES)).meta({
      description: "Null: nothing was done under this id, or all of it was refused.",
    }),
  ),
  grant: z.exactOptional(
    z.string().meta({ description: "The grant that it made, or that it was done to." }),
  ),
});
