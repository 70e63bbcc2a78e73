// A claim tried out: what it would be answered now, and every condition and cap that decides it.
import { z } from "zod";
import { STATUSES as STATUS_NAMES, type Status } from "../../core/outcome.ts";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import type { ClaimInput } from "./claim.ts";
import { factsSchema } from "./facts.ts";
import {
  attributesSchema,
  campaignIdSchema,
  countSchema,
  idSchema,
  notAfterSchema,
  refSchema,
} from "./text.ts";

export type DryRunInput = Omit<ClaimInput, "id"> & { id?: string };

export const dryRunSchema: z.ZodType<DryRunInput> = z.strictObject({
  id: z.exactOptional(idSchema("The id of the claim: tells whether it was answered before.")),
  user: idSchema("The caller's id of the user."),
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

/** In the order in which a decision asks for them. */
const TRIED_KINDS = [
  "id",
  "deadline",
  "time",
  "grey",
  "blocked",
  "audience",
  "condition",
  "arm",
  "attribute",
  "cap",
  "budget",
] as const;

export interface TriedCondition {
  kind: (typeof TRIED_KINDS)[number];
  /** The id of a wave, audience or cap, an attribute's name, or a condition's own text. */
  name: string;
  holds: boolean;
  /** In plain words. */
  reason: string;
  /** What is left of a cap or the budget: minor units, or a number of grants. */
  left?: number;
  limit?: number;
  retryAtMs?: number;
}

export interface DryRunAnswer extends AnswerBase {
  offer: string;
  /** What the claim would be answered now. */
  would?: Status;
  conditions?: TriedCondition[];
  /** The reward; a range where luck decides, and luck is told to nobody. */
  minAmountMinor?: number;
  maxAmountMinor?: number;
  currency?: string;
  /** The arm that the user has or would get. Never shown to an app where the holdout is masked. */
  arm?: string;
}

const triedSchema: z.ZodType<TriedCondition> = z.strictObject({
  kind: z.enum(TRIED_KINDS),
  name: z.string().meta({ description: "Which one: an id, a name, or a condition's own text." }),
  holds: z.boolean(),
  reason: z.string().meta({ description: "In plain words." }),
  left: z.exactOptional(countSchema("What is left: minor units, or a number of grants.")),
  limit: z.exactOptional(countSchema("Of how much.")),
  retryAtMs: z.exactOptional(z.int().meta({ description: "When asking again can help." })),
});

export const dryRunAnswerSchema: z.ZodType<DryRunAnswer> = z.strictObject({
  ...answerBase,
  offer: z.string().meta({ description: "The id of the offer." }),
  would: z.exactOptional(
    z.enum(STATUS_NAMES).meta({ description: "What the claim would be answered now." }),
  ),
  conditions: z.exactOptional(
    z.array(triedSchema).meta({ description: "In the order of the decision." }),
  ),
  minAmountMinor: z.exactOptional(countSchema("The least reward, in minor units.")),
  maxAmountMinor: z.exactOptional(
    countSchema("The largest; more than the least where luck decides."),
  ),
  currency: z.exactOptional(z.string().meta({ description: "ISO 4217." })),
  arm: z.exactOptional(
    z.string().meta({ description: "The user's arm; kept from apps where the holdout is masked." }),
  ),
});
