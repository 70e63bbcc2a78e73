// A table for a terminal: rules only under the head, numbers to the right. It is no wider than the
// screen unless numbers need more: a number that is cut off is another number.
import CliTable from "cli-table3";
import type { Paint } from "./paint.ts";
import { plainPaint, stripPaint, textWidth } from "./paint.ts";
import { unbroken, wrapText } from "./wrap.ts";

export interface Column {
  readonly title: string;
  /** Numbers stand to the right; default left. */
  readonly align?: "left" | "right";
}

export interface TextTableOptions {
  readonly width?: number;
  readonly paint?: Paint;
  readonly indent?: string;
}

const gap = 2;

export function renderTextTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: TextTableOptions = {},
): string {
  const paint = options.paint ?? plainPaint;
  const indent = options.indent ?? "";
  const widths = columnWidths(columns, rows, (options.width ?? 100) - indent.length);
  const wrapCell = (cell: string, i: number): string =>
    textWidth(cell) > widths[i]! ? fitCell(cell, widths[i]!) : cell;
  const table = new CliTable({
    chars: noRules,
    style: { head: [], border: [], "padding-left": 0, "padding-right": gap },
    colAligns: columns.map((column) => column.align ?? "left"),
    colWidths: widths.map((width) => width + gap),
  });
  const head = columns.map((column, i) => paint("quiet", wrapCell(column.title, i)));
  table.push(head);
  table.push(widths.map((width) => paint("quiet", "─".repeat(width))));
  for (const row of rows) table.push(columns.map((_, i) => wrapCell(row[i] ?? "", i)));
  return table
    .toString()
    .split("\n")
    .map((line) => (indent + line).trimEnd())
    .join("\n");
}

/** At spaces; words that are longer go on in the next line, so that nothing is cut off. */
function fitCell(cell: string, width: number): string {
  return wrapText(cell, width)
    .flatMap((line) => pieces(line, width))
    .join("\n");
}

function pieces(line: string, width: number): string[] {
  // A painted word would lose its colour half-way.
  if (textWidth(line) <= width || line !== stripPaint(line)) return [line];
  const parts = [""];
  for (const char of line) {
    const last = parts.at(-1)!;
    if (last !== "" && textWidth(last + char) > width) parts.push(char);
    else parts[parts.length - 1] = last + char;
  }
  return parts;
}

/** What a column of text may shrink to; of one of numbers no number is broken. */
const TEXT_LEAST = 8;

/** As wide as the widest cell; the widest column that can gives way when the screen is narrow. */
function columnWidths(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  screen: number,
): number[] {
  const cells = columns.map(({ title }, i) => [title, ...rows.map((row) => row[i] ?? "")]);
  const widths = cells.map((own) => Math.max(1, ...own.map(textWidth)));
  const least = columns.map(({ align }, i) =>
    align === "right" ? Math.max(1, ...cells[i]!.flatMap(unbroken).map(textWidth)) : TEXT_LEAST,
  );
  let excess = widths.reduce((sum, width) => sum + width + gap, -gap) - screen;
  while (excess > 0) {
    const room = widths.map((width, i) => (width > least[i]! ? width : 0));
    const widest = room.indexOf(Math.max(...room));
    if (room[widest] === 0) break;
    widths[widest] = widths[widest]! - 1;
    excess -= 1;
  }
  return widths;
}

const noRules = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left"],
    ...["bottom-right", "left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"],
  ].map((place) => [place, ""]),
);
