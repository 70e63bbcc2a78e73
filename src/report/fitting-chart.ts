// A chart for every width: the page draws both and shows the one that fits, a terminal the text.
import type { Block, ChartText } from "./document.ts";
import type { Picture } from "./picture.ts";

/**
 * @param id unique in the document
 * @param draw called when a page asks for it: drawing takes longer than the rest of a report
 * @param text the same for a terminal; absent: a terminal shows nothing
 */
export function fittingChart(
  id: string,
  title: string,
  draw: (isNarrow: boolean) => Picture,
  text?: ChartText,
): Block {
  return { kind: "chart", title, id, draw, ...(text === undefined ? {} : { text }) };
}
