// What merchants are owed in a campaign, by merchant and day of its zone.
import { z } from "zod";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { countSchema, idSchema } from "./text.ts";

export interface SettlementQuery {
  merchant?: string;
  day?: string;
  after?: string;
}

export const settlementQuerySchema: z.ZodType<SettlementQuery> = z.strictObject({
  merchant: z.exactOptional(idSchema("Only this merchant, as redemptions name it.")),
  day: z.exactOptional(
    z
      .string()
      .regex(/^\d{4}-\d\d-\d\d$/)
      .meta({ description: "Only this day of the campaign's zone, such as 2026-02-06." }),
  ),
  after: z.exactOptional(
    z
      .string()
      .regex(/^\d{1,10}$/)
      .meta({ description: "How many lines to leave out: those of the pages before." }),
  ),
});

export interface SettlementLineView {
  /** Pseudonym, 32 hex digits; null: no merchant was named. */
  merchant: string | null;
  day: string;
  redemptions: number;
  redeemedMinor: number;
  reversals: number;
  reversedMinor: number;
  mended: number;
  mendedMinor: number;
  late: number;
  lateMinor: number;
  covers: number;
  coverReversals: number;
  contingencyMinor: number;
  lossMinor: number;
  firstAtMs: number;
  lastAtMs: number;
}

export interface SettlementAnswer extends AnswerBase {
  campaign: string;
  title?: string;
  currency?: string;
  decimals?: number;
  timeZone?: string;
  /** Of a rehearsal: nothing of it was money. */
  rehearsal?: true;
  /** The last record that counts, and its chain value. */
  record?: number;
  recordAtMs?: number;
  chain?: string;
  /** Of the whole campaign, whatever was asked for. */
  spentMinor?: number;
  contingencyMinor?: number;
  lossMinor?: number;
  lines?: SettlementLineView[];
  more?: boolean;
}

const lineSchema: z.ZodType<SettlementLineView> = z.strictObject({
  merchant: z.string().nullable().meta({ description: "Pseudonym; null: none was named." }),
  day: z.string(),
  redemptions: countSchema("Reversed ones included."),
  redeemedMinor: countSchema("Minor units."),
  reversals: countSchema("Made on this day, whenever the redemption was."),
  reversedMinor: countSchema("Minor units."),
  mended: countSchema("Redemptions recorded on a later day than they were paid."),
  mendedMinor: countSchema("Part of redeemed."),
  late: countSchema("Redemptions paid before the reward's end and told after it."),
  lateMinor: countSchema("Part of redeemed."),
  covers: countSchema("Payments that no reward could cover."),
  coverReversals: countSchema("Those of any day that were taken back on this day."),
  contingencyMinor: z.int().meta({
    description: "What of them the contingency line bears, less what it got back on this day.",
  }),
  lossMinor: z.int().meta({ description: "What of them it does not bear, reckoned likewise." }),
  firstAtMs: z.int(),
  lastAtMs: z.int(),
});

export const settlementAnswerSchema: z.ZodType<SettlementAnswer> = z.strictObject({
  ...answerBase,
  campaign: z.string(),
  title: z.exactOptional(z.string()),
  currency: z.exactOptional(z.string().meta({ description: "ISO 4217." })),
  decimals: z.exactOptional(countSchema("Decimals of the currency.")),
  timeZone: z.exactOptional(z.string().meta({ description: "Whose days these are." })),
  rehearsal: z.exactOptional(
    z.literal(true).meta({ description: "The campaign is a rehearsal: nothing was money." }),
  ),
  record: z.exactOptional(z.int().meta({ description: "The last record that counts." })),
  recordAtMs: z.exactOptional(z.int()),
  chain: z.exactOptional(z.string().meta({ description: "Its chain value, in hex." })),
  spentMinor: z.exactOptional(z.int().meta({ description: "Of the whole campaign." })),
  contingencyMinor: z.exactOptional(countSchema("Of the whole campaign.")),
  lossMinor: z.exactOptional(countSchema("Of the whole campaign.")),
  lines: z.exactOptional(z.array(lineSchema)),
  more: z.exactOptional(
    z.boolean().meta({ description: "True when more follow: ask again with `after`." }),
  ),
});
