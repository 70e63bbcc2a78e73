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
import { chartColours, type Picture } from "../../../report/picture.ts";
import { inked } from "./inked.ts";

use([BarChart, CustomChart, LineChart, ScatterChart]);
use([GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

export type Canvas = ECharts;
export type FormatNumber = (value: number) => string;

export function openCanvas(element: HTMLElement): Canvas {
  return init(element, null, { renderer: "canvas" });
}

/** Draws the picture instead of the one before; what the reader hid in the legend stays hidden. */
export function show(canvas: Canvas, { option }: Picture, format: FormatNumber): void {
  if (canvas.isDisposed()) return;
  const whole = {
    animation: false,
    color: [...chartColours.series],
    textStyle: { fontFamily: "inherit", color: chartColours.ink },
    tooltip: tooltipOf(option, format),
    ...option,
  };
  const { color } = getComputedStyle(canvas.getDom());
  canvas.setOption(inked(whole, color), { replaceMerge: ["series"] });
}

function tooltipOf({ series }: Picture["option"], format: FormatNumber): object {
  const all: { type?: unknown }[] = Array.isArray(series) ? series : [series];
  const isByPlace = all.every(({ type }) => type === "line" || type === "bar");
  return {
    trigger: isByPlace ? "axis" : "item",
    confine: true,
    backgroundColor: "var(--mantine-color-body)",
    borderColor: chartColours.quiet,
    textStyle: { color: "var(--mantine-color-text)", fontSize: 12 },
    // Not a formatter: its result would be taken for HTML, and names may come from outside.
    valueFormatter: (value: unknown) => valueText(value, format),
  };
}

function valueText(value: unknown, format: FormatNumber): string {
  if (typeof value === "number") return format(value);
  if (Array.isArray(value)) return value.map((one) => valueText(one, format)).join(", ");
  return value === null || value === undefined ? "–" : String(value);
}
