// What a file really is, by its first bytes: whoever exported a table finds out here that it is
// packed, a workbook, or in another encoding, not from a parser's complaint in the middle of it.
import { open } from "node:fs/promises";
import { fileProblem } from "../contract/file-problem.ts";

export type Format = "csv" | "parquet" | "duckdb";

export const FORMATS = { csv: "CSV", parquet: "Parquet", duckdb: "a DuckDB file" } as const;

/** What parts the cells of a line. */
export const SEPARATORS = { comma: ",", semicolon: ";", tab: "\t", pipe: "|" } as const;
export type Separator = keyof typeof SEPARATORS;

/** How whoever asks would name a separator. */
export const SEPARATOR_NAMES: readonly Separator[] = ["comma", "semicolon", "tab", "pipe"];

const HEAD_BYTES = 65_536;

/** Refuses a file that its name does not tell rightly. */
export async function requireKind(file: string, format: Format): Promise<void> {
  const head = await headOf(file);
  const reason = format === "csv" ? noCsvReason(head) : null;
  if (reason !== null) throw fileProblem(file, "", `cannot be read as CSV: ${reason}`);
  const isOther = format === "parquet" ? !isParquet(head) : format === "duckdb" && !isDuckDb(head);
  if (!isOther) return;
  const message = `cannot be read as ${FORMATS[format]}, which its name promises: its first bytes`;
  throw fileProblem(file, "", `${message} are of something else`, {
    next: "Export it again, or give it the right name.",
  });
}

/** As many of its first bytes as say what a file is. */
async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file, "r");
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

const UTF8 = 'save it as CSV in UTF-8 (in Excel: "CSV UTF-8")';

/** Why a file is no text of a table, and what to do; null where it may be one. */
function noCsvReason(head: Buffer): string | null {
  const begins = (...bytes: number[]): boolean =>
    head.subarray(0, bytes.length).equals(Buffer.from(bytes));
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) return `it is text in UTF-16: ${UTF8}`;
  if (begins(0x1f, 0x8b)) return "it is packed (gzip): unpack it first, with gunzip";
  if (begins(0x28, 0xb5, 0x2f, 0xfd)) return "it is packed (zstd): unpack it first, with unzstd";
  if (begins(0x50, 0x4b, 0x03, 0x04)) {
    return `it is an Excel workbook or a zip archive: unpack it, or ${UTF8}`;
  }
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) return `it is an old Excel workbook: ${UTF8}`;
  if (isParquet(head)) return "it is Parquet: let its name end in .parquet";
  if (isDuckDb(head)) return "it is a DuckDB file: let its name end in .duckdb";
  if (head.includes(0)) return `it has bytes of value 0, which no text has: ${UTF8}`;
  return null;
}

function isParquet(head: Buffer): boolean {
  return head.subarray(0, 4).toString("latin1") === "PAR1";
}

/** The magic bytes come after a checksum. */
function isDuckDb(head: Buffer): boolean {
  return head.subarray(8, 12).toString("latin1") === "DUCK";
}

/** The separator that a header of one cell seems to have; null where it has none. */
export function likelySeparator(header: readonly string[], used: Separator): Separator | null {
  const [only, ...others] = header;
  if (only === undefined || others.length > 0) return null;
  return SEPARATOR_NAMES.find((name) => name !== used && only.includes(SEPARATORS[name])) ?? null;
}
