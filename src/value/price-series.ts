// A file of daily prices (or returns) of a share and its market, as returns that an event study may
// use. What would spoil it silently is refused with its line: days out of order, cells that are no
// price, jumps that look like a split. What a calendar explains is kept and listed.
import { HongbaoError } from "../base/error.ts";
import { dayNumber, dayText, weekday } from "./calendar-days.ts";

export interface PriceColumns {
  readonly date: string;
  readonly security: string;
  readonly market: string;
  readonly kind: "prices" | "returns";
}

/** On this day one old share became `factor` new ones; prices before it are divided. */
export interface ShareSplit {
  readonly day: string;
  readonly factor: number;
}

export interface PriceDay {
  readonly day: number;
  readonly security: number;
  readonly market: number;
  /** Of the file, counted from 1. */
  readonly line: number;
}

export interface PriceSeries {
  /** Returns, one a trading day of both. */
  readonly days: readonly PriceDay[];
  /** What was found and kept: gaps, days without a price, in plain sentences with their line. */
  readonly notices: readonly string[];
}

/** A weekend with a holiday on either side is no more than so many days. */
const GAP_DAYS = 4;
const NOTICES_MAX = 12;
/** Splits and their reverses; a price that moves to near one of them in a day is suspicious. */
const SPLIT_FACTORS = [1.5, 2, 3, 4, 5, 7, 8, 10, 15, 20, 25, 50, 100];
const SPLIT_NEAR = 0.06;
/** Smaller jumps may be news. */
const SPLIT_LEAST = 0.3;

interface Row {
  readonly day: number;
  readonly security: number | null;
  readonly market: number | null;
  readonly line: number;
}

/** Throws HongbaoError `invalid_file` with file and line. */
export function readPriceSeries(
  text: string,
  file: string,
  columns: PriceColumns,
  splits: readonly ShareSplit[] = [],
): PriceSeries {
  const notices: string[] = [];
  const rows = readRows(text, file, columns);
  const complete = rows.filter((row): row is PriceDay => {
    if (row.security !== null && row.market !== null) return true;
    const missing = row.security === null ? columns.security : columns.market;
    notices.push(
      `${file}, line ${row.line}: no ${columns.kind === "prices" ? "price" : "return"} of ` +
        `${missing} on ${dayText(row.day)} (a holiday there?): the day is left out`,
    );
    return false;
  });
  for (const [i, row] of complete.entries()) {
    if (weekday(row.day) > 5) {
      notices.push(`${file}, line ${row.line}: ${dayText(row.day)} is a weekend's day`);
    }
    const gap = i === 0 ? 0 : row.day - complete[i - 1]!.day;
    if (gap <= GAP_DAYS) continue;
    const last = dayText(complete[i - 1]!.day);
    const what = `${gap - 1} days without trading after ${last}`;
    notices.push(`${file}, line ${row.line}: ${what}: the return to this day spans them`);
  }
  const days = columns.kind === "returns" ? complete : returnsOf(complete, file, columns, splits);
  return { days, notices: shortened(notices) };
}

function shortened(notices: string[]): string[] {
  const more = notices.length - NOTICES_MAX;
  return more <= 0 ? notices : [...notices.slice(0, NOTICES_MAX), `… and ${more} more of the kind`];
}

function returnsOf(
  rows: readonly PriceDay[],
  file: string,
  columns: PriceColumns,
  splits: readonly ShareSplit[],
): PriceDay[] {
  const factorAt = new Map(splits.map(({ day, factor }) => [dayNumber(day), factor]));
  for (const { day } of splits) {
    if (rows.some((row) => row.day === dayNumber(day))) continue;
    throw problem(file, null, `expected prices of the day of the split, ${day}, found none`);
  }
  return rows.slice(1).map((row, i) => {
    const before = rows[i]!;
    const security = (row.security * (factorAt.get(row.day) ?? 1)) / before.security;
    requireNoSplit(security, columns.security, row, file);
    const market = row.market / before.market;
    requireNoSplit(market, columns.market, row, file);
    return { ...row, security: security - 1, market: market - 1 };
  });
}

/** A split that nobody declared would be the largest abnormal return of all. */
function requireNoSplit(ratio: number, name: string, { day, line }: PriceDay, file: string): void {
  const jump = Math.max(ratio, 1 / ratio);
  if (jump < 1 + SPLIT_LEAST) return;
  const factor = SPLIT_FACTORS.find((each) => Math.abs(jump / each - 1) < SPLIT_NEAR);
  if (factor === undefined) return;
  const how = ratio < 1 ? `${factor} new shares for one` : `one new share for ${factor}`;
  throw problem(
    file,
    line,
    `${name} moved by a factor of ${ratio.toFixed(3)} on ${dayText(day)}, suspiciously near a ` +
      `split (${how}): use adjusted prices, or declare it under event.splits`,
  );
}

function readRows(text: string, file: string, columns: PriceColumns): Row[] {
  const [header = "", ...lines] = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const names = header.split(",").map(cellText);
  const at = (name: string): number => {
    const found = names.indexOf(name);
    if (found >= 0) return found;
    const seen = names.join(", ");
    throw problem(file, 1, `expected a column "${name}", found ${seen === "" ? "none" : seen}`);
  };
  const [dateAt, securityAt, marketAt] = [
    at(columns.date),
    at(columns.security),
    at(columns.market),
  ];
  const rows: Row[] = [];
  for (const [i, text] of lines.entries()) {
    if (text.trim() === "") continue;
    const cells = text.split(",").map(cellText);
    const line = i + 2;
    const day = dayNumber(cells[dateAt] ?? "");
    if (day === null) {
      throw problem(
        file,
        line,
        `expected a day such as 2026-02-04, found "${cells[dateAt] ?? ""}"`,
      );
    }
    const before = rows.at(-1);
    if (before !== undefined && day <= before.day) {
      const what = day === before.day ? "twice" : `after ${dayText(before.day)}`;
      throw problem(file, line, `expected days in order, found ${dayText(day)} ${what}`);
    }
    const number = (column: number): number | null =>
      numberIn(cells[column] ?? "", names[column]!, columns.kind, file, line);
    rows.push({ day, line, security: number(securityAt), market: number(marketAt) });
  }
  if (rows.length > 0) return rows;
  throw problem(file, null, "expected a row a trading day, found none");
}

function numberIn(
  cell: string,
  name: string,
  kind: PriceColumns["kind"],
  file: string,
  line: number,
): number | null {
  if (cell === "" || /^(na|nan|null|-|–)$/i.test(cell)) return null;
  const value = Number(cell);
  const isRight = kind === "prices" ? value > 0 : value > -1;
  if (Number.isFinite(value) && isRight) return value;
  const what = kind === "prices" ? "a price above 0" : "a return above -1, such as -0.029";
  throw problem(file, line, `${name}: expected ${what}, found "${cell}"`);
}

function cellText(cell: string): string {
  return cell.trim().replace(/^"(.*)"$/, "$1");
}

function problem(file: string, line: number | null, message: string): HongbaoError {
  const place = line === null ? file : `${file}, line ${line}`;
  return new HongbaoError({ code: "invalid_file", message: `${place}: ${message}` });
}
