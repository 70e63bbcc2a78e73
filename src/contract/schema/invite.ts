// Invites: a user asks for a code, another one accepts it, and both get a reward or neither does.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import type { Passphrases } from "../invite-words.ts";
import { type AnswerBase, answerBase, rehearsalSchema } from "./answer-base.ts";
import { type Facts, factsSchema } from "./facts.ts";
import {
  type Attributes,
  attributesSchema,
  boundedText,
  campaignIdSchema,
  countSchema,
  idSchema,
  notAfterSchema,
  refSchema,
} from "./text.ts";

export interface InviteInput {
  id: string;
  /** The id of the invite in the campaign file. */
  invite: string;
  user: string;
  /** What caps of the inviter's reward count by: acceptances are charged to these. */
  attributes?: Attributes;
  /** For the condition of the inviter's offer, which must hold when the code is made. */
  facts?: Facts;
  notAfterMs?: number;
  variant?: string;
}

export interface AcceptInput {
  id: string;
  user: string;
  /** A code, a passphrase, or a message that holds one. */
  code: string;
  attributes?: Attributes;
  facts?: Facts;
  notAfterMs?: number;
  variant?: string;
  ref?: string;
}

const variant = campaignIdSchema.meta({
  description: 'Where assignment is given: the user\'s variant, or "holdout".',
});
const id = idSchema("A fresh id minted by the caller; a retry repeats it.");

export const inviteSchema: z.ZodType<InviteInput> = z.strictObject({
  id,
  invite: idSchema("The id of the invite, as the campaign file has it."),
  user: idSchema("The caller's id of the user who invites. Only a keyed hash of it is kept."),
  attributes: z.exactOptional(attributesSchema),
  facts: z.exactOptional(factsSchema),
  notAfterMs: z.exactOptional(notAfterSchema),
  variant: z.exactOptional(variant),
});

export const acceptSchema: z.ZodType<AcceptInput> = z.strictObject({
  id,
  user: idSchema("The caller's id of the user who accepts. Only a keyed hash of it is kept."),
  code: boundedText(
    LIMITS.inviteTextBytes,
    "A code, a passphrase, or a message that holds one. Case, spaces and punctuation are ignored.",
  ),
  attributes: z.exactOptional(attributesSchema),
  facts: z.exactOptional(factsSchema),
  notAfterMs: z.exactOptional(notAfterSchema),
  variant: z.exactOptional(variant),
  ref: z.exactOptional(refSchema),
});

export interface InviteAnswer extends AnswerBase {
  /** The id of the invite in the campaign file. */
  invite: string;
  code?: string;
  passphrases?: Passphrases;
  /** From this instant the code is accepted no more. */
  expiresAtMs?: number;
  arm?: string;
  /** The attribute that acceptances will be charged to, and the cap that counts by it. */
  missing?: string;
  cap?: string;
  /** Which condition does not hold. */
  reason?: string;
  retryAtMs?: number;
}

export interface AcceptAnswer extends AnswerBase {
  /** The id of the invite in the campaign file. */
  invite?: string;
  offer?: string;
  /** What the accepting user got; the inviter's reward is his own affair. */
  grant?: string;
  amountMinor?: number;
  currency?: string;
  expiresAtMs?: number;
  arm?: string;
  cap?: string;
  missing?: string;
  /** Whose reward the cap or the missing attribute is about. */
  side?: "inviter" | "invited";
  /** Which condition does not hold. */
  reason?: string;
  retryAtMs?: number;
  rehearsal?: true;
}

/** What a user has of one invite of the campaign file. */
export interface InviteView {
  invite: string;
  /** Users whom he brought, in all. */
  brought: number;
  /** The code that others can accept now. */
  code?: string;
  passphrases?: Passphrases;
  /** Acceptances of this code, and how many it takes. */
  used?: number;
  uses?: number;
  expiresAtMs?: number;
}

/** How far a user is toward an entry that bringing others within a day earns him. */
export interface EarningView {
  draw: string;
  /** Users whom he brought today, and how many earn the entry of the day. */
  brought: number;
  needed: number;
  /** Entries of the draw that he has, however he came by them. */
  entries: number;
}

export interface InvitesAnswer extends AnswerBase {
  invites: InviteView[];
  /** One for each draw whose entries invites earn; absent where there is none. */
  earning?: EarningView[];
}

const invite = z.string().meta({ description: "The id of the invite in the campaign file." });
const code = z.string().meta({ description: "Thirteen letters that notice every typing error." });
const passphrases: z.ZodType<Passphrases> = z
  .strictObject({ en: z.string(), zh: z.string() })
  .meta({ description: "The same code as six English words, and as six Chinese characters." });
const endsAtMs = z.int().meta({ description: "From this instant the code is accepted no more." });
const retryAtMs = z.int().meta({ description: "When asking again can help." });
const reason = z.string().meta({ description: "Which condition does not hold, in its words." });
const arm = z.string().meta({ description: "The user's variant." });
const cap = z.string().meta({ description: "The id of the cap that refused." });
const missing = z.string().meta({
  description: "The attribute that is needed and was not sent.",
});

export const inviteAnswerSchema: z.ZodType<InviteAnswer> = z.strictObject({
  ...answerBase,
  invite,
  code: z.exactOptional(code),
  passphrases: z.exactOptional(passphrases),
  expiresAtMs: z.exactOptional(endsAtMs),
  arm: z.exactOptional(arm),
  missing: z.exactOptional(missing),
  cap: z.exactOptional(cap),
  reason: z.exactOptional(reason),
  retryAtMs: z.exactOptional(retryAtMs),
});

export const acceptAnswerSchema: z.ZodType<AcceptAnswer> = z.strictObject({
  ...answerBase,
  invite: z.exactOptional(invite),
  offer: z.exactOptional(z.string().meta({ description: "The id of the offer." })),
  grant: z.exactOptional(z.string().meta({ description: "The grant of the accepting user." })),
  amountMinor: z.exactOptional(countSchema("What he was granted, in minor units.")),
  currency: z.exactOptional(z.string().meta({ description: "ISO 4217." })),
  expiresAtMs: z.exactOptional(
    z.int().meta({ description: "From this instant his grant can no longer be redeemed." }),
  ),
  arm: z.exactOptional(arm),
  cap: z.exactOptional(cap),
  missing: z.exactOptional(missing),
  side: z.exactOptional(
    z.enum(["inviter", "invited"]).meta({ description: "Whose reward was refused." }),
  ),
  reason: z.exactOptional(reason),
  retryAtMs: z.exactOptional(retryAtMs),
  rehearsal: z.exactOptional(rehearsalSchema),
});

export const invitesAnswerSchema: z.ZodType<InvitesAnswer> = z.strictObject({
  ...answerBase,
  invites: z.array(
    z.strictObject({
      invite,
      brought: countSchema("Users whom he brought, in all."),
      code: z.exactOptional(code),
      passphrases: z.exactOptional(passphrases),
      used: z.exactOptional(countSchema("Acceptances of this code.")),
      uses: z.exactOptional(countSchema("Acceptances that it takes.")),
      expiresAtMs: z.exactOptional(endsAtMs),
    }),
  ),
  earning: z.exactOptional(
    z
      .array(
        z.strictObject({
          draw: z.string().meta({ description: "The id of the draw." }),
          brought: countSchema("Users whom he brought today, in the campaign's zone."),
          needed: countSchema("How many of a day earn an entry."),
          entries: countSchema("Entries of the draw that he has."),
        }),
      )
      .meta({ description: "Of each draw whose entries invites earn." }),
  ),
});
