// A chart in both widths; the page shows the one that fits.
import type { Block, ChartText } from "./document.ts";

/** @param text the same for a terminal; absent: a terminal shows nothing */
export function fittingChart(
  title: string,
  draw: (isNarrow: boolean) => string,
  text?: ChartText,
): Block {
  const chart = { kind: "chart" as const, title, svg: draw(false), narrowSvg: draw(true) };
  return text === undefined ? chart : { ...chart, text };
}
