// Published odds against what came: for each amount how many were to be expected and how many were
// granted, as two bars on a scale that shows one in a million beside the usual.
import { axisLook, axisName } from "./axis.ts";
import { rightColumn } from "./column.ts";
import { chartColours, type Picture, type PictureSize } from "./picture.ts";

export interface OddsChart extends PictureSize {
  readonly rows: readonly { label: string; expected: number; granted: number }[];
  /** What the reader calls the columns: the amount, what was expected, what came. */
  readonly names: { amount: string; expected: string; granted: string };
}

/** Beyond it the spread of counts needs a scale of powers of ten. */
const LINEAR_MAX_RATIO = 50;

export function oddsChart({ rows, names, height, isNarrow = false }: OddsChart): Picture {
  const shown = [...rows].reverse();
  const counts = rows.flatMap(({ expected, granted }) => [expected, granted]);
  const positive = counts.filter((count) => count > 0);
  const isLog = Math.max(...positive) > LINEAR_MAX_RATIO * Math.min(...positive);
  // A scale of powers has no nought: what did not come has no bar.
  const bar = (count: number): number | null => (isLog && count <= 0 ? null : count);
  const least = Math.min(0.1, ...positive);
  // Bars begin at the scale's foot, not at one.
  const axis = isLog ? { type: "log", min: least, startValue: least } : { type: "value", min: 0 };
  const look = axisLook();
  const option = {
    grid: { left: isNarrow ? 92 : 120, right: 24, top: 36, bottom: 32 },
    legend: { top: 4, textStyle: { color: chartColours.ink } },
    xAxis: { ...look, ...axis, ...(isNarrow ? { splitNumber: 3 } : {}) },
    yAxis: {
      ...look,
      type: "category",
      data: shown.map(({ label }) => axisName(label, isNarrow ? 11 : 15)),
    },
    series: [
      {
        ...{ type: "bar", name: names.granted, barGap: "10%" },
        data: shown.map(({ granted }) => bar(granted)),
        itemStyle: { color: chartColours.series[1] },
      },
      {
        ...{ type: "bar", name: names.expected },
        data: shown.map(({ expected }) => bar(expected)),
        itemStyle: { color: chartColours.quiet },
      },
    ],
  };
  return {
    option,
    height: height ?? 80 + 40 * rows.length,
    isNarrow,
    legend: [{ name: names.granted }, { name: names.expected }],
    table: {
      columns: [rightColumn(names.amount), rightColumn(names.expected), rightColumn(names.granted)],
      rows: rows.map(({ label, expected, granted }) => [label, expected, granted]),
    },
  };
}
