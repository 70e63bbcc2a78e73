// The effects of a study in one picture: relative to the held-out, since shares and sums have no
// axis in common; and those of one metric by segment, in its own units.
import type { Block } from "../report/document.ts";
import { fittingChart } from "../report/fitting-chart.ts";
import { type IntervalRow, intervalChart } from "../report/interval-chart.ts";
import { intervalLine } from "../report/interval-line.ts";
import { textWidth } from "../report/paint.ts";
import { printable } from "../report/printable.ts";
import { askedRows, decisiveRows, type EffectInterval, type EffectRow } from "./effects.ts";
import type { SegmentReading } from "./segments.ts";
import type { Metric } from "./study.ts";
import type { StudyReading } from "./verdict.ts";

const LINE_COLUMNS = 56;
const MOST_LABEL = 34;

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
  const draw = (isNarrow: boolean): string =>
    intervalChart(isNarrow ? `${id}-narrow` : id, { rows, xName, isNarrow });
  return fittingChart(title, draw, lines(rows, unit));
}

/** For a terminal: one line an effect, on one axis that shows zero. */
function lines(rows: readonly IntervalRow[], unit: string): string {
  const from = Math.min(0, ...rows.map(({ lower }) => lower));
  const to = Math.max(0, ...rows.map(({ upper }) => upper));
  const wide = Math.min(MOST_LABEL, Math.max(...rows.map(({ label }) => textWidth(label))));
  const drawn = rows.map((row) => {
    return `${fitted(row.label, wide)}  ${intervalLine(row, { from, to }, LINE_COLUMNS)}`;
  });
  const digits = to - from >= 10 ? 0 : Math.min(6, 1 - Math.floor(Math.log10(to - from || 1)));
  const [left, right] = [from, to].map((end) => `${Number(end.toFixed(digits))}${unit}`);
  return [
    ...drawn,
    `${"".padEnd(wide)}  ${left!.padEnd(LINE_COLUMNS - right!.length)}${right}`,
  ].join("\n");
}

/** Cut or filled to a width on the screen, on which some characters take two columns. */
function fitted(label: string, wide: number): string {
  let text = label;
  while (textWidth(text) > wide) text = `${[...text].slice(0, -2).join("")}…`;
  return text + " ".repeat(wide - textWidth(text));
}
