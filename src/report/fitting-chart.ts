// A chart in both widths; the page shows the one that fits. Drawn when a page asks for it: a
// terminal shows the text, and drawing takes longer than the rest of a report.
import type { Block, ChartText } from "./document.ts";

/** @param text the same for a terminal; absent: a terminal shows nothing */
export function fittingChart(
  title: string,
  draw: (isNarrow: boolean) => string,
  text?: ChartText,
): Block {
  let [wide, narrow]: (string | null)[] = [null, null];
  return {
    kind: "chart",
    title,
    get svg(): string {
      wide ??= draw(false);
      return wide;
    },
    get narrowSvg(): string {
      narrow ??= draw(true);
      return narrow;
    },
    ...(text === undefined ? {} : { text }),
  };
}
