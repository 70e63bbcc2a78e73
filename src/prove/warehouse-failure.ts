// What DuckDB says when it cannot go on, as a sentence for who gave it the files: damage in a file
// that is read where it lies shows only in the middle of a query.
import { HongbaoError } from "../base/error.ts";

/** Statements that are wrong are our own defect, whatever the files hold. */
const DEFECT = /^(Parser|Binder|Catalog|Conversion|Out of Range|Not implemented|Syntax) Error/;

export interface WarehouseState {
  /** Files that queries read where they lie. */
  readonly files: readonly string[];
  readonly memoryLimit: string;
  /** Where DuckDB keeps what is not in memory. */
  readonly folder: string;
}

/** The error to throw in place of `thrown`. */
export function warehouseFailure(
  thrown: unknown,
  { files, memoryLimit, folder }: WarehouseState,
): unknown {
  if (!(thrown instanceof Error) || thrown instanceof HongbaoError) return thrown;
  const { message } = thrown;
  if (/^Out of Memory Error/.test(message)) {
    const room = `the sources need more than the ${memoryLimit} of memory that prove may use`;
    return failure("run_failed", `${room}: ${readerComplaint(message)}`, thrown);
  }
  if (FULL.test(message)) {
    return temporaryFolderFailure(folder, thrown);
  }
  if (DEFECT.test(message) || files.length === 0) return thrown;
  const named = files.filter((file) => message.includes(file));
  const found = named.length > 0 ? named : files;
  const which = found.length === 1 ? found[0]! : `one of ${found.join(", ")}`;
  const said = `${which}: damaged, cannot be read to its end: ${readerComplaint(message)}`;
  return failure("invalid_file", said, thrown, { files: found });
}

const FULL = /ENOSPC|EDQUOT|No space left on device|max_temp_directory_size|quota exceeded/i;

/** Why a DuckDB file is not opened: somebody has it open for writing; null for other causes. */
export function lockedFailure(file: string, cause: unknown): HongbaoError | null {
  if (!(cause instanceof Error) || !/lock on file|Conflicting lock/i.test(cause.message))
    return null;
  const [, holder = "another program"] = /held in (.+?)(?:\.| by|$)/m.exec(cause.message) ?? [];
  const next = "Close that program, or copy the file and name the copy.";
  const message = `${file}: expected a DuckDB file that nobody writes, found it open in ${holder}`;
  return failure("file_unreadable", message, cause, { file, next });
}

/** Why nothing can be kept in a temporary folder, and what to do. */
export function temporaryFolderFailure(folder: string, cause: Error): HongbaoError {
  const isFull = FULL.test(cause.message);
  const what = isFull ? "is full" : "cannot be used";
  const next = isFull ? "free some space there, or set" : "set";
  const message =
    `${folder}: the folder for temporary files ${what}: ${next} TMPDIR to a folder with room ` +
    `(${readerComplaint(cause.message)})`;
  const further = { folder, next: "Set TMPDIR to a folder with room, and repeat the command." };
  return failure(isFull ? "disk_full" : "file_unreadable", message, cause, further);
}

function failure(
  code: "run_failed" | "disk_full" | "file_unreadable" | "invalid_file",
  message: string,
  cause: Error,
  details: Record<string, unknown> = {},
): HongbaoError {
  return new HongbaoError({ code, message, cause, details });
}

/** The first sentences of DuckDB's message, which name the line; the rest are its own options. */
export function readerComplaint(message: string): string {
  const lines = message.split("\n").filter((line) => line.trim() !== "");
  const statement = lines.findIndex((line) => /^LINE \d+: /.test(line));
  return lines
    .slice(0, statement < 0 ? 3 : Math.min(3, statement))
    .map((line) => (line.length > 160 ? `${line.slice(0, 160)}…` : line))
    .join(" ");
}
