// Campaigns from outside: opening and checking one, and the books that a viewer reads.
import { z } from "zod";
import type { CampaignDefinition } from "../../core/definition.ts";
import { type AnswerBase, answerBase, rehearsalSchema } from "./answer-base.ts";
import { type Attention, attentionSchema } from "./attention.ts";
import { type ContingencyBooks, contingencyBooksSchema } from "./contingency.ts";
import { definitionSchema } from "./definition.ts";
import { type CapView, capViewSchema, type WaveView, waveViewSchema } from "./limit-books.ts";
import { type OverissueBooks, overissueBooksSchema } from "./overissue.ts";
import {
  type LastRevision,
  lastRevisionSchema,
  type ProposalView,
  proposalSchema,
} from "./revision-books.ts";
import { type SuspicionBooks, suspicionBooksSchema } from "./suspicion-books.ts";
import { campaignIdSchema, countSchema } from "./text.ts";

/** Exactly one of the two: the text of a campaign.yaml, or a definition in JSON. */
export interface CampaignSource {
  yaml?: string;
  definition?: CampaignDefinition;
}

export const campaignSourceSchema: z.ZodType<CampaignSource> = z
  .strictObject({
    yaml: z.exactOptional(z.string().meta({ description: "The text of a campaign.yaml." })),
    definition: z.exactOptional(definitionSchema),
  })
  .refine((source) => (source.yaml === undefined) !== (source.definition === undefined), {
    error: "expected exactly one of yaml and definition",
  });

/** One problem of a campaign file or definition. Line and column count from 1; 0: not of a file. */
export interface CampaignProblem {
  severity: "error" | "warning";
  file: string;
  line: number;
  column: number;
  /** Such as `offers[0].reward.fixed`; empty for the whole file. */
  path: string;
  expected: string;
  found: string;
  /** The nearest valid key or name, where there is one. */
  nearest?: string;
}

export const problemSchema: z.ZodType<CampaignProblem> = z.strictObject({
  severity: z.enum(["error", "warning"]).meta({ description: "Warnings do not prevent opening." }),
  file: z.string(),
  line: countSchema("Counted from 1; 0 where there is no file."),
  column: countSchema("Counted from 1; 0 where there is no file."),
  path: z.string().meta({ description: "Such as `offers[0].reward.fixed`." }),
  expected: z.string(),
  found: z.string(),
  nearest: z.exactOptional(z.string().meta({ description: "The nearest valid key or name." })),
});

export interface CheckAnswer extends AnswerBase {
  valid: boolean;
  problems: CampaignProblem[];
  /** What the campaign will do, in plain words; empty when it is not valid. */
  explanation: string[];
}

export const checkAnswerSchema: z.ZodType<CheckAnswer> = z.strictObject({
  ...answerBase,
  valid: z.boolean(),
  problems: z.array(problemSchema),
  explanation: z.array(z.string()).meta({ description: "What the campaign will do." }),
});

export interface CampaignAnswer extends AnswerBase {
  campaign: string;
  retryAtMs?: number;
}

/** The answer of open, pause, resume, end and close. */
export const campaignAnswerSchema: z.ZodType<CampaignAnswer> = z.strictObject({
  ...answerBase,
  campaign: campaignIdSchema,
  retryAtMs: z.exactOptional(z.int()),
});

export type Phase = "scheduled" | "open" | "paused" | "settling" | "closed";

const PHASES: readonly Phase[] = ["scheduled", "open", "paused", "settling", "closed"];

export interface CampaignSummary {
  campaign: string;
  title: string;
  phase: Phase;
  /** Revisions so far; 0: as it was opened. */
  version: number;
  currency: string;
  decimals: number;
  /** IANA, such as Asia/Shanghai: days and hours of the campaign are those of this zone. */
  timeZone: string;
  startsAtMs: number;
  endsAtMs: number;
  closesAtMs: number;
  /** spentMinor + reservedMinor + settlingMinor + freeMinor = budgetMinor. */
  budgetMinor: number;
  spentMinor: number;
  reservedMinor: number;
  settlingMinor: number;
  freeMinor: number;
  rehearsal?: true;
}

const summaryShape = {
  campaign: campaignIdSchema,
  title: z.string(),
  phase: z.enum(PHASES),
  version: countSchema("Revisions so far; 0: as it was opened."),
  currency: z.string().meta({ description: "ISO 4217." }),
  decimals: countSchema("Decimals of the currency."),
  timeZone: z.string().meta({ description: "IANA; the campaign's days are those of this zone." }),
  startsAtMs: z.int(),
  endsAtMs: z.int(),
  closesAtMs: z.int(),
  budgetMinor: countSchema("Equals spent + reserved + settling + free, always."),
  spentMinor: countSchema("Redeemed and not reversed."),
  reservedMinor: countSchema("Granted and not yet spent, returned or swept."),
  settlingMinor: countSchema("Expired, waiting for late reports of merchants."),
  freeMinor: countSchema("Neither spent, reserved nor settling."),
  rehearsal: z.exactOptional(rehearsalSchema),
};

export interface ListedCampaign extends CampaignSummary {
  /** What needs somebody, the most urgent first. */
  attention: Attention[];
}

export interface CampaignListAnswer extends AnswerBase {
  campaigns: ListedCampaign[];
}

export const campaignListAnswerSchema: z.ZodType<CampaignListAnswer> = z.strictObject({
  ...answerBase,
  campaigns: z.array(
    z.strictObject({
      ...summaryShape,
      attention: z
        .array(attentionSchema)
        .meta({ description: "What needs somebody, the most urgent first; empty: nothing." }),
    }),
  ),
});

/** A public round that luck waits for until its value is handed in. */
export interface AwaitedRound {
  round: number;
  dueAtMs: number;
  /** `campaign` or `draw:<id>`. */
  for: string[];
}

export interface CampaignBooks extends CampaignSummary {
  /** Part of freeMinor that came back after expiry and is not granted again. */
  returnedMinor: number;
  /** Part of freeMinor that only packets of pots, or compensation, can take. */
  setAsideMinor: number;
  counts: {
    grants: number;
    redemptions: number;
    reversals: number;
    cancellations: number;
    expiries: number;
    /** Claims of held-out users, those included that would have been refused. */
    withheld: number;
    users: number;
  };
  suspicion: SuspicionBooks;
  waves: WaveView[];
  caps: CapView[];
  overissue?: OverissueBooks;
  /** Whether a revision needs the consent of a second person. */
  fourEyes?: true;
  /** Absent: as opened. */
  lastRevision?: LastRevision;
  /** A revision that waits for the consent of a second person. */
  proposal?: ProposalView;
  /** Who is let in first; absent: everybody. */
  grey?: { share: number; untilMs?: number };
  /** Absent where luck waits for no round. */
  awaits?: AwaitedRound[];
  contingency: ContingencyBooks;
  /** Absent where the campaign has no invites. */
  invites?: {
    codes: number;
    acceptances: number;
    /** Acceptances by the held-out, who got nothing. */
    withheld: number;
    /** Users held out, and how many of them accepted an invite. */
    heldOut: number;
    heldOutReached: number;
  };
}

export const booksSchema: z.ZodType<CampaignBooks> = z.strictObject({
  ...summaryShape,
  returnedMinor: countSchema("The part of free that is not granted again."),
  setAsideMinor: countSchema(
    "The part of free that only packets of pots, or compensation, can take.",
  ),
  counts: z.strictObject({
    grants: countSchema("Ever issued."),
    redemptions: countSchema("Reversed ones included."),
    reversals: countSchema("Ever taken."),
    cancellations: countSchema("Ever taken."),
    expiries: countSchema("Grants swept after expiry."),
    withheld: countSchema("Claims of held-out users, those included that would have been refused."),
    users: countSchema("Users with an arm."),
  }),
  suspicion: suspicionBooksSchema,
  waves: z.array(waveViewSchema),
  caps: z.array(capViewSchema),
  overissue: z.exactOptional(overissueBooksSchema),
  fourEyes: z.exactOptional(
    z.literal(true).meta({ description: "A revision needs the consent of a second person." }),
  ),
  lastRevision: z.exactOptional(lastRevisionSchema),
  proposal: z.exactOptional(proposalSchema),
  grey: z.exactOptional(
    z
      .strictObject({
        share: z.number().meta({ description: "0 to 1." }),
        untilMs: z.exactOptional(z.int().meta({ description: "When everybody is let in." })),
      })
      .meta({ description: "Who is let in first; absent: everybody." }),
  ),
  awaits: z.exactOptional(
    z
      .array(
        z.strictObject({
          round: z.int().meta({ description: "The round whose value must be handed in." }),
          dueAtMs: z.int().meta({ description: "When drand publishes it." }),
          for: z.array(z.string()).meta({ description: "`campaign`, or `draw:` and its id." }),
        }),
      )
      .meta({ description: "Public rounds that luck waits for; absent where it waits for none." }),
  ),
  contingency: contingencyBooksSchema,
  invites: z.exactOptional(
    z.strictObject({
      codes: countSchema("Ever made."),
      acceptances: countSchema("Ever rewarded, on both sides."),
      withheld: countSchema("Acceptances by the held-out."),
      heldOut: countSchema("Users held out."),
      heldOutReached: countSchema("How many of them an invite has reached."),
    }),
  ),
});

export interface CampaignShowAnswer extends AnswerBase {
  books?: CampaignBooks;
}

export const campaignShowAnswerSchema: z.ZodType<CampaignShowAnswer> = z.strictObject({
  ...answerBase,
  books: z.exactOptional(booksSchema),
});
