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

export function intervalChart(chart: IntervalChart): Picture {
  const rows = [...chart.rows].reverse();
  const truths = rows.flatMap((row, i) => (row.truth === undefined ? [] : [[row.truth, i]]));
  const isNarrow = chart.isNarrow === true;
  const characters = isNarrow ? 16 : 28;
  const y = axisLook();
  const option = {
    grid: { left: isNarrow ? 132 : 200, right: 24, top: 36, bottom: 48 },
    legend: { top: 4, itemGap: isNarrow ? 28 : 36, textStyle: { color: "currentColor" } },
    xAxis: { type: "value", ...axisLook(chart.xName), ...(isNarrow ? { splitNumber: 3 } : {}) },
    yAxis: {
      type: "category",
      data: rows.map((row) => axisName(row.label, characters)),
      ...y,
    },
    series: [
      ...rows.map((row, i) => ({
        type: "line",
        data: [
          [row.lower, i],
          [row.upper, i],
        ],
        showSymbol: false,
        lineStyle: { width: 3, color: chartColours.series[1] },
      })),
      {
        type: "scatter",
        name: "estimate and interval",
        data: rows.map((row, i) => [row.estimate, i]),
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
              type: "scatter",
              name: "truth",
              data: truths,
              symbol: "diamond",
              symbolSize: 11,
              itemStyle: { color: chartColours.series[0] },
            },
          ]),
    ],
  };
  return { option, height: chart.height ?? 90 + 34 * rows.length, isNarrow, table: tableOf(chart) };
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
