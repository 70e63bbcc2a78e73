// A campaign as it runs: what its live stream says several times a second, and what was taken and
// paid since its start.
import { z } from "zod";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { booksSchema, type CampaignBooks } from "./campaign.ts";
import { forecastSchema, type RunOut, runOutSchema, type SpendForecast } from "./outlook.ts";
import { type EventView, eventViewSchema } from "./system.ts";
import { countSchema } from "./text.ts";

/** How often something was answered, by status or error code. */
export type Tally = Record<string, number>;

export interface LiveAnswers {
  /** Counted since this instant: the first answer of this server; null: there was none. */
  sinceMs: number | null;
  /** By operation. `replayed`: the first answer again, whatever it was. */
  byOperation: Record<string, Tally>;
  /** How often each cap refused, or its curve held back. */
  byCap: Tally;
}

export interface LiveLatency {
  /** Answers of the last seconds. */
  answers: number;
  p50Ms: number;
  p99Ms: number;
}

export interface LiveServer {
  /** Lines that wait for the writer, and lines decided since the start, of all campaigns. */
  waitingLines: number;
  decidedLines: number;
  requests: number;
  batches: number;
  /** By operation, batches as `claim.batch`: of requests; one without any lately is absent. */
  latency: Record<string, LiveLatency>;
  diskFull: boolean;
}

export interface LiveOutlook {
  /** When it was drawn. */
  atMs: number;
  expected: SpendForecast;
  runOut: RunOut | null;
}

export interface LiveView {
  atMs: number;
  /** The journal record that the books rest on. */
  sequence: number;
  /** True while the server is too busy to read the books: they are those of `atMs`. */
  isLate: boolean;
  books: CampaignBooks;
  /** Granted and redeemed in all, before anything came back. */
  issuedMinor: number;
  redeemedMinor: number;
  answers: LiveAnswers;
  outlook: LiveOutlook | null;
  server: LiveServer;
  /** The newest events, at most three of a kind, and how many more there were since the last. */
  events: EventView[];
  passedOver: number;
}

const tallySchema: z.ZodType<Tally> = z.record(z.string(), z.int());

const answersSchema: z.ZodType<LiveAnswers> = z.strictObject({
  sinceMs: z.int().nullable().meta({
    description: "Counted since this instant, the first answer of this server; null: none yet.",
  }),
  byOperation: z.record(z.string(), tallySchema).meta({
    description: "By operation, then by status or error code; `replayed`: a first answer again.",
  }),
  byCap: tallySchema.meta({ description: "How often each cap refused, or its curve held back." }),
});

const latencySchema: z.ZodType<LiveLatency> = z.strictObject({
  answers: countSchema("Requests answered in the last seconds."),
  p50Ms: z.number(),
  p99Ms: z.number(),
});

const serverSchema: z.ZodType<LiveServer> = z.strictObject({
  waitingLines: countSchema("Lines that wait for the writer, of all campaigns."),
  decidedLines: countSchema("Lines decided since the start, of all campaigns."),
  requests: countSchema("Single requests under way."),
  batches: countSchema("Batches under way."),
  latency: z.record(z.string(), latencySchema).meta({
    description:
      "By operation, whole batches as `claim.batch`; one without answers lately is absent.",
  }),
  diskFull: z.boolean(),
});

const outlookSchema: z.ZodType<LiveOutlook> = z.strictObject({
  atMs: z.int().meta({ description: "When it was drawn." }),
  expected: forecastSchema,
  runOut: runOutSchema.nullable(),
});

export const liveViewSchema: z.ZodType<LiveView> = z.strictObject({
  atMs: z.int(),
  sequence: z.int().meta({ description: "The journal record that the books rest on." }),
  isLate: z.boolean().meta({ description: "The server is too busy: the books are those of atMs." }),
  books: booksSchema,
  issuedMinor: countSchema("Granted in all, before anything came back."),
  redeemedMinor: countSchema("Redeemed in all, before anything was reversed."),
  answers: answersSchema,
  outlook: outlookSchema.nullable(),
  server: serverSchema,
  events: z.array(eventViewSchema).meta({ description: "The newest ones, three of a kind." }),
  passedOver: countSchema("Events since the snapshot before that are not among them."),
});

/** An instant, and what may have been granted by then. */
export interface PlannedPoint {
  atMs: number;
  minor: number;
}

/** By curves of the campaign file, by the budgets of its waves, or evenly until claims end. */
const PLANNED_BY = ["curves", "waves", "even"] as const;
export type PlannedBy = (typeof PLANNED_BY)[number];

/** By step, the first one beginning at `fromMs`. */
export interface CampaignHistory {
  fromMs: number;
  stepMs: number;
  grants: number[];
  redemptions: number[];
  issuedMinor: number[];
  redeemedMinor: number[];
  plan: PlannedPoint[];
  /** What says so. */
  planBy: PlannedBy;
}

export interface HistoryAnswer extends AnswerBase {
  campaign: string;
  history?: CampaignHistory;
}

const perStep = (description: string): z.ZodType<number[]> =>
  z.array(z.number()).meta({ description });

const historySchema: z.ZodType<CampaignHistory> = z.strictObject({
  fromMs: z.int().meta({ description: "When the first step begins: with the first grant." }),
  stepMs: z.int().meta({ description: "A power of two of seconds, so that steps stay few." }),
  grants: perStep("Grants made in each step; the last one is not over."),
  redemptions: perStep("Redemptions made in each step."),
  issuedMinor: perStep("What was granted in each step."),
  redeemedMinor: perStep("What was redeemed in each step, before reversals."),
  plan: z.array(z.strictObject({ atMs: z.int(), minor: z.int() })).meta({
    description:
      "What may have been granted by each instant, as far as offers reach; straight in between.",
  }),
  planBy: z.enum(PLANNED_BY).meta({
    description:
      "What says so: curves of the campaign file, else the budgets of its waves, each evenly " +
      "over its time; `even`: it has neither.",
  }),
});

export const historyAnswerSchema: z.ZodType<HistoryAnswer> = z.strictObject({
  ...answerBase,
  campaign: z.string(),
  history: z.exactOptional(historySchema),
});
