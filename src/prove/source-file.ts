// Outcome files as tables of the warehouse: CSV cells stay text until they are checked, so that a
// bad one is named by file, line and column instead of failing somewhere in a sum.
import { stat } from "node:fs/promises";
import { HongbaoError } from "../base/error.ts";
import { fileProblem } from "../contract/file-problem.ts";
import { formatNumber } from "../report/format.ts";
import { quoteName, quoteText } from "./columns.ts";
import { lineOfRecord } from "./csv-lines.ts";
import {
  checkedHeader,
  csvSql,
  notUtf8,
  type SeparatorOption,
  widthProblem,
} from "./csv-source.ts";
import { FORMATS, type Format, requireKind } from "./file-kind.ts";
import type { Warehouse } from "./warehouse.ts";
import { lockedFailure, readerComplaint } from "./warehouse-failure.ts";

export interface SourceTable {
  readonly file: string;
  readonly table: string;
  /** All that the file has, read or not. */
  readonly columns: readonly string[];
  /** DuckDB's types of the columns that were read; all of a CSV are VARCHAR. */
  readonly types: ReadonlyMap<string, string>;
  readonly rows: number;
  /** The name of the column with the number of the row, from 1. */
  readonly position: string;
  readonly format: Format;
}

export type { SeparatorOption };
export { fileProblem };

const POSITION = "hongbao position";

/**
 * Makes a file the relation `table`: a CSV file (with a header line) is read into a table, since
 * that checks it; Parquet and a table of a DuckDB file (both by their ending) are only looked at.
 * @param inner the table of a DuckDB file; may be left out where it has one only
 * @param separator of a CSV file, and how another one is asked for
 * @param wanted columns to read, where the others are not asked for: a CSV of ten thousand columns
 *   then takes no more room than these; names that the file has not are left to `requireColumns`
 */
export async function loadSource(
  warehouse: Warehouse,
  file: string,
  table: string,
  inner: string | null = null,
  wanted: readonly string[] | null = null,
  separator: SeparatorOption = { name: "comma", option: null },
): Promise<SourceTable> {
  await requireContent(file);
  const format = formatOf(file);
  await requireKind(file, format);
  const target = `${format === "csv" ? "TABLE" : "VIEW"} ${quoteName(table)}`;
  if (format !== "duckdb") requireNoInner(file, inner);
  const header = format === "csv" ? await checkedHeader(file, separator) : null;
  try {
    const rows =
      header === null
        ? await rowsSql(warehouse, file, format, inner)
        : csvSql(quoteFile(file), POSITION, header, wanted ?? header, separator.name);
    await warehouse.run(`CREATE OR REPLACE ${target} AS ${rows}`, []);
  } catch (cause) {
    if (cause instanceof HongbaoError) throw cause;
    const locked = lockedFailure(file, cause);
    if (locked !== null) throw locked;
    const said = cause instanceof Error ? readerComplaint(cause.message) : String(cause);
    if (/unicode|utf-?8/i.test(said)) throw notUtf8(file);
    const width = widthProblem(file, cause);
    if (width !== null) throw width;
    throw fileProblem(file, "", `cannot be read as ${FORMATS[format]}: ${said}`);
  }
  if (format !== "csv") warehouse.reads(file);
  const described = await warehouse.rows(`DESCRIBE ${quoteName(table)}`);
  const types = new Map(
    described.map((row) => [String(row.column_name), String(row.column_type)] as const),
  );
  types.delete(POSITION);
  const { n } = await warehouse.row(`SELECT count(*) AS n FROM ${quoteName(table)}`);
  if (n === 0) throw fileProblem(file, "", "has a header but no rows");
  const columns = header ?? [...types.keys()];
  return { file, table, columns, types, rows: Number(n), position: POSITION, format };
}

function formatOf(file: string): Format {
  const name = file.toLowerCase();
  if (name.endsWith(".parquet")) return "parquet";
  return name.endsWith(".duckdb") ? "duckdb" : "csv";
}

async function rowsSql(
  warehouse: Warehouse,
  file: string,
  format: Format,
  inner: string | null,
): Promise<string> {
  const place = quoteName(POSITION);
  if (format === "duckdb") {
    return `SELECT rowid + 1 AS ${place}, * FROM ${await attached(warehouse, file, inner)}`;
  }
  return (
    `SELECT file_row_number + 1 AS ${place}, * EXCLUDE (file_row_number) ` +
    `FROM read_parquet(${quoteFile(file)}, file_row_number = true)`
  );
}

function requireNoInner(file: string, inner: string | null): void {
  if (inner === null) return;
  throw fileProblem(file, "", `expected a .duckdb file, since a table "${inner}" is named`);
}

/** The table of a DuckDB file, which is opened for reading only. */
async function attached(warehouse: Warehouse, file: string, inner: string | null): Promise<string> {
  const name = await warehouse.attach(file);
  const found = await warehouse.rows(
    `SELECT table_name FROM duckdb_tables() WHERE database_name = ${quoteText(name)} ORDER BY 1`,
  );
  const tables = found.map((row) => String(row.table_name));
  const listed = tables.map((each) => `"${each}"`).join(", ") || "none";
  const chosen = inner ?? (tables.length === 1 ? tables[0]! : null);
  if (chosen === null || !tables.includes(chosen)) {
    const wanted = chosen === null ? "the name of one of its tables" : `a table "${chosen}"`;
    throw fileProblem(file, "", `expected ${wanted}, found ${listed}`);
  }
  return `${quoteName(name)}.${quoteName(chosen)}`;
}

/** Refuses a file that lacks a column, naming those that it has. */
export function requireColumns(source: SourceTable, wanted: readonly string[]): void {
  for (const column of wanted) {
    if (source.columns.includes(column)) continue;
    const place = source.format === "csv" ? "line 1" : "";
    const have = listed(source.columns);
    throw fileProblem(source.file, place, `expected a column "${column}", found ${have}`, {
      column,
    });
  }
}

/** Beyond this many names nobody reads a list. */
const MOST_NAMES = 50;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `"${name}"`);
  const rest = names.length - shown.length;
  return shown.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

/** Refuses the first row for which `condition` (SQL) holds. `found` is the column to quote. */
export async function refuseRows(
  warehouse: Warehouse,
  source: SourceTable,
  column: string,
  condition: string,
  expected: string,
): Promise<void> {
  const from = `FROM ${quoteName(source.table)} WHERE ${condition}`;
  const [bad] = await warehouse.rows(
    `SELECT ${quoteName(source.position)} AS place, ${quoteName(column)}::VARCHAR AS found ` +
      `${from} ORDER BY 1 LIMIT 1`,
  );
  if (bad === undefined) return;
  const { n } = await warehouse.row(`SELECT count(*) AS n ${from}`);
  const rest = Number(n) > 1 ? ` (${formatNumber(Number(n))} rows in all)` : "";
  const cell = bad.found === null ? null : String(bad.found);
  const found = cell === null ? "an empty cell" : `"${shortened(cell)}"${dressed(cell, expected)}`;
  const row = Number(bad.place);
  const csv = source.format === "csv";
  const place = csv ? `line ${await lineOfRecord(source.file, row)}` : `row ${row}`;
  throw fileProblem(
    source.file,
    `${place}, column "${column}"`,
    `expected ${expected}, found ${found}${rest}`,
    { column, row, rows: n },
  );
}

/**
 * 1,234 and 1,5 would have to be guessed at, and 50 % may be a half or fifty: that is for whoever
 * exported them to say.
 */
function dressed(cell: string, expected: string): string {
  const isNumber = /\bnumber\b|^0 or 1/.test(expected);
  const isDressed = /^[-+]?\d[\d.,' ]*%?$/.test(cell.trim()) && /[,' %]/.test(cell.trim());
  return isNumber && isDressed ? ", which has to be a plain number such as 1234.5" : "";
}

function shortened(cell: string): string {
  return cell.length > 80 ? `${cell.slice(0, 80)}…` : cell;
}

/** What a column's cells must not be (SQL), and what was expected instead. */
export interface CellCheck {
  readonly column: string;
  readonly wrong: string;
  readonly expected: string;
}

/** The same as `refuseRows` for many columns, in one pass while nothing is wrong. */
export async function refuseCells(
  warehouse: Warehouse,
  source: SourceTable,
  checks: readonly CellCheck[],
): Promise<void> {
  if (checks.length === 0) return;
  const counts = checks.map(({ wrong }, i) => `count(*) FILTER (WHERE ${wrong}) AS n${i}`);
  const row = await warehouse.row(`SELECT ${counts.join(", ")} FROM ${quoteName(source.table)}`);
  for (const [i, { column, wrong, expected }] of checks.entries()) {
    if (Number(row[`n${i}`]) > 0) await refuseRows(warehouse, source, column, wrong, expected);
  }
}

/** Refuses rows whose `column` is not a finite number. */
export function requireNumbers(
  warehouse: Warehouse,
  source: SourceTable,
  column: string,
): Promise<void> {
  const cast = `TRY_CAST(${quoteName(column)} AS DOUBLE)`;
  const bad = `${cast} IS NULL OR NOT isfinite(${cast})`;
  return refuseRows(warehouse, source, column, bad, "a finite number");
}

/**
 * Refuses a user that stands in several rows.
 * @param key SQL of what tells users apart
 * @param or how that could be repaired, such as "(or duplicates: identical)"
 */
export async function requireUnique(
  warehouse: Warehouse,
  source: SourceTable,
  column: string,
  key: string = quoteName(column),
  or = "",
): Promise<void> {
  const place = quoteName(source.position);
  const { users } = await warehouse.row(
    `SELECT count(DISTINCT ${key}) AS users FROM ${quoteName(source.table)}`,
  );
  if (Number(users) === source.rows) return;
  const repeated =
    `${place} IN (SELECT ${place} FROM (SELECT ${place}, row_number() OVER ` +
    `(PARTITION BY ${key} ORDER BY ${place}) AS nth ` +
    `FROM ${quoteName(source.table)}) WHERE nth > 1)`;
  await refuseRows(warehouse, source, column, repeated, `each user once ${or}`.trimEnd());
}

/** The one file of that name: DuckDB would take *, ? and [ for a pattern of several. */
function quoteFile(file: string): string {
  return quoteText(file.replace(/[*?[]/g, (sign) => `[${sign}]`));
}

async function requireContent(file: string): Promise<void> {
  const info = await stat(file).catch((cause: unknown) => {
    throw new HongbaoError({
      code: "file_not_found",
      message: `${file}: no such file`,
      cause,
      details: { file },
    });
  });
  if (!info.isFile()) throw fileProblem(file, "", "expected a file");
  if (info.size === 0) throw fileProblem(file, "line 1", "expected a header line, found nothing");
}
