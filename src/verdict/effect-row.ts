// An effect as a verdict holds it, and which of several readings of one effect decides.
import type { Effect } from "../stats/effect.ts";
import type { EffectReadings } from "./effect-readings.ts";
import type { Estimand, Metric } from "./metric.ts";

/** An effect as the verdict holds it, in which nothing is infinite. */
export interface EffectInterval extends Omit<Effect, "degreesOfFreedom"> {
  /** Null means the normal reference. */
  readonly degreesOfFreedom: number | null;
}

/**
 * Whom an effect is on: everybody assigned; the same, less what their number before the experiment
 * explains; the same, with every segment at its share of all users; or those who claim when they
 * may.
 */
export type Population = "assigned" | "adjusted" | "stratified" | "claimed";

/** One population's effect, before it is read beside others. */
export interface PlainEffect {
  readonly population: Population;
  readonly controlMean: number;
  readonly treatmentMean: number;
  /** Null where the data do not allow an interval; `note` then says why. */
  readonly absolute: EffectInterval | null;
  /** Null also where the control's mean is too near zero to divide by. */
  readonly relative: EffectInterval | null;
  readonly note: string | null;
}

export interface EffectRow extends PlainEffect, EffectReadings {
  readonly estimand: Estimand;
  readonly metric: Metric;
  readonly arm: string;
  readonly control: string;
  /**
   * The p value that may be read beside those of the other metrics and arms (Holm); null where one
   * question was asked, and for rows that do not decide.
   */
  readonly holmP: number | null;
  /**
   * For exploring (Benjamini-Hochberg) among the rows that decide and all segments' effects; null
   * as `holmP` is.
   */
  readonly bhP: number | null;
}

/** What the interval of an effect says about zero. */
export type Finding = "raised" | "lowered" | "unclear" | "not_measured";

const BY_SHARPNESS: readonly Population[] = ["adjusted", "stratified", "assigned"];

/**
 * The rows that a verdict on a metric speaks of, one an arm: adjusted where there is a number
 * before the experiment, else stratified where segments were named for it, since who gives one
 * means it to be used.
 */
export function decisiveRows(rows: readonly EffectRow[], metric: string | undefined): EffectRow[] {
  const own = rows.filter((row) => row.metric.id === metric && row.population !== "claimed");
  const arms = [...new Set(own.map(({ arm }) => arm))];
  return arms.map((arm) => decisiveOf(own.filter((row) => row.arm === arm)));
}

/** The sharpest of one arm's effects on one metric that has an interval. */
export function decisiveOf<T extends PlainEffect>(effects: readonly T[]): T {
  const ranked = BY_SHARPNESS.flatMap((population) =>
    effects.filter((effect) => effect.population === population),
  );
  return ranked.find(({ absolute }) => absolute !== null) ?? ranked.at(-1)!;
}

/**
 * Whether an effect is clear of zero: by its own interval and, where it decides among several
 * questions, by Holm too. Every word that says "works", "pays" or "caused" asks this.
 */
export function isClear({ absolute, holmP }: EffectRow): boolean {
  if (absolute === null) return false;
  const isApart = absolute.lower > 0 || absolute.upper < 0;
  return isApart && (holmP === null || holmP < 1 - absolute.level);
}

/** What an effect's interval says. */
export function findingOf({ absolute }: EffectRow): Finding {
  if (absolute === null) return "not_measured";
  if (absolute.lower > 0) return "raised";
  return absolute.upper < 0 ? "lowered" : "unclear";
}

/** The rows that decide and have an interval, of all metrics, in order. */
export function askedRows(rows: readonly EffectRow[]): EffectRow[] {
  const metrics = [...new Set(rows.map(({ metric }) => metric.id))];
  return metrics
    .flatMap((metric) => decisiveRows(rows, metric))
    .filter(({ absolute }) => absolute !== null);
}
