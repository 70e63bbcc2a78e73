// Daily prices (or returns) of a share and its market as returns that an event study may use. What
// would spoil it silently is refused with its line; what a calendar explains is kept and listed.
import { dayText, weekday } from "./calendar-days.ts";
import { Jumps, type ShareSplit } from "./price-jumps.ts";
import {
  type PriceColumns,
  type PriceNotice,
  type PriceRow,
  type PriceTable,
  readPriceRows,
} from "./price-rows.ts";

export interface PriceDay {
  readonly day: number;
  readonly security: number;
  readonly market: number;
  /** Of the file, counted from 1. */
  readonly line: number;
}

export interface PriceSeries {
  readonly file: string;
  /** Returns, one a trading day of both. */
  readonly days: readonly PriceDay[];
  /** What was found and kept: gaps, days without a price, in plain sentences with their line. */
  readonly notices: readonly PriceNotice[];
}

/** Throws HongbaoError `invalid_file` with file and line. */
export function priceSeries(
  table: PriceTable,
  columns: PriceColumns,
  splits: readonly ShareSplit[] = [],
): PriceSeries {
  const { file } = table;
  const notices: PriceNotice[] = [];
  const rows = readPriceRows(table, columns, notices);
  const what = columns.kind === "prices" ? "price" : "return";
  const complete = rows.filter((row): row is PriceDay => {
    if (row.security !== null && row.market !== null) return true;
    const missing = row.security === null ? columns.security : columns.market;
    const says =
      `${file}, line ${row.line}: no ${what} of ${missing} on ${dayText(row.day)} ` +
      "(a holiday there?): the day is left out";
    notices.push({ day: row.day, says });
    return false;
  });
  noteCalendar(rows, complete, file, columns, notices);
  if (columns.kind === "returns") return { file, days: complete, notices };
  const days = new Set(complete.map(({ day }) => day));
  const jumps = new Jumps({ file, columns, notices }, splits, days);
  const returns = complete.slice(1).map((row, i) => {
    const before = complete[i]!;
    const of = (key: "security" | "market"): number =>
      jumps.returnOf(key, row[key] / before[key], row);
    return { ...row, security: of("security"), market: of("market") };
  });
  return { file, days: returns, notices };
}

/** Days of trading that were none, and working days that are not there. */
function noteCalendar(
  rows: readonly PriceRow[],
  complete: readonly PriceDay[],
  file: string,
  { kind }: PriceColumns,
  notices: PriceNotice[],
): void {
  const listed = new Set(rows.map(({ day }) => day));
  const spans =
    kind === "prices" ? "the return to the next day spans them" : "their returns are missing";
  for (const [i, { day, line }] of complete.entries()) {
    const place = `${file}, line ${line}`;
    if (weekday(day) > 5) {
      notices.push({ day, says: `${place}: ${dayText(day)} is a weekend's day` });
    }
    if (i === 0) continue;
    const absent: number[] = [];
    for (let each = complete[i - 1]!.day + 1; each < day; each++) {
      if (weekday(each) <= 5 && !listed.has(each)) absent.push(each);
    }
    if (absent.length === 0) continue;
    const [first, last] = [dayText(absent[0]!), dayText(absent.at(-1)!)];
    const when = absent.length === 1 ? first : `${first} to ${last}`;
    const count = `${absent.length} working day${absent.length === 1 ? "" : "s"}`;
    const says = `${place}: no row of ${count} before it, ${when} (a holiday, or a gap?): ${spans}`;
    notices.push({ day, says });
  }
}
