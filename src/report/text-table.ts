// A table for a terminal: rules only under the head, numbers to the right. On a narrow screen each
// row becomes a card: a number that is cut off, or broken, is another number.

import CliTable from "cli-table3";
import type { Column } from "./column.ts";
import type { Paint } from "./paint.ts";
import { plainPaint, stripPaint, textWidth } from "./paint.ts";
import { rowName } from "./row-name.ts";
import { fitText, unbroken, widestPiece, wrapText } from "./wrap.ts";

export interface TextTableOptions {
  readonly width?: number;
  readonly paint?: Paint;
  readonly indent?: string;
}

const gap = 2;

type Rows = readonly (readonly string[])[];

export function renderTextTable(
  columns: readonly Column[],
  rows: Rows,
  options: TextTableOptions = {},
): string {
  const paint = options.paint ?? plainPaint;
  const indent = options.indent ?? "";
  const screen = (options.width ?? 100) - indent.length;
  const widths = columnWidths(columns, rows, screen);
  const lines = isCramped(columns, rows, widths, screen)
    ? cards(columns, rows, screen, paint)
    : gridLines(columns, rows, widths, paint);
  return lines.map((line) => (indent + line).trimEnd()).join("\n");
}

function gridLines(
  columns: readonly Column[],
  rows: Rows,
  widths: readonly number[],
  paint: Paint,
): string[] {
  const table = new CliTable({
    chars: noRules,
    style: { head: [], border: [], "padding-left": 0, "padding-right": gap },
    colAligns: columns.map((column) => column.align ?? "left"),
    colWidths: widths.map((width) => width + gap),
  });
  // Line by line: a style that is open at a line's end runs through the cells beside it.
  const quiet = (text: string): string =>
    text
      .split("\n")
      .map((line) => paint("quiet", line))
      .join("\n");
  table.push(columns.map(({ title }, i) => quiet(fitCell(title, widths[i]!))));
  table.push(widths.map((width) => quiet("─".repeat(width))));
  for (const row of rows) table.push(columns.map((_, i) => fitCell(row[i] ?? "", widths[i]!)));
  return table.toString().split("\n");
}

/** At spaces; words that are longer go on in the next line, so that nothing is cut off. */
function fitCell(cell: string, width: number): string {
  if (textWidth(cell) <= width) return cell;
  // A painted word would lose its colour half-way.
  return (cell === stripPaint(cell) ? fitText(cell, width) : wrapText(cell, width)).join("\n");
}

/** Screens on which a table whose numbers had to be broken is no longer one. */
const NARROW = 60;
const FEW_COLUMNS = 3;
/** A cell of numbers in more lines than these is no longer read at a glance. */
const MOST_LINES = 2;

function isCramped(
  columns: readonly Column[],
  rows: Rows,
  widths: readonly number[],
  screen: number,
): boolean {
  if (columns.length < FEW_COLUMNS) return false;
  if (sumOf(widths) > screen) return true;
  if (columns.length === FEW_COLUMNS || screen >= NARROW) return false;
  return rows.some((row) =>
    columns.some(({ align }, i) => {
      const lines = fitCell(row[i] ?? "", widths[i]!).split("\n").length;
      return align === "right" && lines >= MOST_LINES;
    }),
  );
}

/** A row a card: its name, then a line a column; all cards of a table have their edges in line. */
function cards(columns: readonly Column[], rows: Rows, screen: number, paint: Paint): string[] {
  const named = rows.map((row) => {
    const { name, rest } = rowName(columns, row);
    return { row, name, shown: rest.filter((i) => (row[i] ?? "") !== "") };
  });
  const places = [...new Set(named.flatMap(({ shown }) => shown))];
  const labels = Math.max(0, ...places.map((i) => textWidth(columns[i]!.title)));
  const label = Math.min(labels, Math.floor((screen - 2 * gap) / 2));
  const values = named.flatMap(({ row, shown }) => shown.map((i) => textWidth(row[i]!)));
  const value = Math.min(screen - label - 2 * gap, Math.max(0, ...values));
  const line = (left: string, right: string): string =>
    [paint("quiet", padded(left, label)), toRight(right, value)]
      .map((part) => " ".repeat(gap) + part)
      .join("");
  return named.flatMap(({ row, name, shown }) => {
    const lines = shown.flatMap((i) => {
      const left = fitCell(columns[i]!.title, label).split("\n");
      const right = fitCell(row[i]!, value).split("\n");
      const length = Math.max(left.length, right.length);
      return Array.from({ length }, (_, k) => line(left[k] ?? "", right[k] ?? ""));
    });
    const head = name === "" ? [] : fitCell(name, screen).split("\n");
    return [...head.map((each) => paint("strong", each)), ...lines];
  });
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - textWidth(text)));
}

function toRight(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - textWidth(text))) + text;
}

/** What a column of text may shrink to at the cost of its words, and at most for their sake. */
const TEXT_LEAST = 8;
const TEXT_WHOLE = 16;

/** Words stay whole if there is any room for them. */
function columnWidths(columns: readonly Column[], rows: Rows, screen: number): number[] {
  const whole = shrunk(columns, rows, screen, TEXT_WHOLE);
  return sumOf(whole) <= screen ? whole : shrunk(columns, rows, screen, TEXT_LEAST);
}

/** As wide as the widest cell; the widest column that can gives way when the screen is narrow. */
function shrunk(columns: readonly Column[], rows: Rows, screen: number, most: number): number[] {
  const cells = columns.map(({ title }, i) => [title, ...rows.map((row) => row[i] ?? "")]);
  const widths = cells.map((own) => Math.max(1, ...own.map(textWidth)));
  const least = columns.map(({ align }, i) => {
    if (align === "right") return Math.max(1, ...cells[i]!.flatMap(unbroken).map(textWidth));
    const pieces = cells[i]!.map((cell) => widestPiece(stripPaint(cell)));
    return Math.min(most, Math.max(TEXT_LEAST, ...pieces));
  });
  const below = cells.map((own) => Math.max(1, ...own.slice(1).map(textWidth)));
  let excess = sumOf(widths) - screen;
  while (excess > 0) {
    // A head that is wider than all below it gives way before what stands there.
    const heads = widths.map((width, i) => (width > Math.max(least[i]!, below[i]!) ? width : 0));
    const all = widths.map((width, i) => (width > least[i]! ? width : 0));
    const room = heads.some((width) => width > 0) ? heads : all;
    const widest = room.indexOf(Math.max(...room));
    if (room[widest] === 0) break;
    widths[widest] = widths[widest]! - 1;
    excess -= 1;
  }
  return widths;
}

function sumOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + gap, -gap);
}

const noRules = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left"],
    ...["bottom-right", "left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"],
  ].map((place) => [place, ""]),
);
