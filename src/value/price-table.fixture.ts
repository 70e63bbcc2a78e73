// A price file's rows, as its reader hands them on (the header is line 1), and rows made up.
import { dayNumber, dayText, weekday } from "./calendar-days.ts";
import type { PriceTable } from "./price-rows.ts";

/** @param rows such as "2026-02-04,100,50" */
export function priceTable(rows: readonly string[]): PriceTable {
  return {
    file: "p.csv",
    rows: rows.map((row, i) => {
      const [date = "", security = "", market = ""] = row.split(",");
      return { line: i + 2, date, security, market };
    }),
  };
}

/** Trading days from 2025-09-01 on: the share is .001 + 1.2 × market plus a wobble. */
export function tradingDays(count: number, shock: { at: number; size: number }): string[] {
  const rows: string[] = [];
  for (let day = dayNumber("2025-09-01")!; rows.length < count; day++) {
    if (weekday(day) > 5) continue;
    const i = rows.length;
    const market = 0.01 * Math.sin(1.3 * i);
    const extra = i === shock.at ? shock.size : 0;
    const share = 0.001 + 1.2 * market + 0.002 * Math.cos(2.1 * i * i) + extra;
    rows.push(`${dayText(day)},${share},${market}`);
  }
  return rows;
}
