// What opening a file journal takes and reports.
import { assert } from "../../base/assert.ts";
import type { HongbaoError } from "../../base/error.ts";
import type { Sha256 } from "../codec.ts";
import {
  BLOCK_BYTES,
  PAYLOAD_BYTES_MAX,
  recordBytes,
  SEGMENT_BYTES_DEFAULT,
  SEGMENT_RECORDS_OFFSET,
} from "../format.ts";
import type { Disk } from "./disk.ts";
import type { ProcessTable } from "./lock.ts";
import type { KnownRecord } from "./recovery-input.ts";
import type { CutReport } from "./repair.ts";

export interface FileJournalOptions {
  disk: Disk;
  processes: ProcessTable;
  /** Expected of an existing journal, given to a new one. */
  ledgerId?: string;
  /** Names a new ledger when `ledgerId` does not. */
  mintLedgerId: () => string;
  /** Of segments to come; existing ones keep theirs. */
  segmentBytes?: number;
  sha256?: Sha256;
  /** Take the lock from a writer that cannot be proved dead. */
  takeOver?: boolean;
  /** Give up a last record that is complete but has a flipped bit; mend what else is redundant. */
  acceptBitFlip?: boolean;
  /** Snapshots and checkpoints: a journal shorter than they are is refused. */
  known?: KnownRecord[];
  /** 0: only when `writeHead` is called. */
  headEveryMs?: number;
  /** Told once when a failure outside a call (the head file's timer) ends the journal. */
  onFailure?: (error: HongbaoError) => void;
}

export interface RecoveryReport {
  /** Whether the directory was new. */
  created: boolean;
  cut: CutReport | null;
  notices: string[];
}

/** How old the head file may be at most. */
export const HEAD_EVERY_MS = 1000;

/** Bytes of a new segment. */
export function segmentBytesOf(options: FileJournalOptions): number {
  const bytes = options.segmentBytes ?? SEGMENT_BYTES_DEFAULT;
  assert(bytes % BLOCK_BYTES === 0 && bytes >= 8 * BLOCK_BYTES, `segment of ${bytes} bytes`);
  return bytes;
}

/** The largest payload that fits in a segment with its first two blocks and one kept for a seal. */
export function maxPayloadBytesOf(segmentBytes: number): number {
  const room = segmentBytes - SEGMENT_RECORDS_OFFSET - BLOCK_BYTES - recordBytes(0);
  return Math.min(PAYLOAD_BYTES_MAX, room);
}
