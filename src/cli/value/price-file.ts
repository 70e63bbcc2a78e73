// The price file that a value.yaml names, by the reader that prove has for outcome files: quoted
// cells, rows of another width, other separators, encodings and packed files are told as there.
import { stat } from "node:fs/promises";
import { quoteName } from "../../prove/columns.ts";
import { linesOfRecords } from "../../prove/csv-lines.ts";
import {
  fileProblem,
  loadSource,
  requireColumns,
  type SourceTable,
} from "../../prove/source-file.ts";
import { Warehouse } from "../../prove/warehouse.ts";
import { PRICE_ROWS_MOST, type PriceColumns, type PriceTable } from "../../value/price-rows.ts";

const TABLE = "prices";
/** Thousands of shares over decades; more takes minutes to be refused for its rows. */
const PRICE_BYTES_MOST = 500e6;

/** Throws HongbaoError with file and line. */
export async function readPriceFile(file: string, columns: PriceColumns): Promise<PriceTable> {
  const wanted = [columns.date, columns.security, columns.market];
  const size = (await stat(file).catch(() => null))?.size ?? 0;
  if (size > PRICE_BYTES_MOST) {
    const most = `${PRICE_BYTES_MOST / 1e6} MB, which a row a trading day never needs`;
    throw fileProblem(file, "", `expected at most ${most}, found ${Math.round(size / 1e6)} MB`);
  }
  const warehouse = await Warehouse.open();
  try {
    const source = await loadSource(warehouse, file, TABLE, null, wanted);
    requireColumns(source, wanted);
    if (source.rows > PRICE_ROWS_MOST) {
      const found = `${source.rows}: is it one of minutes, or of many shares below each other?`;
      const message = `expected a row a trading day, at most ${PRICE_ROWS_MOST}, found ${found}`;
      throw fileProblem(file, "", message);
    }
    const lines = source.format === "csv" ? await linesOfRecords(file) : [];
    const rows = await warehouse.rows(rowsSql(source, wanted));
    const text = (cell: unknown): string => (cell === null ? "" : String(cell));
    return {
      file,
      rows: rows.map(({ place, c0, c1, c2 }) => ({
        line: lines[Number(place)] ?? Number(place) + 1,
        ...{ date: text(c0), security: text(c1), market: text(c2) },
      })),
    };
  } finally {
    await warehouse.close();
  }
}

function rowsSql(source: SourceTable, wanted: readonly string[]): string {
  const place = quoteName(source.position);
  const cells = wanted.map((name, i) => `${quoteName(name)}::VARCHAR AS c${i}`);
  const columns = [`${place} AS place`, ...cells].join(", ");
  return `SELECT ${columns} FROM ${quoteName(TABLE)} ORDER BY ${place}`;
}
