// Revising a campaign that lives: the whole file as it should be from now on, with who and why.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { type CampaignProblem, type CampaignSource, problemSchema } from "./campaign.ts";
import { definitionSchema } from "./definition.ts";
import { forecastSchema, type RunOut, runOutSchema, type SpendForecast } from "./outlook.ts";
import { type RevisedValue, revisedValueSchema } from "./revised-value.ts";
import {
  digestSchema,
  type LastRevision,
  lastRevisionSchema,
  type ProposalView,
  proposalSchema,
} from "./revision-books.ts";
import { campaignIdSchema, countSchema, whySchema } from "./text.ts";

/** Exactly one of yaml and definition. */
export interface RevisionInput extends CampaignSource {
  version: number;
  why: string;
  moveExpiry?: string[];
  preview?: boolean;
}

export const revisionSchema: z.ZodType<RevisionInput> = z
  .strictObject({
    yaml: z.exactOptional(z.string().meta({ description: "The text of the whole campaign.yaml." })),
    definition: z.exactOptional(definitionSchema),
    version: z.int().min(1).max(255).meta({
      description: "The revision's number: one more than the last one's, 1 for the first.",
    }),
    why: whySchema,
    moveExpiry: z.exactOptional(
      z.array(campaignIdSchema).max(LIMITS.offers).meta({
        description:
          "Offers whose new expiry also holds for grants given before, if they have not expired.",
      }),
    ),
    preview: z.exactOptional(
      z.boolean().meta({ description: "Only say what it would change. Default: false." }),
    ),
  })
  .refine((source) => (source.yaml === undefined) !== (source.definition === undefined), {
    error: "expected exactly one of yaml and definition",
  });

/** Money before or after a revision. */
export interface Exposure {
  budgetMinor: number;
  /** Spent, reserved, settling and returned. */
  boundMinor: number;
  /** What can still be granted, as far as budget, waves and stocks let offers to come reach. */
  freeMinor: number;
}

/** A limit that a revision lowers below what was given already. */
export interface ExceededLimit {
  cap: string;
  counts: "money" | "grants";
  limit: number;
  /** What the cell holds, or the fullest one. */
  most: number;
  /** How many users, devices or merchants have more; absent: all count together. */
  cells?: number;
}

const exceededSchema: z.ZodType<ExceededLimit> = z.strictObject({
  cap: z.string(),
  counts: z.enum(["money", "grants"]),
  limit: countSchema("As revised: minor units, or a number of grants."),
  most: countSchema("What was given already; of several cells in the fullest one."),
  cells: z.exactOptional(countSchema("How many have more; absent: all count together.")),
});

const exposureSchema: z.ZodType<Exposure> = z.strictObject({
  budgetMinor: countSchema("The whole budget."),
  boundMinor: countSchema("Spent, reserved, settling and returned."),
  freeMinor: countSchema("What can still be granted, as far as waves and stocks let it."),
});

/** What is expected of money to come, under the rules of before or after a revision. */
export interface ExposureOutlook {
  /** Of all that is out now. */
  expected: SpendForecast;
  /** Null: no claims are taken, or there is too little to tell by. */
  runOut: RunOut | null;
}

const exposureOutlookSchema: z.ZodType<ExposureOutlook> = z.strictObject({
  expected: forecastSchema.meta({ description: "What will be spent of all that is out now." }),
  runOut: runOutSchema.nullable().meta({
    description: "When nothing is left to grant. Null: no claims now, or too little to tell by.",
  }),
});

export interface RevisionAnswer extends AnswerBase {
  campaign: string;
  /** The version in force after this answer. */
  version: number;
  /** Of a proposal: what consent to it must name. */
  digest?: string;
  /** The proposal whose place it takes, or would take. */
  replaces?: ProposalView;
  /** Only of revision_conflict. */
  lastRevision?: LastRevision;
  preview?: boolean;
  changes?: RevisedValue[];
  before?: Exposure;
  after?: Exposure;
  /** Only of a preview. */
  outlook?: { before: ExposureOutlook; after: ExposureOutlook };
  /** Of a preview: limits below what was given already; absent: none. */
  exceeded?: ExceededLimit[];
  /** Grants given before whose expiry moves. */
  grantsMoved?: number;
  /** Of very many only a part was looked at. */
  grantsMovedIsEstimate?: true;
  /** Warnings. */
  problems?: CampaignProblem[];
}

export const revisionAnswerSchema: z.ZodType<RevisionAnswer> = z.strictObject({
  ...answerBase,
  campaign: campaignIdSchema,
  version: countSchema("The version in force after this answer; 0: as opened."),
  digest: z.exactOptional(digestSchema),
  replaces: z.exactOptional(
    proposalSchema.meta({ description: "The proposal whose place it takes, or would take." }),
  ),
  lastRevision: z.exactOptional(lastRevisionSchema),
  preview: z.exactOptional(z.boolean()),
  changes: z.exactOptional(z.array(revisedValueSchema)),
  before: z.exactOptional(exposureSchema),
  after: z.exactOptional(exposureSchema),
  outlook: z.exactOptional(
    z
      .strictObject({ before: exposureOutlookSchema, after: exposureOutlookSchema })
      .meta({ description: "Of a preview: what is expected by the same draws." }),
  ),
  exceeded: z.exactOptional(
    z
      .array(exceededSchema)
      .meta({ description: "Of a preview: limits below what was given already; absent: none." }),
  ),
  grantsMoved: z.exactOptional(countSchema("Grants given before whose expiry moves.")),
  grantsMovedIsEstimate: z.exactOptional(
    z.literal(true).meta({ description: "Of very many grants only a part was looked at." }),
  ),
  problems: z.exactOptional(z.array(problemSchema)),
});

/** Consent to the proposal that was seen, or only a look at the one that waits. */
export interface ApprovalInput {
  version: number;
  /** Optional in a preview only. */
  digest?: string;
  preview?: boolean;
}

export interface RejectionInput {
  version: number;
  digest: string;
  why: string;
}

const proposedVersion = z.int().min(1).max(255).meta({
  description: "The number of the revision that was proposed.",
});

export const approvalSchema: z.ZodType<ApprovalInput> = z
  .strictObject({
    version: proposedVersion,
    digest: z.exactOptional(digestSchema),
    preview: z.exactOptional(
      z.boolean().meta({ description: "Only say what it would change. Default: false." }),
    ),
  })
  .refine(({ digest, preview = false }) => preview || digest !== undefined, {
    error: "expected the digest of the proposal, which a preview tells",
    path: ["digest"],
  });

export const rejectionSchema: z.ZodType<RejectionInput> = z.strictObject({
  version: proposedVersion,
  digest: digestSchema,
  why: whySchema,
});
