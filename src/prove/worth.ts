// What an effect is worth: margin for each unit more of the first outcome, less what each treated
// user cost. That something works and still loses money is a finding of its own.
import { decisiveRows, type EffectRow } from "./effects.ts";
import type { StudyReading } from "./verdict.ts";

/** In one money of the asker's choice, the same for both; finite, zero or more. */
export interface WorthQuestion {
  /** Margin of one unit of the first outcome (of one user more, where it is a share). */
  readonly marginPerUnit: number;
  /** What one treated user cost on average. */
  readonly costPerTreated: number;
}

export interface WorthReading extends WorthQuestion {
  readonly arm: string;
  readonly metric: string;
  /** What the margin is for: "additional user" for a share, else "unit of …". */
  readonly per: string;
  /** Margin of the effect less the cost, a treated user; bounds at the effect's level. */
  readonly net: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  /** Whether the effect itself is clear of zero, upwards. */
  readonly works: boolean;
  /** "not_known" where the evidence does not allow to say what was caused. */
  readonly finding: "pays" | "loses" | "unclear" | "not_known";
  /** The margin a unit at which the estimate just pays; null: none would, the effect is <= 0. */
  readonly breakEvenMargin: number | null;
  /** The cost a treated user at which the estimate just pays. */
  readonly breakEvenCost: number;
}

/** The worth of each arm's effect on the first outcome; arms without an effect are left out. */
export function worthOf(study: StudyReading, question: WorthQuestion): WorthReading[] {
  const [first] = study.metrics;
  const rows = decisiveRows(study.effects, first?.id);
  const readings = rows.flatMap((row) => readingOf(row, question));
  if (study.grade === "A") return readings;
  return readings.map((each) => ({ ...each, works: false, finding: "not_known" as const }));
}

function readingOf(row: EffectRow, question: WorthQuestion): WorthReading[] {
  const { absolute } = row;
  if (absolute === null) return [];
  const { marginPerUnit, costPerTreated } = question;
  const net = (effect: number): number => marginPerUnit * effect - costPerTreated;
  const [lower, upper] = [net(absolute.lower), net(absolute.upper)];
  const reading = {
    ...question,
    arm: row.arm,
    metric: row.metric.title,
    per: row.metric.kind === "share" ? "additional user" : `unit of ${row.metric.title}`,
    net: net(absolute.estimate),
    lower,
    upper,
    level: absolute.level,
    works: absolute.lower > 0,
    finding: lower > 0 ? ("pays" as const) : upper < 0 ? ("loses" as const) : ("unclear" as const),
    breakEvenMargin: absolute.estimate > 0 ? costPerTreated / absolute.estimate : null,
    breakEvenCost: Math.max(0, marginPerUnit * absolute.estimate),
  };
  return [reading];
}
