// A grant as its owner, a merchant or a viewer may see it: never who it belongs to.
import { z } from "zod";
import { type AnswerBase, answerBase, rehearsalSchema } from "./answer-base.ts";
import { countSchema } from "./text.ts";

export type GrantState = "reserved" | "redeemed" | "cancelled" | "expired" | "held" | "clawed_back";

export const GRANT_STATES: readonly GrantState[] = [
  "reserved",
  "redeemed",
  "cancelled",
  "expired",
  "held",
  "clawed_back",
];

export interface GrantView {
  grant: string;
  offer: string;
  /** Reserved: it can be redeemed until expiresAtMs. */
  state: GrantState;
  currency: string;
  amountMinor: number;
  spentMinor: number;
  /** What can still be redeemed; 0 once the grant is over. */
  restMinor: number;
  grantedAtMs: number;
  expiresAtMs: number;
  /** Of a grant that was clawed back: what is still owing. */
  owedMinor?: number;
  ref?: string;
  rehearsal?: true;
}

const grantViewSchema: z.ZodType<GrantView> = z.strictObject({
  grant: z.string(),
  offer: z.string().meta({ description: "The id of the offer." }),
  state: z.enum(GRANT_STATES).meta({ description: "Reserved: it can be redeemed." }),
  currency: z.string().meta({ description: "ISO 4217." }),
  amountMinor: countSchema("What was granted, in minor units."),
  spentMinor: countSchema("What was redeemed and not reversed."),
  restMinor: countSchema("What can still be redeemed."),
  grantedAtMs: z.int(),
  expiresAtMs: z.int(),
  owedMinor: z.exactOptional(countSchema("Of a grant that was clawed back: what is still owing.")),
  ref: z.exactOptional(z.string()),
  rehearsal: z.exactOptional(rehearsalSchema),
});

export interface GrantAnswer extends AnswerBase {
  grant?: GrantView;
}

export const grantAnswerSchema: z.ZodType<GrantAnswer> = z.strictObject({
  ...answerBase,
  grant: z.exactOptional(grantViewSchema),
});

export interface UserGrantsQuery {
  /** The id of the last grant of the page before. */
  after?: string;
}

export const userGrantsQuerySchema: z.ZodType<UserGrantsQuery> = z.strictObject({
  after: z.exactOptional(
    z.string().min(1).max(64).meta({ description: "The last grant of the page before." }),
  ),
});

export interface UserGrantsAnswer extends AnswerBase {
  grants: GrantView[];
  /** True when more follow: ask again with `after`. */
  more: boolean;
}

export const userGrantsAnswerSchema: z.ZodType<UserGrantsAnswer> = z.strictObject({
  ...answerBase,
  grants: z.array(grantViewSchema),
  more: z.boolean().meta({ description: "True when more follow: ask again with `after`." }),
});
