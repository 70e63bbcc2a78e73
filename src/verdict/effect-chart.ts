// The effects of a study in one picture: relative to the held-out, since shares and sums have no
// axis in common; and those of one metric by segment, in its own units.

import type { Block } from "../report/document.ts";
import { fittingChart } from "../report/fitting-chart.ts";
import { formatNumber } from "../report/format.ts";
import { type IntervalRow, intervalChart } from "../report/interval-chart.ts";
import { axisWithZero, intervalLines } from "../report/interval-lines.ts";
import type { Picture } from "../report/picture.ts";
import { printable } from "../report/printable.ts";
import { askedRows, decisiveRows, type EffectInterval, type EffectRow } from "./effect-row.ts";
import type { Metric } from "./metric.ts";
import type { SegmentReading } from "./segment-reading.ts";
import type { StudyReading } from "./verdict.ts";

/** The rows that decide; null where none of them has a relative reading. */
export function relativeEffectChart(study: StudyReading, id: string): Block | null {
  const areSeveral = study.arms.length > 2;
  const rows = askedRows(study.effects).flatMap((row) => relativeRow(row, areSeveral));
  if (rows.length === 0) return null;
  const xName = "per cent of the held-out users' mean";
  return forest("Effects relative to the held-out, with their intervals", rows, xName, " %", id);
}

function relativeRow(row: EffectRow, areSeveral: boolean): IntervalRow[] {
  if (row.relative === null) return [];
  const sharper = row.population === "assigned" ? "" : `, ${row.population}`;
  const label = `${row.metric.title}${areSeveral ? `, ${row.arm}` : ""}${sharper}`;
  return [scaled(label, row.relative, 100)];
}

/** The primary metric's effect on all users and on each value; null where fewer than 2 have one. */
export function segmentChart(
  study: StudyReading,
  { by, rows }: SegmentReading,
  id: string,
): Block | null {
  const [primary] = study.metrics;
  if (primary === undefined) return null;
  const areSeveral = study.arms.length > 2;
  const unit = primary.kind === "share" ? 100 : 1;
  const drawn = study.arms.slice(1).flatMap(({ id: arm }): IntervalRow[] => {
    const [all] = decisiveRows(study.effects, primary.id).filter((row) => row.arm === arm);
    const own = rows.filter((row) => row.metric === primary.id && row.arm === arm);
    const lines = [{ value: "all users", absolute: all?.absolute ?? null }, ...own];
    return lines.flatMap(({ value, absolute }) =>
      absolute === null ? [] : [scaled(areSeveral ? `${value}, ${arm}` : value, absolute, unit)],
    );
  });
  if (drawn.length < 3) return null;
  const title = `Effect on ${primary.title} by ${by}, with intervals`;
  return forest(title, drawn, axisName(primary), "", id);
}

function axisName(metric: Metric): string {
  return metric.kind === "share" ? "percentage points" : metric.unit || metric.title;
}

function scaled(
  label: string,
  { estimate, lower, upper }: EffectInterval,
  by: number,
): IntervalRow {
  const text = printable(label);
  return { label: text, estimate: by * estimate, lower: by * lower, upper: by * upper };
}

function forest(
  title: string,
  rows: readonly IntervalRow[],
  xName: string,
  unit: string,
  id: string,
): Block {
  const draw = (isNarrow: boolean): Picture => intervalChart({ rows, xName, isNarrow });
  return fittingChart(id, title, draw, (width) => lines(rows, unit, width));
}

/** For a terminal: one line an effect, on one axis that shows zero. */
function lines(rows: readonly IntervalRow[], unit: string, width: number): string {
  const axis = axisWithZero(rows);
  const span = axis.to - axis.from;
  const digits = span >= 10 ? 0 : Math.min(6, 1 - Math.floor(Math.log10(span || 1)));
  const end = (value: number): string => `${formatNumber(value, digits)}${unit}`;
  return intervalLines({ rows, axis, ends: [end(axis.from), end(axis.to)] }, width);
}
