// Estimates with their intervals, one a row, zero marked, and the truth beside them where known.

import { axisLook, axisName } from "./axis.ts";
import { rightColumn } from "./column.ts";
import type { IntervalLine } from "./interval-line.ts";
import { chartColours, type Picture, type PictureSize, type PictureTable } from "./picture.ts";

export interface IntervalRow extends IntervalLine {
  readonly label: string;
}

export interface IntervalChart extends PictureSize {
  readonly rows: readonly IntervalRow[];
  readonly xName?: string;
}

const ESTIMATE = "estimate and interval";
const TRUTH = "truth";
/** What a point carries: the first two are its place, the others are told of it. */
const DIMENSIONS = ["estimate", "row", "lower", "upper"];

export function intervalChart(chart: IntervalChart): Picture {
  const rows = [...chart.rows].reverse();
  const truths = rows.flatMap((row, i) =>
    row.truth === undefined ? [] : [{ name: row.label, value: [row.truth, i] }],
  );
  const isNarrow = chart.isNarrow === true;
  const characters = isNarrow ? 16 : 28;
  const y = axisLook();
  const legend = [{ name: ESTIMATE }, ...(truths.length === 0 ? [] : [{ name: TRUTH }])];
  const option = {
    grid: { left: isNarrow ? 132 : 200, right: 24, top: 36, bottom: 48 },
    legend: {
      ...{ top: 4, itemGap: isNarrow ? 28 : 36, textStyle: { color: chartColours.ink } },
      data: legend.map(({ name }) => name),
    },
    xAxis: { type: "value", ...axisLook(chart.xName), ...(isNarrow ? { splitNumber: 3 } : {}) },
    yAxis: {
      type: "category",
      data: rows.map((row) => axisName(row.label, characters)),
      ...y,
    },
    series: [
      {
        ...{ type: "scatter", name: ESTIMATE },
        ...{ dimensions: DIMENSIONS, encode: { x: 0, y: 1, tooltip: [0, 2, 3] } },
        data: rows.map(({ label, estimate, lower, upper }, i) => {
          return { name: label, value: [estimate, i, lower, upper] };
        }),
        symbolSize: 10,
        itemStyle: { color: chartColours.series[1] },
        markLine: {
          silent: true,
          symbol: "none",
          data: [{ xAxis: 0 }],
          label: { show: false },
          lineStyle: { color: chartColours.quiet, type: "solid" },
        },
      },
      ...(truths.length === 0
        ? []
        : [
            {
              ...{ type: "scatter", name: TRUTH, encode: { x: 0, y: 1, tooltip: [0] } },
              data: truths,
              symbol: "diamond",
              symbolSize: 11,
              itemStyle: { color: chartColours.series[0] },
            },
          ]),
      // Named as the points, with which they are hidden.
      ...rows.map((row, i) => ({
        ...{ type: "line", name: ESTIMATE, silent: true },
        data: [
          [row.lower, i],
          [row.upper, i],
        ],
        showSymbol: false,
        lineStyle: { width: 3, color: chartColours.series[1] },
      })),
    ],
  };
  const unit = chart.xName === undefined ? {} : { unit: chart.xName };
  const height = chart.height ?? 90 + 34 * rows.length;
  return { option, height, isNarrow, table: tableOf(chart), legend, ...unit };
}

function tableOf({ rows, xName = "" }: IntervalChart): PictureTable {
  const hasTruth = rows.some(({ truth }) => truth !== undefined);
  const titles = ["estimate", "lower", "upper", ...(hasTruth ? ["truth"] : [])];
  return {
    columns: [{ title: xName }, ...titles.map(rightColumn)],
    rows: rows.map(({ label, estimate, lower, upper, truth }) => [
      label,
      ...[estimate, lower, upper],
      ...(hasTruth ? [truth ?? Number.NaN] : []),
    ]),
  };
}
