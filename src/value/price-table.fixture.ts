// A price file's rows, as its reader hands them on: the header is line 1.
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
