// What a piece of the data says of one assumption, and what all of them are read with.
import type { Assumption } from "../assumptions/assumption.ts";
import type { HourlyTerms } from "../model/terms.ts";
import { hourlyTerms } from "../monte-carlo/hourly-terms.ts";
import { type Parameter, parametersOf } from "../plan-file/parameters.ts";
import type { PlanFile } from "../plan-file/plan.ts";
import type { JournalReading } from "./journal-reading.ts";
import { type Belief, beliefOf, type Link, linkOf } from "./link.ts";

export interface Finding {
  readonly id: string;
  /** On the scale of the assumption's link; null: nothing can be said yet. */
  readonly data: Belief | null;
  /** Standard deviation of what no count shows, on the same scale. */
  readonly noise: number;
  /** What was seen, in words. */
  readonly says: string;
}

/** No curve is the world: what a share or a delay is off by, beside the chance in its counts. */
export const MODEL_NOISE = 0.05;

/**
 * The same for what is still to come, by the part of it that was not seen: curves break, kitchens
 * are full, news comes.
 */
export const UNSEEN_NOISE = 0.8;

const HOUR_MS = 3_600_000;

export class CalibrationContext {
  readonly plan: PlanFile;
  readonly reading: JournalReading;
  readonly terms: HourlyTerms;
  private readonly parameters: readonly Parameter[];

  constructor(plan: PlanFile, reading: JournalReading) {
    this.plan = plan;
    this.reading = reading;
    this.terms = hourlyTerms(plan);
    this.parameters = parametersOf(plan.campaign);
  }

  /** Hours of the campaign that the journal covers. */
  get nowHour(): number {
    return Math.max(0, (this.reading.toMs - this.reading.startsAtMs) / HOUR_MS);
  }

  /** The hour up to which a wave is observed: its end, now, or when its money was gone. */
  seenTo(wave: number): number {
    const { toHour } = this.terms.waves[wave]!;
    const gone = this.reading.goneAtHour[wave] ?? Number.POSITIVE_INFINITY;
    return Math.min(this.nowHour, toHour, gone);
  }

  hasBegun(wave: number): boolean {
    return this.seenTo(wave) > this.terms.waves[wave]!.fromHour;
  }

  assumption(id: string): Assumption | null {
    return this.plan.assumptions.find((one) => one.id === id) ?? null;
  }

  parameter(id: string): Parameter {
    return this.parameters.find((one) => one.id === id)!;
  }

  link(id: string): Link {
    const { unit, low } = this.parameter(id);
    return linkOf(unit, low);
  }

  /** Null: the plan does not state it, or states it as known. */
  belief(id: string): Belief | null {
    const assumption = this.assumption(id);
    return assumption === null ? null : beliefOf(assumption, this.link(id));
  }

  point(id: string): number | null {
    return this.assumption(id)?.point ?? null;
  }
}

/** With fewer looks than this before claims, nobody knows who came and did not claim. */
const LOOKED_LEAST = 0.9;

/** Whether people are seen when they come, not only when they claim. */
export function hasLooks({ lookedShare }: JournalReading): boolean {
  return lookedShare >= LOOKED_LEAST;
}

export function countOf(list: readonly { readonly count: number }[]): number {
  return list.reduce((sum, { count }) => sum + count, 0);
}
