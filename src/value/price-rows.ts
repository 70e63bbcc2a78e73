// The rows of a file of daily prices (or returns), cell by cell: what is no day, no price or out of
// order is refused with its line, and the repair with it.
import { HongbaoError } from "../base/error.ts";
import { dayNumber, dayText } from "./calendar-days.ts";

export interface PriceColumns {
  readonly date: string;
  readonly security: string;
  readonly market: string;
  readonly kind: "prices" | "returns";
}

/** The columns that count, as text. */
export interface PriceTable {
  readonly file: string;
  readonly rows: readonly PriceText[];
}

export interface PriceText {
  /** Of the file, counted from 1. */
  readonly line: number;
  readonly date: string;
  readonly security: string;
  readonly market: string;
}

export interface PriceRow {
  readonly day: number;
  /** Null: no trading there. */
  readonly security: number | null;
  readonly market: number | null;
  readonly line: number;
}

/** Something found and kept, of the day whose return it touches; null: of the whole file. */
export interface PriceNotice {
  readonly day: number | null;
  readonly says: string;
}

/** Two centuries of trading days: whoever has more rows has more than a row a day. */
export const PRICE_ROWS_MOST = 50_000;

/** The middle size of a day's return is a few per cent at most; prices and per cents are larger. */
const MIDDLE_RETURN_MOST = 0.2;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const BLANK = /^(|na|n\/a|nan|null|none|-|–|\.)$/i;
const DRESSED = /^[-+−]?[\d.,' ]*[,'%− ][\d.,' ]*%?$/;

/** Rows in time's order, oldest first. Throws HongbaoError `invalid_file` with file and line. */
export function readPriceRows(
  { file, rows }: PriceTable,
  columns: PriceColumns,
  notices: PriceNotice[],
): PriceRow[] {
  if (rows.length === 0) throw priceProblem(file, null, "expected a row a trading day, found none");
  const read = rows.map(({ line, date, security, market }): PriceRow => {
    const day = dayNumber(date.trim());
    if (day === null) {
      throw priceProblem(file, line, `expected a day such as 2026-02-04, found "${date}"`);
    }
    const number = (cell: string, name: string): number | null =>
      numberIn(cell, name, columns.kind, file, line);
    const of = (key: "security" | "market", cell: string) => number(cell, columns[key]);
    return { day, line, security: of("security", security), market: of("market", market) };
  });
  const ordered = inOrder(read, file, notices);
  if (columns.kind === "returns") requireReturns(ordered, file, columns);
  return ordered;
}

export function priceProblem(file: string, line: number | null, message: string): HongbaoError {
  const place = line === null ? file : `${file}, line ${line}`;
  return new HongbaoError({ code: "invalid_file", message: `${place}: ${message}` });
}

/** Many exports have the newest day first; that is an order, too. */
function inOrder(rows: PriceRow[], file: string, notices: PriceNotice[]): PriceRow[] {
  const falls = rows.filter((row, i) => i > 0 && row.day < rows[i - 1]!.day).length;
  const isNewestFirst = rows.length > 2 && falls === rows.length - 1;
  if (isNewestFirst) {
    notices.push({ day: null, says: `${file}: the newest day comes first: read from its end` });
    return rows.reverse();
  }
  for (const [i, { day, line }] of rows.entries()) {
    const before = rows[i - 1];
    if (before === undefined || day > before.day) continue;
    const what = day === before.day ? "twice" : `after ${dayText(before.day)}`;
    const sort = "sort the file by day, each day once";
    throw priceProblem(
      file,
      line,
      `expected days in order, found ${dayText(day)} ${what}: ${sort}`,
    );
  }
  return rows;
}

function numberIn(
  cell: string,
  name: string,
  kind: PriceColumns["kind"],
  file: string,
  line: number,
): number | null {
  const text = cell.trim();
  if (BLANK.test(text)) return null;
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  const isRight = kind === "prices" ? value > 0 : value > -1;
  if (Number.isFinite(value) && isRight) return value;
  const what = kind === "prices" ? "a price above 0" : "a return above -1, such as -0.029";
  throw priceProblem(file, line, `${name}: expected ${what}, found "${cell}"${hint(text, kind)}`);
}

/** 1,234 and 1,5 would have to be guessed at: that is for whoever exported them to say. */
function hint(text: string, kind: PriceColumns["kind"]): string {
  const plain = kind === "prices" ? "25919.27" : "-0.029";
  if (DRESSED.test(text)) return `, which has to be a plain number such as ${plain}`;
  const isReturn = kind === "prices" && Math.abs(Number(text)) < 1;
  return isReturn ? "; a file of returns is read with `kind: returns`" : "";
}

function requireReturns(rows: readonly PriceRow[], file: string, columns: PriceColumns): void {
  for (const key of ["security", "market"] as const) {
    const sizes = rows.flatMap((row) => (row[key] === null ? [] : [Math.abs(row[key])]));
    const middle = sizes.sort((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 0;
    if (middle <= MIDDLE_RETURN_MOST) continue;
    const found = `${Number(middle.toPrecision(3))} as their middle size`;
    throw priceProblem(
      file,
      null,
      `${columns[key]}: expected returns such as -0.029, found ${found}: prices are read with ` +
        "`kind: prices`, and per cents have to be divided by 100",
    );
  }
}
