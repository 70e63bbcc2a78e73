// Metrics x arms -> effects: on all who were assigned (intention to treat), the same made sharper
// by what was known before, and on those who claimed; each with its interval, read in several ways.
import { adjustP } from "../stats/index.ts";
import { askedRows, type EffectRow } from "../verdict/effect-row.ts";
import type { Metric } from "../verdict/metric.ts";
import { adjustedEffect, assignedEffect, claimedEffect } from "./effects-by-population.ts";
import { NO_READINGS, readingsOf } from "./effects-read.ts";
import { stratifiedEffect } from "./effects-stratified.ts";
import type { Study, StudyArm } from "./study.ts";

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
