// How a failure is told: what was expected, what came, where, and what to do next. A stack only for
// those who ask for it.
import { AssertionFailure } from "../base/assert.ts";
import { HongbaoError } from "../base/error.ts";
import { errorBody, errorEntry, isErrorCode } from "../contract/errors.ts";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-codes.ts";

export interface FailureOptions {
  /** Print stacks. */
  debug: boolean;
  /** Print the error as JSON on stdout, as servers do. */
  json: boolean;
}

/** Prints a failure and returns the exit code that goes with it. */
export function tellFailure(thrown: unknown, { debug, json }: FailureOptions): ExitCode {
  const error = asKnown(thrown);
  if (json && error !== null) {
    // Beside what servers say: file, offset and sequence of a damaged journal.
    const body = { error: { ...error.details, ...errorBody(error).error } };
    process.stdout.write(`${JSON.stringify(body)}\n`);
  }
  process.stderr.write(`${failureText(thrown, error)}\n`);
  if (debug) process.stderr.write(`${stackOf(thrown)}\n`);
  if (error === null || error.code === "internal") return EXIT.defect;
  return exitCodeOf(error.code);
}

function failureText(thrown: unknown, error: HongbaoError | null): string {
  if (error === null) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return (
      `hongbao: a defect of hongbao: ${message}\n` +
      "  next: repeat the command with --debug and report what it prints"
    );
  }
  const next = nextStep(error);
  return `hongbao: ${error.message}${next === null ? "" : `\n  next: ${next}`}`;
}

/** What to do next, unless the message says it: those of the journal are more exact. */
export function nextStep(error: HongbaoError): string | null {
  if (!isErrorCode(error.code) || SAYS_NEXT.test(error.code)) return null;
  return errorEntry(error.code).next;
}

const SAYS_NEXT = /^(journal_|wrong_|clock_|unknown_format|disk_full)/;

/** What the operating system refuses is no defect. */
function asKnown(thrown: unknown): HongbaoError | null {
  if (thrown instanceof HongbaoError) return thrown;
  if (thrown instanceof AssertionFailure || !(thrown instanceof Error)) return null;
  const { code, path, syscall } = thrown as NodeJS.ErrnoException;
  const found = code === undefined ? undefined : SYSTEM_ERRORS[code];
  if (code === undefined || found === undefined) return null;
  const message = `${path ?? syscall ?? "the system"}: ${found[1]} (${code})`;
  return new HongbaoError({ code: found[0], message, cause: thrown });
}

const SYSTEM_ERRORS: Readonly<Record<string, readonly [code: string, found: string]>> = {
  ENOENT: ["file_not_found", "there is no such file or directory"],
  EACCES: ["file_unreadable", "this user may not read or write it"],
  EPERM: ["file_unreadable", "this user may not do that"],
  EROFS: ["file_unreadable", "the file system is read-only"],
  EISDIR: ["file_unreadable", "expected a file, found a directory"],
  ENOTDIR: ["file_unreadable", "expected a directory, found a file"],
  EEXIST: ["file_unreadable", "expected a directory, found a file"],
  ENOSPC: ["disk_full", "the disk is full"],
  EMFILE: ["file_unreadable", "too many files are open"],
};

function stackOf(thrown: unknown): string {
  const lines: string[] = [];
  for (let error = thrown; error instanceof Error; error = error.cause) {
    lines.push(error.stack ?? error.message);
  }
  return lines.length === 0 ? String(thrown) : lines.join("\ncaused by: ");
}
