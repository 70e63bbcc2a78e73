// Charts as SVG text, drawn by ECharts without a browser. Colours follow the page by
// `currentColor`, and the ids that ECharts counts up per process are renamed, so that equal input
// gives equal bytes.
import * as echarts from "echarts";
import { printableLines } from "./printable.ts";
import { fitText } from "./wrap.ts";

export type ChartOption = echarts.EChartsCoreOption;

export interface ChartSize {
  readonly width?: number;
  readonly height?: number;
  /** Drawn for a phone: less room for labels, fewer ticks. */
  readonly isNarrow?: boolean;
}

const WIDE = 760;
const NARROW = 360;

/** Legible on white and on near-black. */
export const chartColours = {
  series: ["#d1495b", "#2f8fbf", "#c98a1b", "#4f9d69", "#8a6fbf"],
  ink: "currentColor",
  quiet: "#8a929c",
} as const;

/** @param id unique in the page: prefix of the ids inside */
export function renderChartSvg(id: string, option: ChartOption, size: ChartSize = {}): string {
  const width = size.width ?? (size.isNarrow === true ? NARROW : WIDE);
  const height = size.height ?? 300;
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      color: [...chartColours.series],
      textStyle: { fontFamily: "inherit", color: chartColours.ink },
      ...option,
    });
    return stillSvg(chart.renderToSVGString(), id);
  } finally {
    chart.dispose();
  }
}

/**
 * Without hover rules, whose class names count up, with ids that only this chart has, with control
 * characters of names shown as what they are, and with the minus that all other numbers have.
 */
function stillSvg(svg: string, id: string): string {
  return printableLines(svg)
    .replace(/<style[\s\S]*?<\/style>/g, "")
    .replace(/ (?:class|ecmeta_\w+|pointer-events)="[^"]*"/g, "")
    .replace(/>-(?=[\d.])/g, ">−")
    .replace(/\bzr\d+-/g, `${id}-`);
}

/** The look that axes of all charts share. */
export function axisLook(name?: string): Record<string, unknown> {
  return {
    ...(name === undefined ? {} : { name, nameLocation: "middle", nameGap: 30 }),
    nameTextStyle: { color: chartColours.quiet },
    axisLabel: { color: chartColours.ink },
    axisLine: { lineStyle: { color: chartColours.quiet } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: chartColours.quiet, opacity: 0.25 } },
  };
}

/** A name beside an axis in lines of so many characters, broken at its joints. */
export function axisName(text: string, characters: number): string {
  return fitText(printableLines(text), characters).join("\n");
}
