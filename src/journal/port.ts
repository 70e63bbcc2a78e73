// The port through which the host keeps what it decided. One writer, one record in flight; memory
// and file adapters stand behind it, replicated stores will.
import type { JournalRecord } from "./codec.ts";

export interface RecordDraft {
  /** Not before the last record's. */
  atMs: number;
  eventCount: number;
  /** Events one after the other, a multiple of 4 bytes. The caller may reuse it afterwards. */
  payload: Uint8Array;
  /** 16 bytes that nobody can guess, new for each record. */
  blindingSeed: Uint8Array;
  /** Whether one of the events carries totals. */
  totals?: boolean;
}

export interface AppendedRecord {
  sequence: number;
  chain: Uint8Array;
}

export interface Journal {
  readonly ledgerId: string;
  /** 0 while the ledger is empty. */
  readonly lastSequence: number;
  readonly lastChain: Uint8Array;
  /** `atMs` of the last record, 0 while the ledger is empty: time must not run back. */
  readonly lastAtMs: number;
  readonly writerEpoch: number;
  /** Most bytes that the payload of one record may have. */
  readonly maxPayloadBytes: number;
  /** Whether a record survives a crash of the machine once `append` has resolved. */
  readonly durable: boolean;

  /**
   * Resolves when a record with so many bytes of payload can be appended without asking the disk
   * for room, also if one is being appended now. To be awaited BEFORE anything is decided: rejects
   * with `disk_full`, after which the journal goes on, reads too.
   */
  prepare(payloadBytes: number): Promise<void>;

  /** One at a time. Resolves when durable; any failure ends this journal (`journal_failed`). */
  append(draft: RecordDraft): Promise<AppendedRecord>;

  /**
   * Appends an empty record unless the last one already is: the next opening then knows that
   * everything before it was durable. To be called when idle; `close` does it too.
   */
  seal(): Promise<void>;

  /** The records from that sequence to the last one of now, checked one by one. */
  read(fromSequence?: number): AsyncIterable<JournalRecord>;

  /** Seals and lets go; never rejects because of an earlier failure. */
  close(): Promise<void>;
}
