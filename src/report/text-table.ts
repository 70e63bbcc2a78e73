// A table for a terminal: rules only under the head, numbers to the right, no wider than the
// screen.
import CliTable from "cli-table3";
import type { Paint } from "./paint.ts";
import { plainPaint, textWidth } from "./paint.ts";
import { wrapText } from "./wrap.ts";

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
    textWidth(cell) > widths[i]! ? wrapText(cell, widths[i]!).join("\n") : cell;
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

/** As wide as the widest cell; the widest column gives way when the screen is too narrow. */
function columnWidths(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  screen: number,
): number[] {
  const widths = columns.map((column, i) =>
    Math.max(1, textWidth(column.title), ...rows.map((row) => textWidth(row[i] ?? ""))),
  );
  let excess = widths.reduce((sum, width) => sum + width + gap, -gap) - screen;
  while (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= 8) break;
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
