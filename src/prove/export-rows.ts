// Writes a stream of rows as CSV or Parquet: a chunk at a time, under a temporary name, renamed
// when it is complete, so that a reader never meets half a file.
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { makeDirectory } from "../journal/files/make-directory.ts";
import { type Column, type ExportValue, quoteName, quoteText } from "./columns.ts";
import { withWarehouse } from "./warehouse.ts";

export type ExportFormat = "parquet" | "csv";

export interface ExportTarget {
  readonly dir: string;
  /** File name without its ending, such as "events". */
  readonly name: string;
  readonly format: ExportFormat;
  /** Called after every `progressRows` rows with the total so far. */
  readonly onProgress?: (rows: number) => void;
}

export interface ExportedFile {
  readonly path: string;
  readonly rows: number;
}

const PROGRESS_ROWS = 16_384;

/** Rows are arrays in the order of `columns`. */
export async function exportRows(
  rows: AsyncIterable<readonly ExportValue[]> | Iterable<readonly ExportValue[]>,
  columns: readonly Column[],
  target: ExportTarget,
): Promise<ExportedFile> {
  await makeDirectory(target.dir);
  const path = join(target.dir, `${target.name}.${target.format}`);
  const temporary = `${path}.tmp-${process.pid}`;
  const watched = reporting(rows, target.onProgress);
  try {
    const write = target.format === "csv" ? writeCsv : writeParquet;
    const count = await write(watched, columns, temporary);
    await rename(temporary, path);
    return { path, rows: count };
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * The same for rows that are objects; a column takes the property of its name, and undefined
 * becomes an empty cell.
 */
export function exportObjects<Row extends object>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  columns: readonly (Column & { readonly name: keyof Row & string })[],
  target: ExportTarget,
): Promise<ExportedFile> {
  return exportRows(asArrays(rows, columns), columns, target);
}

/** The same into a file of any name, which is not there under it before. Returns how many rows. */
export function writeObjects<Row extends object>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  columns: readonly (Column & { readonly name: keyof Row & string })[],
  path: string,
  format: ExportFormat,
): Promise<number> {
  const write = format === "csv" ? writeCsv : writeParquet;
  return write(asArrays(rows, columns), columns, path);
}

async function* asArrays<Row extends object>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  columns: readonly (Column & { readonly name: keyof Row & string })[],
): AsyncGenerator<ExportValue[]> {
  for await (const row of rows) {
    yield columns.map((column) => (row[column.name] ?? null) as ExportValue);
  }
}

async function* reporting(
  rows: AsyncIterable<readonly ExportValue[]> | Iterable<readonly ExportValue[]>,
  onProgress: ((rows: number) => void) | undefined,
): AsyncGenerator<readonly ExportValue[]> {
  let count = 0;
  for await (const row of rows) {
    yield row;
    count += 1;
    if (count % PROGRESS_ROWS === 0) onProgress?.(count);
  }
  onProgress?.(count);
}

async function writeParquet(
  rows: AsyncIterable<readonly ExportValue[]>,
  columns: readonly Column[],
  path: string,
): Promise<number> {
  return await withWarehouse({}, async (warehouse) => {
    const count = await warehouse.append("rows", columns, rows);
    const list = columns.map((column) => quoteName(column.name)).join(", ");
    await warehouse.run(
      `COPY (SELECT ${list} FROM "rows") TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    return count;
  });
}

async function writeCsv(
  rows: AsyncIterable<readonly ExportValue[]>,
  columns: readonly Column[],
  path: string,
): Promise<number> {
  const stream = createWriteStream(path);
  let count = 0;
  let text = `${columns.map((column) => csvCell(column.name)).join(",")}\n`;
  for await (const row of rows) {
    text += `${row.map(csvCell).join(",")}\n`;
    count += 1;
    if (text.length < 65_536) continue;
    if (!stream.write(text)) await once(stream, "drain");
    text = "";
  }
  stream.end(text);
  await finished(stream);
  return count;
}

/** RFC 4180; null is an empty cell, the empty text a quoted one. */
export function csvCell(value: ExportValue): string {
  if (value === null) return "";
  const text = String(value);
  if (text === "") return '""';
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
