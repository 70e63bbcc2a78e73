// Intervals one below the other for a terminal, on one axis of characters: beside their names where
// there is room, below them where there is not.
import { type IntervalLine, intervalLine } from "./interval-line.ts";
import { textWidth } from "./paint.ts";
import { fitText } from "./wrap.ts";

export interface LabelledInterval extends IntervalLine {
  readonly label: string;
  /** Said behind the line. */
  readonly text?: string;
}

export interface IntervalLines {
  readonly rows: readonly LabelledInterval[];
  readonly axis: { readonly from: number; readonly to: number };
  /** The ends of the axis as they are written; absent: not at all. */
  readonly ends?: readonly [from: string, to: string];
  /** The most columns that a line takes; default 56. */
  readonly columns?: number;
}

const COLUMNS = 56;
/** A line of fewer shows nothing. */
const COLUMNS_LEAST = 24;
const LABEL_MOST = 34;
const gap = 2;

/** The axis of some intervals, with zero on it. */
export function axisWithZero(rows: readonly IntervalLine[]): IntervalLines["axis"] {
  const from = Math.min(0, ...rows.map(({ lower }) => lower));
  const to = Math.max(0, ...rows.map(({ upper }) => upper));
  return { from, to };
}

/** @param width columns of the screen */
export function intervalLines(chart: IntervalLines, width: number): string {
  const { rows, axis, ends, columns = COLUMNS } = chart;
  const texts = Math.max(0, ...rows.map(({ text = "" }) => textWidth(text)));
  const beside = texts === 0 ? 0 : texts + gap;
  const labels = Math.min(LABEL_MOST, Math.max(0, ...rows.map(({ label }) => textWidth(label))));
  const room = Math.min(columns, width - labels - gap - beside);
  if (room < COLUMNS_LEAST) return below(chart, width);
  const lines = rows.flatMap((row) => {
    const name = fitText(row.label, labels);
    const drawn = `${padded(name[0]!, labels)}  ${intervalLine(row, axis, room)}`;
    const said = row.text === undefined ? "" : `  ${toRight(row.text, texts)}`;
    return [`${drawn}${said}`.trimEnd(), ...name.slice(1)];
  });
  return [...lines, ...endLine(ends, room, labels + gap)].join("\n");
}

/** Each line below its own name. */
function below({ rows, axis, ends, columns = COLUMNS }: IntervalLines, width: number): string {
  const room = Math.min(columns, width);
  const lines = rows.flatMap((row) => {
    const { text = "" } = row;
    const name = fitText(row.label, Math.max(8, width - textWidth(text) - gap));
    const last = `${padded(name.at(-1)!, width - textWidth(text))}${text}`;
    return [...name.slice(0, -1), last.trimEnd(), intervalLine(row, axis, room).trimEnd()];
  });
  return [...lines, ...endLine(ends, room, 0)].join("\n");
}

function endLine(ends: IntervalLines["ends"], room: number, indent: number): string[] {
  if (ends === undefined) return [];
  const [from, to] = ends;
  return [`${" ".repeat(indent)}${from}${toRight(to, room - textWidth(from))}`];
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - textWidth(text)));
}

function toRight(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - textWidth(text))) + text;
}
