// ECharts with no more of it than the pictures of report/ use. Loaded when a page first shows one.
import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from "echarts/components";
import { type ECharts, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { chartColours, chartFont, type Picture } from "../../../report/picture.ts";
import { inked, inkOf } from "./inked.ts";

use([BarChart, CustomChart, LineChart, ScatterChart]);
use([GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

export type Canvas = ECharts;
export type FormatNumber = (value: number) => string;
/** Names of the legend that its reader does not want to see. */
export type Hidden = readonly string[];

export function openCanvas(element: HTMLElement): Canvas {
  return init(element, null, { renderer: "canvas" });
}

/** Draws the picture instead of the one before. */
export function show(canvas: Canvas, picture: Picture, hidden: Hidden, format: FormatNumber): void {
  if (canvas.isDisposed()) return;
  const { option } = picture;
  const whole = {
    animation: false,
    color: [...chartColours.series],
    textStyle: { fontFamily: chartFont, color: chartColours.ink },
    tooltip: tooltipOf(picture, format),
    ...option,
    ...legendOf(picture, hidden),
  };
  canvas.setOption(inked(whole, inkOf(canvas.getDom())), { replaceMerge: ["series"] });
}

/** Tells who hid or showed something with the mouse all that is hidden now. */
export function onHidden(canvas: Canvas, tell: (hidden: Hidden) => void): void {
  canvas.on("legendselectchanged", (event) => {
    const { selected } = event as { selected: Record<string, boolean> };
    tell(Object.keys(selected).filter((name) => !selected[name]));
  });
}

function legendOf({ option, legend = [] }: Picture, hidden: Hidden): Picture["option"] {
  if (legend.length === 0) return {};
  const selected = legend.flatMap(({ name, others = [] }) =>
    [name, ...others].map((series) => [series, !hidden.includes(name)]),
  );
  return { legend: { ...(option.legend as object), selected: Object.fromEntries(selected) } };
}

function tooltipOf({ option: { series }, unit }: Picture, format: FormatNumber): object {
  const all: { type?: unknown }[] = Array.isArray(series) ? series : [series];
  const isByPlace = all.every(({ type }) => type === "line" || type === "bar");
  return {
    trigger: isByPlace ? "axis" : "item",
    confine: true,
    // Of a narrow screen a name without a space would take more than there is.
    extraCssText: "max-width: min(90vw, 480px); white-space: normal; overflow-wrap: anywhere",
    backgroundColor: "var(--mantine-color-body)",
    borderColor: chartColours.quiet,
    textStyle: { color: "var(--mantine-color-text)", fontSize: 12 },
    // Not a formatter: its result would be taken for HTML, and names may come from outside.
    valueFormatter: (given: unknown) => {
      if (given === undefined) return "";
      const value: unknown = Array.isArray(given) ? given.at(-1) : given;
      if (typeof value !== "number" || Number.isNaN(value)) return "–";
      return unit === undefined ? format(value) : `${format(value)} ${unit}`;
    },
  };
}
