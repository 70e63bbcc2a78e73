// Why the writer refuses before it decides, and why it stops.
import { assert } from "../../base/assert.ts";
import { HongbaoError } from "../../base/error.ts";

export function overloaded(): HongbaoError {
  const message = "too many requests are waiting; nothing was decided, try again in a moment";
  return new HongbaoError({ code: "overloaded", message, retryable: true });
}

export function tooLate(): HongbaoError {
  const message = "the request's deadline passed while it waited; nothing was decided";
  return new HongbaoError({ code: "deadline_exceeded", message, retryable: true });
}

export function quarantined(line: number): HongbaoError {
  const message = `line ${line + 1} is a request that stopped the writer before; it is kept out`;
  return new HongbaoError({ code: "quarantined", message, details: { line } });
}

export function shuttingDown(): HongbaoError {
  const message = "the engine is closing; nothing was decided";
  return new HongbaoError({ code: "shutting_down", message, retryable: true });
}

export function journalFailed(cause: unknown): HongbaoError {
  if (cause instanceof HongbaoError && cause.code !== "disk_full") return cause;
  const message =
    "the journal could not be written; " +
    "whether the last requests were kept is known after a restart";
  return new HongbaoError({ code: "journal_failed", message, cause });
}

/** What a line hears that was never part of a written record, when `failure` stops the writer. */
export function undecided(failure: HongbaoError): HongbaoError {
  if (failure.code !== "journal_failed") return failure;
  const message = "the writer has stopped after a failed write; this request was not decided";
  return new HongbaoError({ code: "writer_stopped", message, cause: failure });
}

export function asFatal(error: unknown): HongbaoError {
  if (error instanceof HongbaoError) return error;
  assert(error instanceof Error, "expected an Error");
  const message = `a bug stopped the writer: ${error.message}`;
  return new HongbaoError({ code: "internal", message, cause: error });
}
