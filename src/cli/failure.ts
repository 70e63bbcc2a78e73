// How a failure is told: what was expected, what came, where, and what to do next. A stack only for
// those who ask for it.
import { AssertionFailure } from "../base/assert.ts";
import { HongbaoError } from "../base/error.ts";
import { errorBody, errorEntry, isErrorCode } from "../contract/errors.ts";
import { printableJson, printableLines } from "../report/printable.ts";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-codes.ts";

export interface FailureOptions {
  /** Print stacks. */
  debug: boolean;
  /** Print the error as JSON on stdout, as servers do. */
  json: boolean;
  /** The words of the verb that failed, such as `campaign open`; empty for none. */
  verb: string;
}

/** Prints a failure and returns the exit code that goes with it. */
export function tellFailure(thrown: unknown, { debug, json, verb }: FailureOptions): ExitCode {
  const error = asKnown(thrown);
  const next = error === null ? null : nextStep(error, verb);
  if (json && error !== null) {
    // Beside what servers say: file, offset and sequence of a damaged journal.
    const told = next === null ? {} : { next };
    const body = { error: { ...error.details, ...errorBody(error).error, ...told } };
    process.stdout.write(`${printableJson(body)}\n`);
  }
  // Messages quote files and command lines, which others may have written.
  process.stderr.write(`${printableLines(failureText(thrown, error, next))}\n`);
  if (debug) process.stderr.write(`${printableLines(stackOf(thrown))}\n`);
  if (error === null || error.code === "internal") return EXIT.defect;
  return exitCodeOf(error.code);
}

function failureText(thrown: unknown, error: HongbaoError | null, next: string | null): string {
  if (error === null) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return (
      `hongbao: a defect of hongbao: ${message}\n` +
      "  next: repeat the command with --debug and report what it prints"
    );
  }
  return `hongbao: ${error.message}${next === null ? "" : `\n  next: ${next}`}`;
}

/**
 * What to do next, unless the message says it: those of the journal are more exact. `verb` stands
 * in for the catalogue's VERB.
 */
export function nextStep(error: HongbaoError, verb: string): string | null {
  if (typeof error.details.next === "string") return error.details.next;
  if (!isErrorCode(error.code) || SAYS_NEXT.test(error.code)) return null;
  return errorEntry(error.code).next.replace(" VERB", verb === "" ? "" : ` ${verb}`);
}

/** Of a file or a figure the message says all: to correct what it names needs no second line. */
const SAYS_NEXT = /^(journal_|wrong_|clock_|unknown_format|disk_full|invalid_file|invalid_data)/;

/** What the operating system refuses is no defect. */
function asKnown(thrown: unknown): HongbaoError | null {
  if (thrown instanceof HongbaoError) return thrown;
  if (thrown instanceof AssertionFailure || !(thrown instanceof Error)) return null;
  const { code, path, syscall } = thrown as NodeJS.ErrnoException;
  const found = code === undefined ? undefined : SYSTEM_ERRORS[code];
  if (code === undefined || found === undefined) return null;
  const message = `${path ?? syscall ?? "the system"}: ${found[1]} (${code})`;
  const details = found[2] === undefined ? {} : { next: found[2] };
  return new HongbaoError({ code: found[0], message, cause: thrown, details });
}

type SystemError = readonly [code: string, found: string, next?: string];

const SYSTEM_ERRORS: Readonly<Record<string, SystemError>> = {
  ENOENT: ["file_not_found", "there is no such file or directory"],
  EACCES: ["file_unreadable", "this user may not read or write it"],
  EPERM: ["file_unreadable", "this user may not do that"],
  EROFS: [
    "file_unreadable",
    "the file system is read-only",
    "Name a folder on another one, or mount this one for writing.",
  ],
  EISDIR: ["file_unreadable", "expected a file, found a directory"],
  ENOTDIR: ["file_unreadable", "expected a directory, found a file"],
  EEXIST: ["file_unreadable", "expected a directory, found a file"],
  ENOSPC: ["disk_full", "the disk is full"],
  EADDRNOTAVAIL: ["invalid_config", "--host: expected an address of this machine"],
  ENOTFOUND: ["invalid_config", "--host: expected an address of this machine, or its name"],
  EMFILE: ["file_unreadable", "too many files are open"],
};

function stackOf(thrown: unknown): string {
  const lines: string[] = [];
  for (let error = thrown; error instanceof Error; error = error.cause) {
    lines.push(error.stack ?? error.message);
  }
  return lines.length === 0 ? String(thrown) : lines.join("\ncaused by: ");
}
