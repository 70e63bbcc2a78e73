// A journal in memory, for tests, trials and planning: the same records and chain, nothing kept.
import { assert } from "../base/assert.ts";
import { HongbaoError } from "../base/error.ts";
import { sha256 as portableSha256 } from "../base/hash.ts";
import { checkRecord, encodeRecord, firstChain, type JournalRecord, type Sha256 } from "./codec.ts";
import {
  BLINDING_SEED_BYTES,
  FLAG_EPOCH,
  FLAG_SEAL,
  FLAG_TOTALS,
  PAYLOAD_BYTES_MAX,
  recordBytes,
} from "./format.ts";
import type { AppendedRecord, Journal, RecordDraft } from "./port.ts";

export interface MemoryJournalOptions {
  ledgerId: string;
  /** A quicker SHA-256 than the portable one. */
  sha256?: Sha256;
}

/** An empty journal whose records live as long as the object. */
export function createMemoryJournal(options: MemoryJournalOptions): Journal {
  return new MemoryJournal(options);
}

class MemoryJournal implements Journal {
  readonly ledgerId: string;
  readonly durable = false;
  readonly writerEpoch = 1;
  readonly maxPayloadBytes: number = PAYLOAD_BYTES_MAX;
  lastSequence = 0;
  lastChain: Uint8Array;
  lastAtMs = 0;
  readonly #sha256: Sha256;
  readonly #firstChain: Uint8Array;
  readonly #records: Uint8Array[] = [];
  #closed = false;
  #lastIsEmpty = true;

  constructor(options: MemoryJournalOptions) {
    this.ledgerId = options.ledgerId;
    this.#sha256 = options.sha256 ?? portableSha256;
    this.#firstChain = firstChain(options.ledgerId, this.#sha256);
    this.lastChain = this.#firstChain;
  }

  async prepare(_payloadBytes: number): Promise<void> {
    this.#mustBeOpen();
  }

  async append(draft: RecordDraft): Promise<AppendedRecord> {
    this.#mustBeOpen();
    return this.#append(draft, draft.totals === true ? FLAG_TOTALS : 0);
  }

  async seal(): Promise<void> {
    this.#mustBeOpen();
    if (this.#lastIsEmpty) return;
    this.#append(emptyDraft(this.lastAtMs), FLAG_SEAL);
  }

  async *read(fromSequence: number = 1): AsyncGenerator<JournalRecord> {
    const last = this.lastSequence;
    let previousChain = this.#firstChain;
    for (let sequence = 1; sequence <= last; sequence++) {
      const bytes = this.#records[sequence - 1]!;
      const check = checkRecord(bytes, 0, { sequence, previousChain }, this.#sha256);
      assert(check.kind === "record", `record ${sequence} in memory is damaged: ${check.kind}`);
      previousChain = check.record.chain;
      if (sequence >= fromSequence) yield check.record;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await this.seal();
    this.#closed = true;
  }

  #append(draft: RecordDraft, flags: number): AppendedRecord {
    assert(draft.atMs >= this.lastAtMs, `time runs back: ${draft.atMs} after ${this.lastAtMs}`);
    const bytes = new Uint8Array(recordBytes(draft.payload.length));
    const sequence = this.lastSequence + 1;
    const header = {
      flags: flags | (sequence === 1 ? FLAG_EPOCH : 0),
      sequence,
      atMs: draft.atMs,
      durableSequence: 0,
      writerEpoch: this.writerEpoch,
      eventCount: draft.eventCount,
      blindingSeed: draft.blindingSeed,
      previousChain: this.lastChain,
    };
    const chain = encodeRecord(bytes, header, draft.payload, this.#sha256);
    this.#records.push(bytes);
    this.lastSequence = sequence;
    this.lastChain = chain;
    this.lastAtMs = draft.atMs;
    this.#lastIsEmpty = draft.eventCount === 0;
    return { sequence, chain };
  }

  #mustBeOpen(): void {
    if (!this.#closed) return;
    const message = `the journal of ledger ${this.ledgerId} is closed; open it again to go on`;
    throw new HongbaoError({ code: "journal_closed", message });
  }
}

/** An empty record at the time of the last one: it says nothing new, so it moves no clock. */
export function emptyDraft(atMs: number): RecordDraft {
  const blindingSeed = new Uint8Array(BLINDING_SEED_BYTES);
  return { atMs, eventCount: 0, payload: new Uint8Array(0), blindingSeed };
}
