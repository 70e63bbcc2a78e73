// User ids from a column of a CSV file, a Parquet file or a DuckDB table, in parts.
import type { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import { isText } from "../contract/schema/text.ts";
import { quoteName } from "../prove/columns.ts";
import { fileProblem, loadSource, requireColumns } from "../prove/source-file.ts";
import { Warehouse } from "../prove/warehouse.ts";
import type { UserPart } from "./user-lines.ts";

const TABLE = "users";
/** Rows that are read at a time. */
const PAGE = 200_000;

/** Rows without a value are left out. Throws HongbaoError with file and row. */
export async function* userColumn(
  file: string,
  column: string,
  bytes: number,
): AsyncGenerator<UserPart> {
  const warehouse = await Warehouse.open();
  try {
    const source = await loadSource(warehouse, file, TABLE, null, [column]);
    requireColumns(source, [column]);
    const place = quoteName(source.position);
    const cell = `${quoteName(column)}::VARCHAR`;
    for (let from = 0; from < source.rows; from += PAGE) {
      const rows = await warehouse.rows(
        `SELECT ${place} AS place, ${cell} AS value FROM ${quoteName(TABLE)} ` +
          `WHERE ${place} > ${from} AND ${place} <= ${from + PAGE}`,
      );
      const users: string[] = [];
      for (const { place: row, value } of rows) {
        if (value === null || value === "") continue;
        if (!isText(String(value), LIMITS.idBytes)) throw wrong(file, column, Number(row));
        users.push(String(value));
      }
      yield {
        users,
        bytes: Math.floor((bytes * Math.min(from + PAGE, source.rows)) / source.rows),
      };
    }
  } finally {
    await warehouse.close();
  }
}

function wrong(file: string, column: string, row: number): HongbaoError {
  const expected = `a user's id of 1 to ${LIMITS.idBytes} bytes of UTF-8`;
  const message = `expected ${expected} in column "${column}", found something longer`;
  return fileProblem(file, `row ${row}`, message);
}
