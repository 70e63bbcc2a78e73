// Reads a journal without touching it, also while a server writes it, from whatever holds its
// files: a directory, or what somebody gave a browser. Stops at the durable end and says what it
// met there. Touches no node: module.
import { HongbaoError } from "../../base/error.ts";
import type { JournalRecord, Sha256 } from "../codec.ts";
import { RESTORE, refusal } from "./damage.ts";
import { type Disk, errorCode } from "./disk.ts";
import { readHead } from "./head.ts";
import { readSegments } from "./read-segments.ts";
import { findEnd, type JournalEnd } from "./recovery.ts";
import type { KnownRecord } from "./recovery-input.ts";
import { loadSegments, type Segment } from "./segments.ts";
import { StrayBytes } from "./stray-bytes.ts";

export interface JournalReader {
  readonly ledgerId: string;
  /** The last record known to be durable when the directory was looked at; 0 for none. */
  readonly durableSequence: number;
  readonly segmentCount: number;
  /**
   * What was met, in plain words: torn bytes and records not yet durable at the end; once the
   * records are read, also bytes that belong to none of them and are not zero.
   */
  readonly notices: readonly string[];
  /** Records up to the durable end, each checked; rejects with `journal_damaged` at a bad one. */
  records(fromSequence?: number): AsyncIterable<JournalRecord>;
}

export interface ReadOptions {
  /** Checkpoints that the journal must reach. */
  known?: KnownRecord[];
  /** Pass over a complete last record with a flipped bit instead of refusing. */
  acceptBitFlip?: boolean;
  /**
   * A checkpoint signs the records up to here: those that are whole are durable, since only durable
   * ones are signed. The head file may say so up to a second later, and after a kill never does.
   */
  signedSequence?: number;
}

/**
 * While a server writes, a look can meet the end of what is there just as the next record comes. At
 * the next look that one is done, and the end elsewhere; damage stays what and where it is.
 */
const LOOKS_MAX = 100;

/** Looks at the files; rejects with the refusals that opening them for writing would give. */
export async function readJournal(
  disk: Disk,
  sha256: Sha256,
  options: ReadOptions = {},
): Promise<JournalReader> {
  let before = "";
  for (let looks = 1; ; looks++) {
    try {
      const { segments, end } = await look(disk, sha256, options);
      const signed = Math.min(options.signedSequence ?? 0, end.sequence);
      const last = Math.max(end.durableSequence, signed);
      const atEnd = noticesOf(segments.at(-1)!, end, last);
      const stray = new StrayBytes();
      return {
        ledgerId: segments[0]!.header.ledgerId,
        durableSequence: last,
        segmentCount: segments.length,
        get notices() {
          return [...atEnd, ...stray.notes];
        },
        records: (from = 1) => readSegments(disk, segments, from, last, sha256, stray),
      };
    } catch (error) {
      const again = error instanceof HongbaoError && error.code !== "journal_missing";
      if (!again || error.message === before || looks === LOOKS_MAX) throw error;
      before = error.message;
    }
  }
}

async function look(
  disk: Disk,
  sha256: Sha256,
  options: ReadOptions,
): Promise<{ segments: Segment[]; end: JournalEnd }> {
  const head = await readHead(disk); // before the segments: a running writer only moves on
  const segments = await loadSegments(disk).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") throw missing(disk);
    throw error;
  });
  if (segments.length === 0) throw missing(disk);
  const end = await findEnd({
    disk,
    segments,
    head,
    known: options.known ?? [],
    acceptBitFlip: options.acceptBitFlip ?? false,
    sha256,
  });
  return { segments, end };
}

function missing(disk: Disk): HongbaoError {
  const where = { place: disk.place, file: "000000000001.journal" };
  return refusal("journal_missing", where, "no journal here", `Name its directory, or: ${RESTORE}`);
}

function noticesOf(last: Segment, end: JournalEnd, durableSequence: number): string[] {
  const notices = [...end.notices];
  const unsettled = end.sequence - durableSequence;
  if (unsettled > 0) {
    const what =
      unsettled === 1 ? `record ${end.sequence} is` : `the last ${unsettled} records are`;
    notices.push(`${what} whole but not known to be durable, and left out`);
  }
  if (end.cutEnd !== null) {
    const bytes = end.cutEnd - end.offset;
    notices.push(`${last.name} at byte ${end.offset}: ${bytes} bytes of an unfinished write`);
  }
  return notices;
}
