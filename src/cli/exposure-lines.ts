// The lines of `hongbao exposure import`: a user and an instant, from two columns of a CSV, Parquet
// or DuckDB file, in parts. A cell that cannot be read stops the reading with its row.
import type { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import { readInstant } from "../contract/index.ts";
import { isText } from "../contract/schema/text.ts";
import { quoteName } from "../prove/columns.ts";
import { fileProblem, loadSource, requireColumns } from "../prove/source-file.ts";
import { Warehouse } from "../prove/warehouse.ts";

export interface ExposureLine {
  /** From 1, the header not counted. */
  row: number;
  user: string;
  seenAtMs: number;
}

const TABLE = "exposures";

/** Throws HongbaoError `invalid_file` with file and row. */
export async function* exposureLines(
  file: string,
  columns: { user: string; at: string },
  most: number,
): AsyncGenerator<{ lines: ExposureLine[]; total: number }> {
  const warehouse = await Warehouse.open();
  try {
    const wanted = [columns.user, columns.at];
    const source = await loadSource(warehouse, file, TABLE, null, wanted);
    requireColumns(source, wanted);
    const place = quoteName(source.position);
    // Times of their own type as ms; text and numbers as they are.
    const isTime = /^(TIMESTAMP|DATE)/.test(source.types.get(columns.at) ?? "");
    const at = quoteName(columns.at);
    const cell = isTime ? `epoch_ms(${at})::VARCHAR` : `${at}::VARCHAR`;
    for (let from = 0; from < source.rows; from += most) {
      const rows = await warehouse.rows(
        `SELECT ${place} AS place, ${quoteName(columns.user)}::VARCHAR AS who, ${cell} AS at ` +
          `FROM ${quoteName(TABLE)} WHERE ${place} > ${from} AND ${place} <= ${from + most} ` +
          `ORDER BY ${place}`,
      );
      yield { lines: rows.map((row) => lineOf(file, row)), total: source.rows };
    }
  } finally {
    await warehouse.close();
  }
}

function lineOf(file: string, { place, who, at }: Readonly<Record<string, unknown>>): ExposureLine {
  const row = Number(place);
  const wrong = (expected: string, found: unknown): HongbaoError =>
    fileProblem(file, `row ${row}`, `expected ${expected}, found ${found ?? "nothing"}`);
  const user = String(who ?? "");
  if (!isText(user, LIMITS.idBytes)) {
    throw wrong(`a user's id of 1 to ${LIMITS.idBytes} bytes of UTF-8`, who);
  }
  const text = String(at ?? "");
  const seenAtMs = /^\d{1,15}$/.test(text) ? Number(text) : readInstant(text);
  if (seenAtMs === null) throw wrong("ms since 1970 or a time with zone", at);
  return { row, user, seenAtMs };
}
