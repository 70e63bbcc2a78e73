// What the file journal says when it will not go on: always the file, the offset and the next step.
import { HongbaoError } from "../../base/error.ts";
import type { RecordFault } from "../codec.ts";

export type JournalErrorCode =
  | "journal_damaged"
  | "journal_bit_flip"
  | "journal_truncated"
  | "journal_locked"
  | "journal_failed"
  | "journal_closed"
  | "journal_missing"
  | "wrong_ledger"
  | "unknown_format"
  | "disk_full";

export interface Place {
  place: string;
  file: string;
  offset?: number;
  sequence?: number;
}

export const RESTORE =
  "Restore this file from a backup or a standby; nothing in the directory was changed";
export const RESTORE_DIRECTORY =
  "Restore the whole directory from a backup or a standby; nothing in it was changed";

/** Why a record is none, after "record 7 is damaged". */
export const FAULT_WORDS: Readonly<Record<RecordFault | "full", string>> = {
  zeros: "only zeros stand there",
  header: "its header does not fit its checksum",
  version: "it is of a later format",
  length: "it would not fit into its file",
  order: "another record stands there",
  body: "its content does not fit its checksum",
  chain: "its content does not fit the chain",
  end: "its end mark is wrong",
  full: "its file ends before it",
};

/** A refusal to use the journal as it is. */
export function refusal(
  code: JournalErrorCode,
  where: Place,
  found: string,
  next: string,
): HongbaoError {
  const offset = where.offset === undefined ? "" : ` at byte ${where.offset}`;
  const message = `${where.place}/${where.file}${offset}: ${found}. ${next}.`;
  return new HongbaoError({ code, message, details: { ...where } });
}

/** No room for the next segment: nothing was decided, and the same request may succeed later. */
export function diskFull(place: string, bytes: number, cause: unknown): HongbaoError {
  const message =
    `${place}: no room for the next ${bytes} bytes of journal. ` +
    "Free some space; reads go on, and claims do as soon as there is room.";
  return new HongbaoError({ code: "disk_full", message, retryable: true, cause });
}

/** No room for the little that opening writes: lock, head file, what a crash left behind. */
export function noRoomToOpen(place: string, cause: unknown): HongbaoError {
  const message =
    `${place}: the disk is full, and opening the journal writes a lock and a few blocks. ` +
    "Free some space and start again; nothing that was recorded is lost.";
  return new HongbaoError({ code: "disk_full", message, retryable: true, cause });
}

/** A write or sync failed: memory may be ahead of the disk, so this process must not go on. */
export function journalFailed(place: string, cause: unknown): HongbaoError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message =
    `${place}: the journal stopped because a write or sync failed (${reason}). ` +
    "Stop the process, look at the disk, start again: opening repairs what was not acknowledged.";
  return new HongbaoError({ code: "journal_failed", message, cause });
}

/** The directory refuses writing as such; nothing was touched. */
export function notWritable(place: string, cause: unknown): HongbaoError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `${place}: a journal is opened for writing, and nothing may be written there`;
  const next = "Make it writable for this user; `hongbao verify` and `hongbao export` only read.";
  const details = { next };
  return new HongbaoError({
    code: "file_unreadable",
    message: `${message} (${reason})`,
    cause,
    details,
  });
}

/** Passes an error that already says what to do; anything else is the disk's. */
export function asJournalError(place: string, error: unknown): HongbaoError {
  return error instanceof HongbaoError ? error : journalFailed(place, error);
}
