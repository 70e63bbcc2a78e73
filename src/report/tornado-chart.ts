// What moves a result most: a bar an assumption, from the result where it is low to where it is
// high, the widest on top.

import { axisLook, axisName } from "./axis.ts";
import { rightColumn } from "./column.ts";
import { chartColours, type Picture, type PictureSize, type PictureTable } from "./picture.ts";

export interface TornadoRow {
  readonly label: string;
  /** The result where the assumption is low, and where it is high. */
  readonly whenLow: number;
  readonly whenHigh: number;
}

export interface TornadoChart extends PictureSize {
  readonly rows: readonly TornadoRow[];
  /** The result over all draws, drawn as a line. */
  readonly middle: number;
  readonly xName?: string;
}

const ROW = 30;
const LOW = "assumption low";
const HIGH = "assumption high";

export function tornadoChart(chart: TornadoChart): Picture {
  const { rows, middle } = chart;
  const isNarrow = chart.isNarrow === true;
  const y = axisLook();
  const characters = isNarrow ? 17 : 30;
  const bars = (name: string, colour: number, end: (row: TornadoRow) => number): object => ({
    type: "bar",
    name,
    stack: name,
    barGap: "-100%",
    barWidth: "58%",
    color: chartColours.series[colour],
    // From the middle on: ECharts' bars begin at zero of an axis that is moved there.
    data: rows.map((row) => end(row) - middle),
  });
  const option = {
    grid: { left: isNarrow ? 132 : 220, right: 32, top: 36, bottom: 48 },
    legend: { top: 4, itemGap: 28, textStyle: { color: chartColours.ink } },
    xAxis: {
      type: "value",
      ...axisLook(chart.xName),
      ...(isNarrow ? { splitNumber: 3 } : {}),
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: rows.map(({ label }) => axisName(label, characters)),
      ...y,
      axisLine: { onZero: true, lineStyle: { color: chartColours.quiet } },
      splitLine: { show: false },
    },
    series: [bars(LOW, 1, ({ whenLow }) => whenLow), bars(HIGH, 0, ({ whenHigh }) => whenHigh)],
  };
  return {
    option,
    height: chart.height ?? 90 + ROW * rows.length,
    isNarrow,
    table: tableOf(chart),
    legend: [{ name: LOW }, { name: HIGH }],
    ...(chart.xName === undefined ? {} : { unit: chart.xName }),
  };
}

function tableOf({ rows, middle, xName = "" }: TornadoChart): PictureTable {
  const titles = [LOW, "middle", HIGH];
  return {
    columns: [{ title: xName }, ...titles.map(rightColumn)],
    rows: rows.map(({ label, whenLow, whenHigh }) => [label, whenLow, middle, whenHigh]),
  };
}
