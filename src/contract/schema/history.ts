// What became of one grant, and of a campaign: events of the journal in the order in which they
// happened, each with its place, so that it can be looked up again.
import { z } from "zod";
import { OF_A_CAMPAIGN } from "../../core/touched.ts";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { type RevisedValue, revisedValueSchema } from "./revised-value.ts";
import { countSchema } from "./text.ts";

interface PlacedEvent {
  /** The record that it stands in, and its place there, from 0. */
  sequence: number;
  index: number;
  atMs: number;
}

const placed = {
  sequence: z.int().meta({ description: "The journal record that it stands in." }),
  index: z.int().meta({ description: "Its place in that record, from 0." }),
  atMs: z.int(),
};

/** Who did it and why, where the event says so. */
interface Said {
  by?: string;
  why?: string;
  approvedBy?: string;
}

const said = {
  by: z.exactOptional(z.string().meta({ description: "The public id of the key that asked." })),
  why: z.exactOptional(z.string()),
  approvedBy: z.exactOptional(z.string().meta({ description: "The key that consented." })),
};

export const GRANT_EVENTS = [
  "granted",
  "redeemed",
  "reversed",
  "cancelled",
  "expired",
  "packet_returned",
  "held",
  "released",
  "extended",
  "clawed_back",
  "receivable_settled",
  "contingency",
  "loss",
  "expiry_moved",
  "made_good",
] as const;

export type GrantEventType = (typeof GRANT_EVENTS)[number];

export interface GrantEvent extends PlacedEvent, Said {
  type: GrantEventType;
  evidence?: string;
  amountMinor?: number;
  restMinor?: number;
  owedMinor?: number;
  lostMinor?: number;
  /** A payment without cover that goes back to where it came from. */
  takenBack?: true;
  /** Ordinal of the redemption. */
  redemption?: number;
  redeemableAgain?: boolean;
  /** When a merchant was paid, where it is not when it was told. */
  paidAtMs?: number;
  fromMs?: number;
  untilMs?: number;
  version?: number;
  /** granted: the grant that it makes good; made_good: the grant that does. */
  grant?: string;
}

const grantEventSchema: z.ZodType<GrantEvent> = z.strictObject({
  ...placed,
  type: z.enum(GRANT_EVENTS).meta({
    description:
      "As in the journal; expiry_moved: a revision moved its expiry; made_good: another grant " +
      "was given in its place.",
  }),
  ...said,
  evidence: z.exactOptional(z.string().meta({ description: "Where the evidence lies." })),
  amountMinor: z.exactOptional(
    z.int().meta({
      description: "What was granted, spent, reversed, returned, held, or came in; minor units.",
    }),
  ),
  restMinor: z.exactOptional(countSchema("redeemed: what was left.")),
  owedMinor: z.exactOptional(countSchema("What was owing from then on.")),
  lostMinor: z.exactOptional(
    z.int().meta({ description: "loss: what no line could bear; below 0 when it is taken back." }),
  ),
  takenBack: z.exactOptional(
    z.literal(true).meta({ description: "contingency, loss: the money goes back." }),
  ),
  redemption: z.exactOptional(countSchema("The redemption's number in its campaign, from 0.")),
  redeemableAgain: z.exactOptional(z.boolean()),
  paidAtMs: z.exactOptional(z.int().meta({ description: "When the merchant was paid." })),
  fromMs: z.exactOptional(
    z.int().meta({ description: "expiry_moved, extended: when it expired before." }),
  ),
  untilMs: z.exactOptional(
    z
      .int()
      .meta({ description: "expiry_moved, released, extended: until when it lives at least." }),
  ),
  version: z.exactOptional(countSchema("expiry_moved: by which revision.")),
  grant: z.exactOptional(
    z.string().meta({
      description: "granted: the grant that it makes good; made_good: the one that does.",
    }),
  ),
});

export interface GrantHistoryAnswer extends AnswerBase {
  history?: GrantEvent[];
  /** Older events are left out. */
  more?: boolean;
}

const moreSchema = z.boolean().meta({ description: "True when older events are left out." });

export const grantHistoryAnswerSchema: z.ZodType<GrantHistoryAnswer> = z.strictObject({
  ...answerBase,
  history: z.exactOptional(z.array(grantEventSchema)),
  more: z.exactOptional(moreSchema),
});

export type CampaignEventType = (typeof OF_A_CAMPAIGN)[number];

export interface CampaignEvent extends PlacedEvent, Said {
  type: CampaignEventType;
  /** Of a revision or a proposal. */
  version?: number;
  changes?: RevisedValue[];
  /** proposed: offers whose new expiry also holds for grants given before. */
  moveExpiry?: string[];
  /** Of a draw or a list: its id; of a batch of compensation: its name. */
  name?: string;
  /** Entries of a draw, users of a list, lines of a batch. */
  count?: number;
  round?: number;
}

const campaignEventSchema: z.ZodType<CampaignEvent> = z.strictObject({
  ...placed,
  type: z.enum(OF_A_CAMPAIGN).meta({ description: "As in the journal." }),
  ...said,
  version: z.exactOptional(countSchema("The number of the revision.")),
  changes: z.exactOptional(
    z.array(revisedValueSchema).meta({
      description: "proposed, revised: against the definition in force before; at most 200.",
    }),
  ),
  moveExpiry: z.exactOptional(
    z.array(z.string()).meta({
      description: "proposed: offers whose new expiry also holds for grants given before.",
    }),
  ),
  name: z.exactOptional(
    z.string().meta({ description: "Of a draw or a list: its id; of a batch: its name." }),
  ),
  count: z.exactOptional(countSchema("Entries of a draw, users of a list, lines of a batch.")),
  round: z.exactOptional(countSchema("The public round that came in, or that a draw waits for.")),
});

export interface VersionsAnswer extends AnswerBase {
  history?: CampaignEvent[];
  more?: boolean;
}

export const versionsAnswerSchema: z.ZodType<VersionsAnswer> = z.strictObject({
  ...answerBase,
  history: z.exactOptional(z.array(campaignEventSchema)),
  more: z.exactOptional(moreSchema),
});
