// Where a campaign's money stands and where it goes: what is out, what of it will be spent, when
// nothing is left to give.
import { z } from "zod";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { countSchema } from "./text.ts";

export interface MoneySpan {
  fromMinor: number;
  toMinor: number;
}

export interface SpendForecast {
  /** The middle of the draws. */
  spendMinor: number;
  /** 80 % and 95 % of them. */
  likely: MoneySpan;
  almostSure: MoneySpan;
  /** The age that grants have reached: nothing was learned of any beyond it. */
  seenToAgeMs: number;
  /** As almostSure, if nobody redeems at ages beyond it, and if everybody does. */
  bounds: MoneySpan;
  /** 0 to 1: that more is asked for than the budget holds. */
  refusalChance: number;
}

export interface RunOut {
  /** 0 to 1: that it runs out before claims end. */
  chance: number;
  /** The middle of the draws, and 90 % of them; null: not before claims end. */
  atMs: number | null;
  fromMs: number | null;
  toMs: number | null;
  /** What is taken in an hour, lately, and how long that was looked at. */
  hourlyMinor: number;
  learnedFromMs: number;
  isPaced: boolean;
}

export interface OutlookAnswer extends AnswerBase {
  campaign: string;
  currency?: string;
  decimals?: number;
  budgetMinor?: number;
  spentMinor?: number;
  reservedMinor?: number;
  settlingMinor?: number;
  returnedMinor?: number;
  setAsideMinor?: number;
  receivableMinor?: number;
  freeMinor?: number;
  grantableMinor?: number;
  beyondMinor?: number;
  worstMinor?: number;
  expected?: SpendForecast;
  redeemedBy?: { ageMs: number; share: number }[];
  runOut?: RunOut | null;
}

const spanSchema: z.ZodType<MoneySpan> = z.strictObject({
  fromMinor: countSchema("Not less than."),
  toMinor: countSchema("Not more than."),
});

const shareSchema = z.number().min(0).max(1);
const instantSchema = z.int().nullable();

export const forecastSchema: z.ZodType<SpendForecast> = z.strictObject({
  spendMinor: countSchema(
    "What will have been spent of all that is out now: as likely more as less.",
  ),
  likely: spanSchema.meta({ description: "With 80 %." }),
  almostSure: spanSchema.meta({ description: "With 95 %." }),
  seenToAgeMs: countSchema("The age that grants have reached; beyond it nothing was learned."),
  bounds: spanSchema.meta({
    description: "As almostSure, if nobody redeems at ages never seen, and if everybody does.",
  }),
  refusalChance: shareSchema.meta({ description: "That more is asked for than the budget holds." }),
});

export const runOutSchema: z.ZodType<RunOut> = z.strictObject({
  chance: shareSchema.meta({ description: "That nothing is left before claims end." }),
  atMs: instantSchema.meta({ description: "When: as likely sooner as later. Null: never." }),
  fromMs: instantSchema.meta({ description: "Not sooner, with 95 %." }),
  toMs: instantSchema.meta({ description: "Not later, with 95 %. Null: perhaps never." }),
  hourlyMinor: countSchema("What is granted in an hour, lately."),
  learnedFromMs: countSchema("How long a past that is learned from."),
  isPaced: z.boolean().meta({ description: "Whether curves let the money out." }),
});

export const outlookAnswerSchema: z.ZodType<OutlookAnswer> = z.strictObject({
  ...answerBase,
  campaign: z.string(),
  currency: z.exactOptional(z.string()),
  decimals: z.exactOptional(z.int()),
  budgetMinor: z.exactOptional(countSchema("The budget.")),
  spentMinor: z.exactOptional(countSchema("Redeemed and not reversed.")),
  reservedMinor: z.exactOptional(countSchema("Out, and not yet redeemed.")),
  settlingMinor: z.exactOptional(countSchema("Expired, waiting for late reports.")),
  returnedMinor: z.exactOptional(countSchema("The part of free that is not granted again.")),
  setAsideMinor: z.exactOptional(countSchema("The part of free that is kept for somebody.")),
  receivableMinor: z.exactOptional(countSchema("Spent of grants clawed back, and still owing.")),
  freeMinor: z.exactOptional(countSchema("Neither spent, reserved nor settling.")),
  grantableMinor: z.exactOptional(countSchema("What can be granted now.")),
  beyondMinor: z.exactOptional(countSchema("What is out beyond the budget, by over-issue.")),
  worstMinor: z.exactOptional(
    countSchema("What is spent if everybody redeems what he holds; never above the budget."),
  ),
  expected: z.exactOptional(forecastSchema),
  redeemedBy: z.exactOptional(
    z
      .array(z.strictObject({ ageMs: z.int(), share: shareSchema }))
      .meta({ description: "The share of a grant that is redeemed by an age, as learned so far." }),
  ),
  runOut: z.exactOptional(
    runOutSchema.nullable().meta({ description: "Null: no claims now, or too little to tell by." }),
  ),
});
