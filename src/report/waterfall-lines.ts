// A waterfall for a terminal: totals as full bars from zero, changes as what they add or take.
import { textWidth } from "./paint.ts";
import type { WaterfallStep } from "./waterfall-chart.ts";

const marks = { total: "█", up: "▓", down: "▒" } as const;

const COLUMNS = 44;
const COLUMNS_LEAST = 16;

/** A line a step: its name, its place among the levels, its text; then what the marks mean. */
export function waterfallLines(steps: readonly WaterfallStep[], width = 100): string {
  const levels = steps.flatMap(({ from, to }) => [from, to]);
  const [low, high] = [Math.min(0, ...levels), Math.max(0, ...levels)];
  const span = high - low || 1;
  const wide = Math.max(...steps.map(({ label }) => textWidth(label)));
  const textWide = Math.max(...steps.map(({ text }) => textWidth(text)));
  const room = Math.min(COLUMNS, width - wide - textWide - 4);
  // Where names and bars do not stand side by side, a name has its own line.
  const isBelow = room < COLUMNS_LEAST;
  const columns = isBelow ? Math.min(COLUMNS, width) : room;
  const column = (value: number): number => Math.round(((value - low) / span) * (columns - 1));
  const lines = steps.map(({ label, kind, from, to, text }) => {
    const mark = kind === "total" ? marks.total : to < from ? marks.down : marks.up;
    const [first, last] = [column(Math.min(from, to)), column(Math.max(from, to))];
    const cells: string[] = Array.from({ length: columns }, (_, i) =>
      i >= first && i <= last ? mark : " ",
    );
    const zero = column(0);
    if (low < 0 && cells[zero] === " ") cells[zero] = "│";
    const bar = cells.join("").trimEnd();
    const gap = " ".repeat(Math.max(2, width - textWidth(label) - textWidth(text)));
    if (isBelow) return `${label}${gap}${text}\n${bar}`;
    const name = label + " ".repeat(wide - textWidth(label));
    return `${name}  ${cells.join("")}  ${text.padStart(textWide)}`;
  });
  const legend = `${marks.total} level  ${marks.up} adds  ${marks.down} takes`;
  return [...lines, `${isBelow ? "" : `${" ".repeat(wide)}  `}${legend}`].join("\n");
}
