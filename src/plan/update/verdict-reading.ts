// The part of a verdict's JSON that calibration reads. No more of it, so that verdicts of earlier
// and later versions are read alike.
import { z } from "zod";
import { HongbaoError } from "../../base/error.ts";

export interface VerdictReading {
  readonly title: string;
  readonly studies: readonly VerdictStudy[];
  readonly money: readonly {
    readonly study: string;
    readonly arm: string;
    readonly users: number;
    /** Null: a verdict that does not say it. */
    readonly rewarded: number | null;
  }[];
}

export interface VerdictStudy {
  readonly title: string;
  readonly estimand: string;
  readonly grade: string;
  readonly arms: readonly { readonly id: string; readonly n: number }[];
  readonly effects: readonly VerdictEffect[];
  readonly cannibalised: readonly {
    readonly arm: string;
    readonly margin: number;
    readonly lost: number;
    readonly lower: number;
    readonly upper: number;
    readonly level: number;
  }[];
}

export interface VerdictEffect {
  readonly metric: { readonly id: string };
  readonly population: string;
  readonly arm: string;
  readonly treatmentMean: number;
  readonly absolute: { readonly estimate: number; readonly standardError: number } | null;
}

const number = z.number();
const text = z.string();

const schema: z.ZodType<VerdictReading> = z.object({
  title: text,
  studies: z.array(
    z.object({
      ...{ title: text, estimand: text, grade: text },
      arms: z.array(z.object({ id: text, n: number })),
      effects: z.array(
        z.object({
          ...{ metric: z.object({ id: text }), population: text, arm: text },
          ...{ treatmentMean: number },
          absolute: z.object({ estimate: number, standardError: number }).nullable(),
        }),
      ),
      cannibalised: z
        .array(
          z.object({
            arm: text,
            margin: number,
            lost: number,
            lower: number,
            upper: number,
            level: number,
          }),
        )
        .default([]),
    }),
  ),
  money: z
    .array(
      z.object({
        study: text,
        arm: text,
        users: number,
        rewarded: number.nullable().default(null),
      }),
    )
    .default([]),
});

/** Throws HongbaoError `invalid_file`. */
export function readVerdictReading(json: string, file: string): VerdictReading {
  const refuse = (why: string): HongbaoError =>
    new HongbaoError({
      code: "invalid_file",
      message: `${file}: expected what \`hongbao prove --json\` prints, found ${why}`,
    });
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch (cause) {
    throw refuse(cause instanceof Error ? cause.message : String(cause));
  }
  const read = schema.safeParse(raw);
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0]!;
  throw refuse(`${path.map(String).join(".") || "the whole"}: ${message}`);
}
