// Metrics x arms -> effects: on all who were assigned (intention to treat), the same made sharper
// by what was known before, and on those who claimed; each with its interval, read in several ways.
import { adjustP, type Effect } from "../stats/index.ts";
import { adjustedEffect, assignedEffect, claimedEffect } from "./effects-by-population.ts";
import { type EffectReadings, NO_READINGS, readingsOf } from "./effects-read.ts";
import { stratifiedEffect } from "./effects-stratified.ts";
import type { Estimand, Metric, Study, StudyArm } from "./study.ts";

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

/**
 * All effects of a study, metric by metric, arm by arm, in the order that the study gives them.
 * Holm is over this study alone: a verdict on several asks `withHolm` again.
 */
export function effectsOf(study: Study, level?: number): EffectRow[] {
  const rows: EffectRow[] = [];
  for (const metric of study.metrics) {
    for (const arm of study.treatments) rows.push(...armEffects(study, metric, arm, level));
  }
  return withHolm([rows])[0]!;
}

function armEffects(
  study: Study,
  metric: Metric,
  arm: StudyArm,
  level: number | undefined,
): EffectRow[] {
  const { estimand, control } = study;
  const effects = [
    assignedEffect(metric, control, arm, level),
    adjustedEffect(metric, control, arm, level),
    stratifiedEffect(study, metric, arm, level),
    claimedEffect(metric, control, arm, level),
  ].filter((effect) => effect !== null);
  const labels = { estimand, metric, arm: arm.id, control: control.id, holmP: null, bhP: null };
  return effects.map((effect) => {
    const isOnAll = effect.population !== "claimed" && effect.absolute !== null;
    const readings = isOnAll ? readingsOf(study, metric, arm, effect.absolute!) : NO_READINGS;
    return { ...labels, ...effect, ...readings };
  });
}

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

/**
 * The rows of several studies with Holm's p over all that decide: whoever acts on what a verdict
 * says acts on any of its studies, so that they are one family (docs/concepts/many-questions.md).
 */
export function withHolm(studies: readonly (readonly EffectRow[])[]): EffectRow[][] {
  const holmOf = holmOver(
    studies.flatMap((rows) => askedRows(rows)),
    ({ absolute }) => absolute!.p,
  );
  return studies.map((rows) => rows.map((row) => ({ ...row, holmP: holmOf(row) })));
}

/** Holm's p of each of a family; null for others, and where it is of one. */
export function holmOver<T>(
  family: readonly T[],
  pOf: (each: T) => number,
): (of: T) => number | null {
  if (family.length < 2) return () => null;
  const adjusted = adjustP(family.map(pOf), "holm");
  const byMember = new Map(family.map((each, i) => [each, adjusted[i]!]));
  return (of) => byMember.get(of) ?? null;
}
