// Grants found by what they have in common, and what is then done to exactly those.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { GRANT_STATES, type GrantState } from "./grant.ts";
import { evidenceSchema } from "./suspicion.ts";
import {
  ATTRIBUTE_NAME,
  amountSchema,
  campaignIdSchema,
  countSchema,
  idSchema,
  instantSchema,
  whySchema,
} from "./text.ts";

/** What a grant must have; everything that is named. */
export interface SuspectFilter {
  offers?: string[];
  waves?: string[];
  states?: GrantState[];
  /** A redemption of it was made with this merchant. */
  merchant?: string;
  users?: string[];
  fromMs?: number;
  toMs?: number;
  minMinor?: number;
  maxMinor?: number;
  /** Came with one of these values of an attribute that a cap on claims counts by. */
  values?: { by: string; is: string[] };
  /** Shares its value of such an attribute with so many others that they are more than `above`. */
  ring?: { by: string; above: number };
}

const attributeSchema = z
  .string()
  .regex(ATTRIBUTE_NAME)
  .meta({ description: "An attribute that a cap on claims counts by, such as device." });

const list = (schema: z.ZodType<string>, most: number) => z.array(schema).min(1).max(most);

const suspectFilterSchema: z.ZodType<SuspectFilter> = z.strictObject({
  offers: z.exactOptional(list(campaignIdSchema, LIMITS.offers)),
  waves: z.exactOptional(list(campaignIdSchema, LIMITS.waves)),
  states: z.exactOptional(z.array(z.enum(GRANT_STATES)).min(1).max(GRANT_STATES.length)),
  merchant: z.exactOptional(idSchema("Some of it was redeemed with this merchant.")),
  users: z.exactOptional(list(idSchema("The caller's id of the user."), LIMITS.assignUsers)),
  fromMs: z.exactOptional(instantSchema("Granted from this instant on.")),
  toMs: z.exactOptional(instantSchema("Granted before this instant.")),
  minMinor: z.exactOptional(amountSchema("Granted at least so much.")),
  maxMinor: z.exactOptional(amountSchema("Granted at most so much.")),
  values: z.exactOptional(
    z.strictObject({
      by: attributeSchema,
      is: list(idSchema("A value that the claim came with."), LIMITS.assignUsers),
    }),
  ),
  ring: z.exactOptional(
    z.strictObject({
      by: attributeSchema,
      above: countSchema("More grants than this, of those that fit otherwise, share the value."),
    }),
  ),
});

export interface FindInput {
  where: SuspectFilter;
}

export const findSchema: z.ZodType<FindInput> = z.strictObject({
  where: suspectFilterSchema.meta({ description: "What the grants have; {} finds all of them." }),
});

export interface FoundState {
  state: GrantState;
  grants: number;
  amountMinor: number;
  spentMinor: number;
}

export interface FoundGrant {
  grant: string;
  state: GrantState;
  amountMinor: number;
  spentMinor: number;
}

export interface FoundRing {
  /** Pseudonym of the value, 32 hex digits. */
  value: string;
  grants: number;
  users: number;
  amountMinor: number;
}

export interface FindAnswer extends AnswerBase {
  /** Names exactly these grants, each as it is now. */
  token?: string;
  grants?: number;
  users?: number;
  currency?: string;
  amountMinor?: number;
  states?: FoundState[];
  /** Those of the largest amounts. */
  largest?: FoundGrant[];
  rings?: FoundRing[];
}

const stateSchema = z.enum(GRANT_STATES);

export const findAnswerSchema: z.ZodType<FindAnswer> = z.strictObject({
  ...answerBase,
  token: z.exactOptional(
    z.string().meta({ description: "Names exactly these grants, each as it is now." }),
  ),
  grants: z.exactOptional(countSchema("How many were found.")),
  users: z.exactOptional(countSchema("How many users have them.")),
  currency: z.exactOptional(z.string().meta({ description: "ISO 4217." })),
  amountMinor: z.exactOptional(countSchema("What was granted by them.")),
  states: z.exactOptional(
    z.array(
      z.strictObject({
        state: stateSchema,
        grants: countSchema("In this state."),
        amountMinor: countSchema("What was granted by them."),
        spentMinor: countSchema("What was spent of them."),
      }),
    ),
  ),
  largest: z.exactOptional(
    z.array(
      z.strictObject({
        grant: z.string(),
        state: stateSchema,
        amountMinor: countSchema("What was granted."),
        spentMinor: countSchema("What was spent of it."),
      }),
    ),
  ),
  rings: z.exactOptional(
    z
      .array(
        z.strictObject({
          value: z.string().meta({ description: "Its pseudonym: 32 hex digits." }),
          grants: countSchema("That share it."),
          users: countSchema("That have them."),
          amountMinor: countSchema("What was granted by them."),
        }),
      )
      .meta({ description: "With `ring`: the values with the most grants." }),
  ),
});

export type SuspectStep = "hold" | "release" | "extend" | "clawback";

export interface ActInput {
  token: string;
  step: SuspectStep;
  why: string;
  evidence?: string;
  /** extend: the new expiry of all that expire before it. */
  expiresAtMs?: number;
  /** Of the answer before. */
  from?: number;
}

export const actSchema: z.ZodType<ActInput> = z
  .strictObject({
    token: idSchema("Of a preview that this server made and still has."),
    step: z.enum(["hold", "release", "extend", "clawback"]),
    why: whySchema,
    evidence: z.exactOptional(evidenceSchema),
    expiresAtMs: z.exactOptional(
      instantSchema("extend, and only there: the new expiry, in ms since 1970 UTC."),
    ),
    from: z.exactOptional(countSchema("`next` of the answer before; 0 at first.")),
  })
  .refine(({ step, expiresAtMs }) => (step === "extend") === (expiresAtMs !== undefined), {
    error: "expected the new expiry with the step extend, and with no other",
    path: ["expiresAtMs"],
  });

export interface ActAnswer extends AnswerBase {
  /** Grants of the set, how many were done by this call, and those that it left alone. */
  grants?: number;
  done?: number;
  changed?: number;
  refused?: number;
  currency?: string;
  returnedMinor?: number;
  owedMinor?: number;
  /** There is more: ask again from here. */
  next?: number;
}

export const actAnswerSchema: z.ZodType<ActAnswer> = z.strictObject({
  ...answerBase,
  grants: z.exactOptional(countSchema("Grants of the whole set.")),
  done: z.exactOptional(countSchema("Done by this call, or by the same call before.")),
  changed: z.exactOptional(countSchema("Left alone, for they are not as the preview saw them.")),
  refused: z.exactOptional(countSchema("Left alone, for the step is not possible.")),
  currency: z.exactOptional(z.string().meta({ description: "ISO 4217." })),
  returnedMinor: z.exactOptional(countSchema("clawback: what returned to the budget.")),
  owedMinor: z.exactOptional(countSchema("clawback: what is owing.")),
  next: z.exactOptional(countSchema("There is more: ask again with `from`.")),
});

export interface SampleInput {
  suspects: number;
  others: number;
}

export const sampleSchema: z.ZodType<SampleInput> = z.strictObject({
  suspects: z.int().min(0).max(LIMITS.page).meta({ description: "So many that were suspected." }),
  others: z.int().min(0).max(LIMITS.page).meta({ description: "So many that were not." }),
});

export interface SampledGrant extends FoundGrant {
  offer: string;
  grantedAtMs: number;
}

export interface SampledGroup {
  /** How many there are to draw from. */
  grants: number;
  sample: SampledGrant[];
}

export interface SampleAnswer extends AnswerBase {
  currency?: string;
  suspects?: SampledGroup;
  others?: SampledGroup;
}

const groupSchema = z.strictObject({
  grants: countSchema("How many there are to draw from."),
  sample: z.array(
    z.strictObject({
      grant: z.string(),
      offer: campaignIdSchema,
      state: stateSchema,
      amountMinor: countSchema("What was granted."),
      spentMinor: countSchema("What was spent of it."),
      grantedAtMs: z.int().meta({ description: "When it was granted." }),
    }),
  ),
});

export const sampleAnswerSchema: z.ZodType<SampleAnswer> = z.strictObject({
  ...answerBase,
  currency: z.exactOptional(z.string().meta({ description: "ISO 4217." })),
  suspects: z.exactOptional(groupSchema),
  others: z.exactOptional(groupSchema),
});
