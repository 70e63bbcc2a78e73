// The published figures of a campaign (published.yaml): read strictly, handed out by name and unit,
// so that no figure is used without its source, or as something else than it is.
import { parse } from "yaml";
import { z } from "zod";
import { HongbaoError } from "../base/error.ts";
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

const assumptionSchema = z
  .strictObject({
    point: z.number().describe("The number where one alone is wanted; within the range."),
    range: z.tuple([z.number(), z.number()]).describe("From, to."),
    unit: z.string().min(1).describe("What uses the assumption checks it."),
    shape: z
      .enum(["uniform", "triangular", "lognormal"])
      .describe("`uniform` and `triangular` lie within the range; 90 % of a `lognormal` do."),
    why: z.string().min(1).describe("Why this range."),
  })
  .refine(({ range }) => range[0] < range[1], "expected a range of [low, high] with low < high")
  .refine(
    ({ point, range }) => range[0] <= point && point <= range[1],
    "expected a point within its range",
  )
  .refine(
    ({ shape, range }) => shape !== "lognormal" || range[0] > 0,
    "expected a lognormal range above 0",
  );

export const publishedSchema: z.ZodType<PublishedFile> = z.strictObject({
  campaign: z.string().min(1).describe("The campaign's id."),
  title: z.string().min(1).describe("What reports call it."),
  currency: z.string().length(3).describe("Of all money in the file that names no other."),
  figures: z.record(z.string(), figureSchema).describe("What was published, by id."),
  assumptions: z
    .record(z.string(), assumptionSchema)
    .describe("What nobody published and a reading of the figures needs, by id."),
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

export interface Assumption {
  readonly point: number;
  readonly range: readonly [number, number];
  readonly unit: string;
  /** Uniform and triangular lie within the range; of a lognormal, 90 % do. */
  readonly shape: "uniform" | "triangular" | "lognormal";
  readonly why: string;
}

export interface PublishedFile {
  readonly campaign: string;
  readonly title: string;
  readonly currency: string;
  readonly figures: Readonly<Record<string, Figure>>;
  readonly assumptions: Readonly<Record<string, Assumption>>;
  /** How a plan is judged by the figures; checked where that is asked. */
  readonly judge?: RawJudge | undefined;
}

/** Reads the text of a published.yaml. Throws `invalid_file` with the path of what is wrong. */
export function readPublished(text: string, name = "published.yaml"): Published {
  let data: unknown;
  try {
    data = parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw invalid(`${name} is not YAML: ${reason}`, cause);
  }
  const result = publishedSchema.safeParse(data);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    throw invalid(`${name}: ${issue.path.join(".") || "the file"}: ${issue.message}`);
  }
  return new Published(result.data, name);
}

export class Published {
  readonly file: PublishedFile;
  private readonly name: string;

  constructor(file: PublishedFile, name: string) {
    this.file = file;
    this.name = name;
  }

  /** A figure that must be there, in this unit. */
  figure(id: string, unit: string): Figure {
    return this.checked(this.file.figures[id], `figures.${id}`, unit);
  }

  value(id: string, unit: string): number {
    return this.figure(id, unit).value;
  }

  assumption(id: string, unit: string): Assumption {
    return this.checked(this.file.assumptions[id], `assumptions.${id}`, unit);
  }

  private checked<T extends { readonly unit: string }>(
    found: T | undefined,
    path: string,
    unit: string,
  ): T {
    if (found === undefined) throw invalid(`${this.name}: expected ${path} in ${unit}, found none`);
    if (found.unit === unit) return found;
    throw invalid(`${this.name}: expected ${path} in ${unit}, found it in ${found.unit}`);
  }
}

function invalid(message: string, cause?: unknown): HongbaoError {
  return new HongbaoError({ code: "invalid_file", message, cause });
}
