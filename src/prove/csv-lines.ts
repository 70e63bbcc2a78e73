// The physical side of a CSV file that DuckDB does not tell: its header's cells, and the line on
// which a record begins (quoted cells may span lines, blank lines are no records).
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/** Longest header that is read. */
const HEADER_BYTES = 1 << 20;

/** The cells of the first line, without a byte-order mark; null when a quote is never closed. */
export async function csvHeader(file: string, separator = ","): Promise<string[] | null> {
  const handle = await open(file, "r");
  try {
    const buffer = Buffer.alloc(HEADER_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, HEADER_BYTES, 0);
    return headerCells(
      buffer
        .subarray(0, bytesRead)
        .toString("utf8")
        .replace(/^\ufeff/, ""),
      separator,
    );
  } finally {
    await handle.close();
  }
}

function headerCells(text: string, separator: string): string[] | null {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]!;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[i + 1] === '"') cell += text[++i]!;
      else quoted = false;
    } else if (letter === '"' && cell === "") quoted = true;
    else if (letter === "\n" || letter === "\r") break;
    else if (letter === separator) {
      cells.push(cell);
      cell = "";
    } else cell += letter;
  }
  return quoted ? null : [...cells, cell];
}

/** The line (from 1) on which record `record` begins; record 0 is the header. */
export async function lineOfRecord(file: string, record: number): Promise<number> {
  let [seen, found] = [0, 1];
  await eachRecord(file, (line) => {
    found = line;
    return seen++ < record;
  });
  return found;
}

/** The lines on which all records begin, that of the header first. */
export async function linesOfRecords(file: string): Promise<number[]> {
  const lines: number[] = [];
  await eachRecord(file, (line) => lines.push(line) > 0);
  return lines;
}

/** @param goOn whether to look for the next, told the line on which one begins */
async function eachRecord(file: string, goOn: (line: number) => boolean): Promise<void> {
  let [line, quoted, empty] = [1, false, true];
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      if (byte === LINE_FEED && !quoted) {
        empty = true;
      } else if (byte !== RETURN) {
        if (empty && !quoted && !goOn(line)) return;
        empty = false;
        if (byte === QUOTE) quoted = !quoted;
      }
      if (byte === LINE_FEED) line += 1;
    }
  }
}
