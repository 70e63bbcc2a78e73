// The published figures of a campaign (published.yaml), each with unit, date and source.
import { z } from "zod";
import { judgeSchema, type RawJudge } from "./judge/judge-schema.ts";

/** A day or a month that there is, of this century. */
function isDate(text: string): boolean {
  const match = /^(20\d{2}-\d{2})(-\d{2})?$/.exec(text);
  if (match === null) return false;
  const day = `${match[1]}${match[2] ?? "-01"}`;
  const atMs = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(day);
}

const figureSchema = z.strictObject({
  value: z.number().describe("As published; a figure that was not found is left out."),
  unit: z.string().min(1).describe("Such as `million users`; what uses the figure checks it."),
  date: z
    .string()
    .regex(/^\d{4}-\d{2}(-\d{2})?$/, "expected a date such as 2026-02-06 or 2026-02")
    .refine(isDate, "expected a day or month of this century that there is")
    .describe("What it is of, or when it was said: `2026-02-06` or `2026-02`."),
  source: z.string().min(1).describe("Who said it. Figures of two sources are never mixed."),
  note: z.string().optional().describe("What a reader must know beside it."),
});

export const publishedSchema: z.ZodType<PublishedFile> = z.strictObject({
  campaign: z.string().min(1).describe("The campaign's id."),
  title: z.string().min(1).describe("What reports call it."),
  currency: z.string().length(3).describe("Of all money in the file that names no other."),
  figures: z.record(z.string(), figureSchema).describe("What was published, by id."),
  judge: judgeSchema
    .optional()
    .describe("Which plan is held against which figures, and how far each source can be off."),
});

export interface Figure {
  readonly value: number;
  readonly unit: string;
  readonly date: string;
  readonly source: string;
  readonly note?: string | undefined;
}

export interface PublishedFile {
  readonly campaign: string;
  readonly title: string;
  readonly currency: string;
  readonly figures: Readonly<Record<string, Figure>>;
  /** How a plan is judged by the figures; checked where that is asked. */
  readonly judge?: RawJudge | undefined;
}
