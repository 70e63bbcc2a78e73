// Metrics x arms -> effects: on all who were assigned (intention to treat) and on those who claimed
// (assignment as instrument), absolute and relative, each with its interval and its question.
import {
  type ArmSummary,
  adjustP,
  complierEffect,
  differenceInMeans,
  type Effect,
  isAdjustable,
  isLiftDefined,
  type Moments,
  regressionAdjusted,
  relativeLift,
  summarizeMoments,
  summarizeShare,
} from "../stats/index.ts";
import type { Estimand, Metric, Study, StudyArm } from "./study.ts";

export interface EffectRow {
  readonly estimand: Estimand;
  /**
   * Whom the effect is on: everybody assigned; the same, less what their number before the
   * experiment explains; or those who claim when they may.
   */
  readonly population: "assigned" | "adjusted" | "claimed";
  readonly metric: Metric;
  readonly arm: string;
  readonly control: string;
  readonly controlMean: number;
  readonly treatmentMean: number;
  /** Null where the data do not allow an interval; `note` then says why. */
  readonly absolute: Effect | null;
  /** Null also where the control's mean is too near zero to divide by. */
  readonly relative: Effect | null;
  readonly note: string | null;
  /**
   * The p value that may be read beside those of the other metrics and arms (Holm); null where one
   * question was asked, and for readings beside the assigned.
   */
  readonly holmP: number | null;
}

/** All effects of a study, metric by metric, arm by arm, in the order that the study gives them. */
export function effectsOf(study: Study, level?: number): EffectRow[] {
  const rows: EffectRow[] = [];
  for (const metric of study.metrics) {
    for (const arm of study.treatments) {
      rows.push(assignedEffect(study, metric, arm, level));
      const adjusted = adjustedEffect(study, metric, arm, level);
      if (adjusted !== null) rows.push(adjusted);
      const claimed = claimedEffect(study, metric, arm, level);
      if (claimed !== null) rows.push(claimed);
    }
  }
  return withHolm(rows);
}

/**
 * The rows that a verdict on a metric speaks of: adjusted where there is a number before the
 * experiment, since who gives one means it to be used.
 */
export function decisiveRows(rows: readonly EffectRow[], metric: string | undefined): EffectRow[] {
  const own = rows.filter((row) => row.metric.id === metric && row.population !== "claimed");
  return own.filter(
    (row) =>
      row.population === "adjusted" ||
      !own.some((other) => other.population === "adjusted" && other.arm === row.arm),
  );
}

/** Over the rows that decide, one for each metric and arm. */
function withHolm(rows: readonly EffectRow[]): EffectRow[] {
  const metrics = [...new Set(rows.map(({ metric }) => metric.id))];
  const asked = metrics
    .flatMap((metric) => decisiveRows(rows, metric))
    .filter(({ absolute }) => absolute !== null);
  if (asked.length < 2) return rows.slice();
  const adjusted = adjustP(
    asked.map(({ absolute }) => absolute!.p),
    "holm",
  );
  return rows.map((row) => {
    const at = asked.indexOf(row);
    return at < 0 ? row : { ...row, holmP: adjusted[at]! };
  });
}

function adjustedEffect(
  study: Study,
  metric: Metric,
  arm: StudyArm,
  level: number | undefined,
): EffectRow | null {
  const [a, b] = [study.control.before?.[metric.id], arm.before?.[metric.id]];
  if (a === undefined || b === undefined || a.n < 2 || b.n < 2) return null;
  const base = { ...baseRow(study, metric, arm), population: "adjusted" as const };
  // Where the number before explains all, the plain reading stands alone.
  if (!isAdjustable(a, b)) return null;
  const { absolute, relative, varianceReduction } = regressionAdjusted(a, b, level);
  const part = `${(100 * varianceReduction).toFixed(1)} % of the variance explained before`;
  return { ...base, absolute, relative, note: part };
}

function assignedEffect(
  study: Study,
  metric: Metric,
  arm: StudyArm,
  level: number | undefined,
): EffectRow {
  const [a, b] = [study.control.outcomes[metric.id]!, arm.outcomes[metric.id]!];
  const base = baseRow(study, metric, arm);
  const blocked = obstacle(a, b, study.control.id, arm.id);
  if (blocked !== null) return { ...base, absolute: null, relative: null, note: blocked };
  // One reference for interval and p value, so that the two can never disagree about zero.
  const [control, treatment] = [summarize(metric, a), summarize(metric, b)];
  if (control.variance + treatment.variance === 0) {
    const same = "no interval: every user has the same value";
    const note = `${same} within ${study.control.id} and within ${arm.id}`;
    return { ...base, absolute: null, relative: null, note };
  }
  const absolute = differenceInMeans(control, treatment, level);
  if (!isLiftDefined(control)) {
    const note = "no relative effect: the control's mean is too near zero";
    return { ...base, absolute, relative: null, note };
  }
  return { ...base, absolute, relative: relativeLift(control, treatment, level), note: null };
}

function claimedEffect(
  study: Study,
  metric: Metric,
  arm: StudyArm,
  level: number | undefined,
): EffectRow | null {
  const [a, b] = [study.control.claims?.[metric.id], arm.claims?.[metric.id]];
  if (a === undefined || b === undefined || a.n < 2 || b.n < 2) return null;
  const { effect, strength } = complierEffect(a, b, level);
  const base = { ...baseRow(study, metric, arm), population: "claimed" as const, relative: null };
  if (effect !== null) return { ...base, absolute: effect, note: null };
  const note = `too few claims for an effect on those who claimed (F = ${strength.toFixed(1)})`;
  return { ...base, absolute: null, note };
}

function baseRow(
  study: Study,
  metric: Metric,
  arm: StudyArm,
): Omit<EffectRow, "absolute" | "relative" | "note"> {
  return {
    holmP: null,
    estimand: study.estimand,
    population: "assigned",
    metric,
    arm: arm.id,
    control: study.control.id,
    controlMean: meanOf(study.control.outcomes[metric.id]!),
    treatmentMean: meanOf(arm.outcomes[metric.id]!),
  };
}

function summarize(metric: Metric, moments: Moments): ArmSummary {
  return metric.kind === "share"
    ? summarizeShare(moments.sum, moments.n)
    : summarizeMoments(moments);
}

function obstacle(a: Moments, b: Moments, control: string, arm: string): string | null {
  if (a.n < 2) return `arm ${control} has ${a.n} users: at least 2 are needed`;
  if (b.n < 2) return `arm ${arm} has ${b.n} users: at least 2 are needed`;
  return null;
}

function meanOf(moments: Moments): number {
  return moments.n === 0 ? 0 : moments.sum / moments.n;
}
