// A table of numbers whose colour says on which side of zero they are and how far: two assumptions
// varied against each other. The number stands in each cell, so that nothing is said by colour
// alone.

import { axisLook } from "./axis.ts";
import { rightColumn } from "./column.ts";
import type { DrawApi } from "./draw-api.ts";
import { textWidth } from "./paint.ts";
import {
  chartColours,
  chartFont,
  type Picture,
  type PictureSize,
  type PictureTable,
} from "./picture.ts";
import { wrapText } from "./wrap.ts";

export interface HeatMap extends PictureSize {
  readonly across: HeatAxis;
  readonly down: HeatAxis;
  /** By row, then column. */
  readonly cells: readonly (readonly number[])[];
  readonly format: (value: number) => string;
}

export interface HeatAxis {
  readonly name: string;
  readonly labels: readonly string[];
  /** The place of the reader's own assumption, which is framed. */
  readonly ownIndex?: number;
}

const ROW = 34;
/** Ink stays legible on the deepest colour, on white and on near-black. */
const DEEPEST = 0.58;

export function heatMap(chart: HeatMap): Picture {
  const { across, down, cells } = chart;
  const isNarrow = chart.isNarrow === true;
  const data = cells.flatMap((row, y) => row.map((value, x) => [x, y, value]));
  const look = (name: string): Record<string, unknown> => ({
    ...axisLook(name),
    splitLine: { show: false },
    axisLine: { show: false },
  });
  const small = { color: chartColours.ink, fontSize: isNarrow ? 10 : 12, interval: 0 };
  const option = {
    grid: { left: isNarrow ? 56 : 84, right: 8, top: 8, bottom: 52 },
    xAxis: { type: "category", data: [...across.labels], ...look(across.name), axisLabel: small },
    yAxis: {
      type: "category",
      inverse: true,
      data: [...down.labels],
      ...look(down.name),
      nameGap: isNarrow ? 40 : 60,
      axisLabel: small,
    },
    series: [
      {
        // All of it is written.
        ...{ type: "custom", tooltip: { show: false } },
        data,
        encode: { x: 0, y: 1 },
        renderItem: (_: unknown, api: DrawApi) => drawCell(chart, api),
      },
    ],
  };
  return {
    option,
    height: chart.height ?? 72 + ROW * down.labels.length,
    isNarrow,
    table: tableOf(chart),
  };
}

function drawCell(chart: HeatMap, api: DrawApi): object {
  const { cells, across, down, format } = chart;
  const [column, row] = [api.value(0), api.value(1)];
  const value = cells[row]![column]!;
  const largest = Math.max(...cells.flat().map(Math.abs)) || 1;
  const [x, y] = api.coord([column, row]);
  const [width, height] = api.size([1, 1]);
  const isOwn = column === across.ownIndex && row === down.ownIndex;
  const fill = value < 0 ? chartColours.series[0] : chartColours.series[1];
  // The square root keeps small values apart from nothing.
  const opacity = 0.06 + DEEPEST * Math.sqrt(Math.abs(value) / largest);
  const place = {
    x: x - width / 2 + 1,
    y: y - height / 2 + 1,
    width: width - 2,
    height: height - 2,
  };
  return {
    type: "group",
    children: [
      { type: "rect", shape: { ...place, r: 2 }, style: { fill, opacity } },
      {
        type: "rect",
        shape: { ...place, r: 2 },
        style: { fill: "none", stroke: chartColours.ink, lineWidth: isOwn ? 1.5 : 0 },
      },
      {
        type: "text",
        style: {
          ...{ text: format(value), x, y, fill: chartColours.ink },
          ...{ align: "center", verticalAlign: "middle", fontFamily: chartFont },
          ...{ fontSize: chart.isNarrow === true ? 9.5 : 12, fontWeight: isOwn ? 700 : 400 },
        },
      },
    ],
  };
}

/** The same for a terminal: ● at or above zero, ○ below; the reader's own in brackets. */
export function heatMapLines({ across, down, cells, format }: HeatMap, width = 100): string {
  const cell = (value: number, x: number, y: number): string => {
    const text = `${value < 0 ? "○" : "●"} ${format(value)}`;
    return x === across.ownIndex && y === down.ownIndex ? `[${text}]` : ` ${text} `;
  };
  const rows = cells.map((row, y) => row.map((value, x) => cell(value, x, y)));
  const heads = across.labels.map((label) => `${label} `);
  const widths = heads.map((head, x) =>
    Math.max(textWidth(head), ...rows.map((row) => textWidth(row[x]!))),
  );
  const first = Math.max(...down.labels.map(textWidth), 1);
  const line = (label: string, texts: readonly string[]): string =>
    [padStart(label, first), ...texts.map((text, x) => padStart(text, widths[x]!))].join(" ");
  const legend = `across: ${across.name}; down: ${down.name}; ● at or above zero, ○ below`;
  const grid = [line("", heads), ...rows.map((row, y) => line(down.labels[y]!, row))];
  if (Math.max(...grid.map(textWidth)) <= width) {
    return [...wrapText(legend, width), ...grid].join("\n");
  }
  // Too wide: a block a row, each number with what stands above it.
  const wide = Math.max(...across.labels.map(textWidth));
  const blocks = rows.flatMap((row, y) => [
    `${down.name}: ${down.labels[y]!}`,
    ...row.map((text, x) => `  ${padStart(across.labels[x]!, wide)}  ${text}`),
  ]);
  return [...wrapText(legend, width), ...blocks].join("\n");
}

function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - textWidth(text))) + text;
}

function tableOf({ across, down, cells }: HeatMap): PictureTable {
  const title = `${down.name} / ${across.name}`;
  return {
    columns: [{ title }, ...across.labels.map(rightColumn)],
    rows: down.labels.map((label, y) => [label, ...cells[y]!]),
  };
}
