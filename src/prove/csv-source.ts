// A CSV file as rows of the warehouse: its header, its separator, its encoding.
import type { HongbaoError } from "../base/error.ts";
import { fileProblem } from "../contract/file-problem.ts";
import { quoteName, quoteText } from "./columns.ts";
import { csvHeader } from "./csv-lines.ts";
import { likelySeparator, SEPARATORS, type Separator } from "./file-kind.ts";

/** What parts the cells of a CSV file. */
export interface SeparatorOption {
  readonly name: Separator;
  /** How whoever asks would say another one; null: he cannot. */
  readonly option: ((name: Separator) => string) | null;
}

/**
 * Columns come from the header: DuckDB's own guess at the dialect may skip lines that do not fit.
 */
export async function checkedHeader(
  file: string,
  { name: separator, option }: SeparatorOption,
): Promise<readonly string[]> {
  const header = await csvHeader(file, SEPARATORS[separator]);
  if (header?.some((name) => name.includes("\ufffd"))) throw notUtf8(file);
  const likely = header === null ? null : likelySeparator(header, separator);
  if (likely !== null) {
    const message = `expected columns parted by ${separator}s, found ${likely}s`;
    const save = `Save it with ${separator}s`;
    const next = option === null ? `${save}.` : `Add ${option(likely)}, or save it with commas.`;
    throw fileProblem(file, "line 1", message, { next });
  }
  if (header === null) throw fileProblem(file, "line 1", "a quoted cell is never closed");
  const names = new Set<string>();
  for (const name of header) {
    const seen = name.toLowerCase();
    if (name === "") throw fileProblem(file, "line 1", "expected a name for each column");
    if (names.has(seen)) throw fileProblem(file, "line 1", `two columns are called "${name}"`);
    names.add(seen);
  }
  return header;
}

export function notUtf8(file: string): HongbaoError {
  const how = 'in Excel: "CSV UTF-8"; elsewhere: iconv -f LATIN1 -t UTF-8';
  return fileProblem(file, "", "is not text in UTF-8: expected CSV in UTF-8", {
    next: `Save it as CSV in UTF-8 (${how}).`,
  });
}

/** Of a row with more or fewer cells than the header; null: DuckDB says another thing. */
export function widthProblem(file: string, cause: unknown): HongbaoError | null {
  const said = cause instanceof Error ? cause.message : "";
  const [, line, expected, found] = WIDTH.exec(said) ?? [];
  if (line === undefined) return null;
  const message = `cannot be read as CSV: expected ${expected} cells, as the header has, found`;
  return fileProblem(file, `line ${line}`, `${message} ${found}`, {
    next: "Quote cells that hold the separator, and write numbers without it: 1234.5, not 1,234.5.",
  });
}

const WIDTH = /CSV Error on Line: (\d+)[\s\S]*?Expected Number of Columns: (\d+) Found: (\d+)/;

/**
 * SQL of the wanted columns, as text, and of the number of each row.
 * @param file SQL of its name
 */
export function csvSql(
  file: string,
  position: string,
  header: readonly string[],
  wanted: readonly string[],
  separator: Separator,
): string {
  const columns = header.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(", ");
  const read = header.filter((name) => wanted.includes(name)).map(quoteName);
  const reader =
    `read_csv(${file}, auto_detect = false, header = true, ` +
    `delim = ${quoteText(SEPARATORS[separator])}, ` +
    `quote = '"', escape = '"', nullstr = '', columns = {${columns}})`;
  const place = `row_number() OVER () AS ${quoteName(position)}`;
  return `SELECT ${[place, ...read].join(", ")} FROM ${reader}`;
}
