// The effects of a study in one picture: relative to the held-out, since shares and sums have no
// axis in common.
import type { Block } from "../report/document.ts";
import { fittingChart } from "../report/fitting-chart.ts";
import { intervalChart } from "../report/interval-chart.ts";
import { intervalLine } from "../report/interval-line.ts";
import type { EffectRow } from "./effects.ts";
import type { StudyReading } from "./verdict.ts";

const LINE_COLUMNS = 56;

/** Null where no effect has a relative reading. */
export function relativeEffectChart(study: StudyReading, id: string): Block | null {
  const rows = study.effects
    .filter(({ population }) => population === "assigned")
    .flatMap((row) => rowOf(row, study.arms.length > 2));
  if (rows.length === 0) return null;
  const xName = "per cent of the held-out users' mean";
  const draw = (isNarrow: boolean): string =>
    intervalChart(isNarrow ? `${id}-narrow` : id, { rows, xName, isNarrow });
  const title = "Effects relative to the held-out, with their intervals";
  return fittingChart(title, draw, lines(rows));
}

interface Row {
  readonly label: string;
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

function rowOf({ metric, arm, relative }: EffectRow, areSeveral: boolean): Row[] {
  if (relative === null) return [];
  const label = areSeveral ? `${metric.title}, ${arm}` : metric.title;
  const { estimate, lower, upper } = relative;
  return [{ label, estimate: 100 * estimate, lower: 100 * lower, upper: 100 * upper }];
}

/** For a terminal: one line an effect, on one axis that shows zero. */
function lines(rows: readonly Row[]): string {
  const from = Math.min(0, ...rows.map(({ lower }) => lower));
  const to = Math.max(0, ...rows.map(({ upper }) => upper));
  const wide = Math.min(34, Math.max(...rows.map(({ label }) => label.length)));
  const drawn = rows.map((row) => {
    const label = row.label.length > wide ? `${row.label.slice(0, wide - 1)}…` : row.label;
    return `${label.padEnd(wide)}  ${intervalLine(row, { from, to }, LINE_COLUMNS)}`;
  });
  const axis = `${Math.round(from)} %`.padEnd(LINE_COLUMNS - `${Math.round(to)} %`.length);
  return [...drawn, `${"".padEnd(wide)}  ${axis}${Math.round(to)} %`].join("\n");
}
