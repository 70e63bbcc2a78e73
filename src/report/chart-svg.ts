// Charts as SVG text, drawn by ECharts without a browser. Colours follow the page by
// `currentColor`, and the ids that ECharts counts up per process are renamed, so that equal input
// gives equal bytes.
import * as echarts from "echarts";
import { chartColours, chartFont, type Picture } from "./picture.ts";
import { printableLines } from "./printable.ts";

const WIDE = 760;
const NARROW = 360;

/** @param id unique in the page: prefix of the ids inside */
export function renderChartSvg(id: string, { option, height, isNarrow }: Picture): string {
  const width = isNarrow ? NARROW : WIDE;
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      color: [...chartColours.series],
      textStyle: { fontFamily: chartFont, color: chartColours.ink },
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
