// The part of a verdict's JSON that a valuation reads. No more of it, so that verdicts of earlier
// and later versions are read alike.
import { z } from "zod";
import { contractError } from "../../contract/index.ts";
import type { EvidenceGrade } from "../../plan/campaign-draws.ts";

export interface VerdictSlice {
  readonly title: string;
  readonly grade: EvidenceGrade;
  readonly studies: readonly StudySlice[];
  readonly money: readonly MoneySlice[];
}

export interface StudySlice {
  readonly title: string;
  /** The held-out first. */
  readonly arms: readonly { readonly id: string; readonly n: number }[];
  readonly metrics: readonly { readonly id: string }[];
  readonly effects: readonly EffectSlice[];
  readonly worth: readonly { readonly arm: string; readonly costPerTreated: number }[];
  readonly retention: RetentionSlice | null;
  readonly payback: PaybackSlice | null;
  readonly cannibalised: readonly LostSlice[];
}

export interface EffectSlice {
  readonly metric: { readonly id: string };
  readonly population: string;
  readonly arm: string;
  readonly absolute: { readonly estimate: number; readonly standardError: number } | null;
}

interface PeriodSlice {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

export interface RetentionSlice {
  readonly periodDays: number;
  readonly level: number;
  /** The control first. */
  readonly arms: readonly {
    readonly arm: string;
    readonly seen: readonly PeriodSlice[];
    readonly expected: readonly PeriodSlice[] | null;
  }[];
}

export interface PaybackSlice {
  readonly periodDays: number;
  readonly currency: string;
  readonly marginPerActivePeriod: number;
  readonly arms: readonly { readonly arm: string; readonly cost: { readonly estimate: number } }[];
}

export interface LostSlice {
  readonly arm: string;
  readonly lost: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
}

export interface MoneySlice {
  readonly study: string;
  readonly arm: string;
  readonly currency: string;
  readonly decimals: number;
  readonly issuedMinor: number;
  readonly redeemedMinor: number;
  readonly reversedMinor: number;
}

const number = z.number();
const text = z.string();
const period = z.object({ estimate: number, lower: number, upper: number });

const study = z.object({
  title: text,
  arms: z.array(z.object({ id: text, n: z.int().min(0) })).min(2),
  metrics: z.array(z.object({ id: text })),
  effects: z.array(
    z.object({
      ...{ metric: z.object({ id: text }), population: text, arm: text },
      absolute: z.object({ estimate: number, standardError: number }).nullable(),
    }),
  ),
  worth: z.array(z.object({ arm: text, costPerTreated: number })).default([]),
  retention: z
    .object({
      ...{ periodDays: number.positive(), level: number.gt(0).lt(1) },
      arms: z
        .array(z.object({ arm: text, seen: z.array(period), expected: z.array(period).nullable() }))
        .min(2),
    })
    .nullable()
    .default(null),
  payback: z
    .object({
      ...{ periodDays: number.positive(), currency: text, marginPerActivePeriod: number },
      arms: z.array(z.object({ arm: text, cost: z.object({ estimate: number }) })),
    })
    .nullable()
    .default(null),
  cannibalised: z
    .array(z.object({ arm: text, lost: number, lower: number, upper: number, level: number }))
    .default([]),
});

const sliceSchema: z.ZodType<VerdictSlice> = z.object({
  title: text,
  grade: z.enum(["A", "B", "C", "D", "E", "F"]),
  studies: z.array(study),
  money: z
    .array(
      z.object({
        ...{ study: text, arm: text, currency: text, decimals: z.int().min(0).max(4) },
        ...{ issuedMinor: number, redeemedMinor: number, reversedMinor: number },
      }),
    )
    .default([]),
});

/** Throws HongbaoError `invalid_file`. */
export function readVerdictSlice(json: string, file: string): VerdictSlice {
  const expected = "expected what `hongbao prove --json` prints";
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw contractError("invalid_file", `${file}: ${expected}: ${said}`);
  }
  const read = sliceSchema.safeParse(raw);
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0]!;
  const where = path.length === 0 ? "" : `${path.map(String).join(".")}: `;
  throw contractError("invalid_file", `${file}: ${expected}: ${where}${message}`);
}
