// How one number becomes another: totals stand on zero, changes on the level before them, and a
// thin line carries each level on. Rows instead of columns, so that the names have room on a phone.

import { axisLook, axisName } from "./axis.ts";
import { rightColumn } from "./column.ts";
import type { DrawApi } from "./draw-api.ts";
import {
  chartColours,
  chartFont,
  type Picture,
  type PictureSize,
  type PictureTable,
} from "./picture.ts";

export interface WaterfallStep {
  readonly label: string;
  readonly kind: "total" | "change";
  /** The levels between which the step stands. */
  readonly from: number;
  readonly to: number;
  /** As it is written beside the bar. */
  readonly text: string;
}

export interface WaterfallChart extends PictureSize {
  readonly steps: readonly WaterfallStep[];
  readonly xName?: string;
}

const ROW = 34;
const BAR = 0.62;

export function waterfallChart(chart: WaterfallChart): Picture {
  const { steps } = chart;
  const isNarrow = chart.isNarrow === true;
  const characters = isNarrow ? 17 : 28;
  const [x, y] = [axisLook(chart.xName), axisLook()];
  const option = {
    grid: { left: isNarrow ? 124 : 200, right: isNarrow ? 64 : 84, top: 12, bottom: 48 },
    xAxis: {
      type: "value",
      ...x,
      axisLabel: { ...(x.axisLabel as object), hideOverlap: true },
      ...(isNarrow ? { splitNumber: 2 } : {}),
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: steps.map(({ label }) => axisName(label, characters)),
      ...y,
      splitLine: { show: false },
    },
    series: [
      {
        // All of it is written.
        ...{ type: "custom", tooltip: { show: false } },
        // Levels as x and rows as y set the axes; the drawing reads its step by its row.
        data: steps.map(({ from, to }, i) => [from, to, i]),
        encode: { x: [0, 1], y: 2 },
        renderItem: (_: unknown, api: DrawApi) => drawStep(steps, api),
      },
    ],
  };
  return {
    option,
    height: chart.height ?? 64 + ROW * steps.length,
    isNarrow,
    table: tableOf(chart),
  };
}

function drawStep(steps: readonly WaterfallStep[], api: DrawApi): object {
  const row = api.value(2);
  const step = steps[row]!;
  const [x1, middle] = api.coord([step.from, row]);
  const [x2] = api.coord([step.to, row]);
  const height = api.size([0, 1])[1] * BAR;
  const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)];
  const bar = {
    type: "rect",
    shape: { x: left, y: middle - height / 2, width: Math.max(1, right - left), height },
    style: { fill: colourOf(step) },
  };
  const text = {
    type: "text",
    style: {
      ...{ text: step.text, x: right + 6, y: middle, fill: chartColours.ink },
      ...{ verticalAlign: "middle", fontSize: 12, fontFamily: chartFont },
    },
  };
  if (row === steps.length - 1) return { type: "group", children: [bar, text] };
  const line = {
    type: "line",
    shape: { x1: x2, y1: middle + height / 2, x2, y2: middle + api.size([0, 1])[1] - height / 2 },
    style: { stroke: chartColours.quiet, lineWidth: 1 },
  };
  return { type: "group", children: [bar, line, text] };
}

function colourOf({ kind, from, to }: WaterfallStep): string {
  if (kind === "total") return chartColours.quiet;
  return to < from ? chartColours.series[0] : chartColours.series[1];
}

function tableOf({ steps, xName = "" }: WaterfallChart): PictureTable {
  return {
    columns: [{ title: xName }, ...["from", "to"].map(rightColumn)],
    rows: steps.map(({ label, from, to }) => [label, from, to]),
  };
}
