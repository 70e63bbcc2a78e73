// Where the effect is: the same effects by segment, for exploring. Whether they differ at all is
// one test a segmentation (Cochran's Q); a single segment's finding never enters the headline.
import { adjustP, heterogeneity } from "../stats/index.ts";
import { askedRows, decisiveOf, type EffectRow } from "../verdict/effect-row.ts";
import type { Metric } from "../verdict/metric.ts";
import type { SegmentDifference, SegmentReading, SegmentRow } from "../verdict/segment-reading.ts";
import { adjustedEffect, assignedEffect } from "./effects-by-population.ts";
import { ENOUGH_USERS, tooFewOf } from "./enough.ts";
import { hasFigures, obstacleOf, usersOf } from "./metric-summary.ts";
import type { Segment, Study, StudyArm } from "./study.ts";

/** All segmentations of a study, and its effects with the p values that belong beside them. */
export function withSegments(
  study: Study,
  effects: readonly EffectRow[],
  level: number | undefined,
): { effects: EffectRow[]; segments: SegmentReading[] } {
  const names = [...new Set((study.segments ?? []).map(({ by }) => by))];
  const groups = names.map((by) => ({ by, rows: rowsBy(study, by, level) }));
  const asked = askedRows(effects);
  const measured = groups.flatMap(({ rows }) => rows.filter(({ absolute }) => absolute !== null));
  const all: readonly (EffectRow | SegmentRow)[] = [...asked, ...measured];
  const adjusted = benjaminiHochberg(all.map(({ absolute }) => absolute!.p));
  const byRow = new Map(all.map((row, i) => [row, all.length < 2 ? null : adjusted[i]!]));
  const read = <T extends EffectRow | SegmentRow>(row: T): T => {
    return { ...row, bhP: byRow.get(row) ?? null };
  };
  const segments = groups.map(({ by, rows }) => ({ by, rows: rows.map(read) }));
  return { effects: effects.map(read), segments: withDifferences(study, segments, level) };
}

function benjaminiHochberg(p: readonly number[]): number[] {
  return adjustP(p, "benjamini-hochberg");
}

function rowsBy(study: Study, by: string, level: number | undefined): SegmentRow[] {
  const segments = study.segments!.filter((segment) => segment.by === by);
  return study.metrics.flatMap((metric) =>
    study.treatments.flatMap(({ id }) =>
      segments.map((segment) => segmentRow(study, segment, metric, id, level)),
    ),
  );
}

function segmentRow(
  study: Study,
  { value, arms }: Segment,
  metric: Metric,
  arm: string,
  level: number | undefined,
): SegmentRow {
  const control = arms.find(({ id }) => id === study.control.id);
  const treatment = arms.find(({ id }) => id === arm);
  const row = {
    ...{ value, metric: metric.id, arm, bhP: null },
    controlUsers: control?.n ?? 0,
    treatmentUsers: treatment?.n ?? 0,
  };
  const none = (note: string): SegmentRow => {
    const figures = { controlMean: null, treatmentMean: null, absolute: null, relative: null };
    return { ...row, ...figures, population: "assigned", note };
  };
  if (control === undefined) return none(`nobody in arm ${study.control.id}`);
  if (treatment === undefined) return none(`nobody in arm ${arm}`);
  const few = tooFew(metric, control) ?? tooFew(metric, treatment);
  if (few !== null) return none(few);
  const fewCases = tooFewOf(metric, control, treatment);
  if (fewCases !== null) return none(fewCases);
  const effects = [
    assignedEffect(metric, control, treatment, level),
    adjustedEffect(metric, control, treatment, level),
  ].filter((effect) => effect !== null);
  const { population, ...effect } = decisiveOf(effects);
  return { ...row, ...effect, population: population === "adjusted" ? population : "assigned" };
}

function tooFew(metric: Metric, arm: StudyArm): string | null {
  if (!hasFigures(metric, arm)) return `no figures of ${arm.n} users in arm ${arm.id}`;
  if (arm.unboundedQuantiles?.[metric.id] !== undefined) return obstacleOf(metric, arm);
  const users = usersOf(metric, arm);
  if (users < ENOUGH_USERS) return `${users} users in arm ${arm.id}: fewer than ${ENOUGH_USERS}`;
  return null;
}

function withDifferences(
  study: Study,
  groups: readonly { readonly by: string; readonly rows: readonly SegmentRow[] }[],
  level = 0.95,
): SegmentReading[] {
  const tests = groups.flatMap(({ by, rows }) =>
    study.metrics.flatMap((metric) =>
      study.treatments.flatMap(({ id: arm }) => {
        const effects = rows
          .filter((row) => row.metric === metric.id && row.arm === arm)
          .flatMap(({ absolute }) => (absolute === null ? [] : [absolute]));
        if (effects.length < 2) return [];
        return [{ by, metric: metric.id, arm, ...heterogeneity(effects) }];
      }),
    ),
  );
  const adjusted = benjaminiHochberg(tests.map(({ p }) => p));
  return groups.map(({ by, rows }) => ({
    by,
    rows,
    differences: tests.flatMap(({ by: own, ...test }, i): SegmentDifference[] => {
      const finding = adjusted[i]! < 1 - level ? ("differs" as const) : ("not shown" as const);
      return own === by ? [{ ...test, bhP: adjusted[i]!, finding }] : [];
    }),
  }));
}
