// What was found out about campaigns and is kept beside them: verdicts, plans, valuations, as the
// command line prints them with --json. A report moves no money and is in no journal.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { boundedText, campaignIdSchema } from "./text.ts";

/** Each is told by its own published schema: schema/<kind>.schema.json. */
export const REPORT_KINDS = [
  "verdict",
  "plan-study",
  "valuation",
  "judgement",
  "back-test",
] as const;

export type ReportKind = (typeof REPORT_KINDS)[number];

export interface ReportInput {
  /** The object itself. */
  report: Record<string, unknown>;
  /** The campaign that it is about, on this server. */
  campaign?: string;
  /** What it was made from, by name: a plan.yaml and its campaign file, a value.yaml. */
  files?: Record<string, string>;
}

const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

const filesSchema: z.ZodType<Record<string, string>> = z
  .record(z.string().regex(FILE_NAME), boundedText(LIMITS.reportFileBytes, "The text of the file."))
  .refine((files) => Object.keys(files).length <= LIMITS.reportFiles, {
    error: `expected at most ${LIMITS.reportFiles} files`,
  })
  .meta({
    description:
      "What it was made from, by name: a plan.yaml and its campaign file, a value.yaml. With " +
      "them the console can change an assumption and compute anew.",
    maxProperties: LIMITS.reportFiles,
  });

export const reportInputSchema: z.ZodType<ReportInput> = z.strictObject({
  report: z.record(z.string(), z.unknown()).meta({
    description:
      "What `hongbao prove`, `plan`, `value`, `plan judge` or `plan back-test` print with " +
      "--json; its kind is recognised.",
  }),
  campaign: z.exactOptional(campaignIdSchema),
  files: z.exactOptional(filesSchema),
});

const BASES = ["plan", "verdict", "published"] as const;
type ValuedBasis = (typeof BASES)[number];

/** What is listed of a report. */
export interface ReportView {
  /** Made from its content: the same report added again is the same. */
  report: string;
  kind: ReportKind;
  title: string;
  campaign?: string;
  /** Its first sentence, where it has one. */
  headline?: string;
  /** Of a valuation: where its campaign comes from. */
  basis?: ValuedBasis;
  /** How strong its evidence is, where that is graded. */
  grade?: string;
  /** Names of the files that it was made from; absent: none came with it. */
  files?: string[];
  addedAtMs: number;
  /** The key that added it. */
  addedBy: string;
  bytes: number;
}

export const reportViewSchema: z.ZodType<ReportView> = z.strictObject({
  report: z.string().meta({ description: "Its id, made from its content." }),
  kind: z.enum(REPORT_KINDS).meta({ description: "Told by schema/<kind>.schema.json." }),
  title: z.string(),
  campaign: z.exactOptional(z.string()),
  headline: z.exactOptional(z.string().meta({ description: "Its first sentence." })),
  basis: z.exactOptional(
    z.enum(BASES).meta({ description: "Of a valuation: where its campaign comes from." }),
  ),
  grade: z.exactOptional(z.string().meta({ description: "How strong its evidence is, A to F." })),
  files: z.exactOptional(z.array(z.string())),
  addedAtMs: z.int(),
  addedBy: z.string().meta({ description: "The public id of the key that added it." }),
  bytes: z.int(),
});

export interface ReportAddAnswer extends AnswerBase {
  /** Absent where nothing was kept. */
  report?: ReportView;
}

export const reportAddAnswerSchema: z.ZodType<ReportAddAnswer> = z.strictObject({
  ...answerBase,
  report: z.exactOptional(reportViewSchema),
});

export interface ReportListAnswer extends AnswerBase {
  reports: ReportView[];
}

export const reportListAnswerSchema: z.ZodType<ReportListAnswer> = z.strictObject({
  ...answerBase,
  reports: z.array(reportViewSchema).meta({ description: "The newest first." }),
});

export interface ReportShowAnswer extends AnswerBase {
  view: ReportView;
  report: Record<string, unknown>;
  files?: Record<string, string>;
}

export const reportShowAnswerSchema: z.ZodType<ReportShowAnswer> = z.strictObject({
  ...answerBase,
  view: reportViewSchema,
  report: z.record(z.string(), z.unknown()).meta({ description: "As it was added." }),
  files: z.exactOptional(z.record(z.string(), z.string())),
});

export interface ReportRemoveAnswer extends AnswerBase {
  report: string;
}

export const reportRemoveAnswerSchema: z.ZodType<ReportRemoveAnswer> = z.strictObject({
  ...answerBase,
  report: z.string(),
});
