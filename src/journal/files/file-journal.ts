// The journal in a directory: zero-filled segments, one record in flight, each durable before it is
// acknowledged. What a crash may leave behind and what opening does about it is in recovery.ts.
import { AssertionFailure, assert } from "../../base/assert.ts";
import { HongbaoError } from "../../base/error.ts";
import { encodeRecord, type JournalRecord, type Sha256 } from "../codec.ts";
import {
  BLOCK_BYTES,
  blockCeil,
  FLAG_EPOCH,
  FLAG_SEAL,
  FLAG_TOTALS,
  recordBytes,
  SEGMENT_RECORDS_OFFSET,
} from "../format.ts";
import { emptyDraft } from "../memory-journal.ts";
import type { AppendedRecord, Journal, RecordDraft } from "../port.ts";
import { asJournalError, diskFull, journalFailed } from "./damage.ts";
import { type Disk, type DiskFile, isDiskFull, writeFully } from "./disk.ts";
import {
  type FileJournalOptions,
  HEAD_EVERY_MS,
  maxPayloadBytesOf,
  type RecoveryReport,
  segmentBytesOf,
} from "./file-journal-options.ts";
import type { Head, HeadFile } from "./head.ts";
import type { Lock } from "./lock.ts";
import { readSegments } from "./read-segments.ts";
import type { JournalEnd } from "./recovery.ts";
import { activateSpare, type Segment, writeSeal } from "./segments.ts";
import { SpareSegment } from "./spare-segment.ts";

export interface FileJournalParts {
  options: FileJournalOptions;
  lock: Lock;
  segments: Segment[];
  file: DiskFile;
  head: HeadFile;
  end: JournalEnd;
  recovery: RecoveryReport;
  sha256: Sha256;
}

export class FileJournal implements Journal {
  readonly ledgerId: string;
  readonly durable: boolean;
  readonly writerEpoch: number;
  readonly recovery: RecoveryReport;
  readonly maxPayloadBytes: number;
  lastSequence: number;
  lastChain: Uint8Array;
  lastAtMs: number;
  readonly #options: FileJournalOptions;
  readonly #disk: Disk;
  readonly #lock: Lock;
  readonly #sha256: Sha256;
  readonly #segmentBytes: number;
  readonly #segments: Segment[];
  readonly #headFile: HeadFile;
  readonly #spare: SpareSegment;
  readonly #timer: ReturnType<typeof setInterval> | null;
  #file: DiskFile;
  #offset: number;
  #buffer: Uint8Array = new Uint8Array(BLOCK_BYTES);
  #lastIsEmpty: boolean;
  #epochRecorded = false;
  #durableHead: Head;
  #writtenHead: number;
  #headWrite: Promise<void> | null = null;
  #busy = false;
  /** Bytes of the record in flight, which the offset does not count yet. */
  #writingBytes = 0;
  #rotating: Promise<void> | null = null;
  #closed = false;
  #closing: Promise<void> | null = null;
  #failure: HongbaoError | null = null;

  constructor(parts: FileJournalParts) {
    const { options, end, segments } = parts;
    this.#options = options;
    this.#disk = options.disk;
    this.#lock = parts.lock;
    this.#sha256 = parts.sha256;
    this.#segments = segments;
    this.#segmentBytes = segmentBytesOf(options);
    this.maxPayloadBytes = maxPayloadBytesOf(this.#segmentBytes);
    this.#file = parts.file;
    this.#headFile = parts.head;
    this.#offset = end.offset;
    this.#lastIsEmpty = end.lastIsEmpty;
    this.ledgerId = segments[0]!.header.ledgerId;
    this.durable = options.disk.durable;
    this.writerEpoch = end.writerEpoch + 1;
    this.recovery = parts.recovery;
    this.lastSequence = end.sequence;
    this.lastChain = end.chain;
    this.lastAtMs = end.atMs;
    this.#durableHead = { sequence: end.sequence, chain: end.chain };
    this.#writtenHead = end.sequence;
    this.#spare = new SpareSegment(this.#disk, this.#segmentBytes, (error) => this.#die(error));
    this.#spare.start();
    const everyMs = options.headEveryMs ?? HEAD_EVERY_MS;
    this.#timer = everyMs === 0 ? null : setInterval(() => this.#tick(), everyMs);
    this.#timer?.unref();
  }

  async prepare(payloadBytes: number): Promise<void> {
    for (;;) {
      this.#mustWork();
      if (this.#rotating !== null) {
        await this.#rotating.catch(() => {}); // whoever appends hears of it
        continue; // until then the spare's name is in use, and where records go is not settled
      }
      if (this.#fits(payloadBytes, this.#writingBytes)) return;
      await this.#spareReady();
      if (this.#rotating === null) return;
    }
  }

  append(draft: RecordDraft): Promise<AppendedRecord> {
    return this.#write(draft, draft.totals === true ? FLAG_TOTALS : 0);
  }

  async seal(): Promise<void> {
    this.#mustWork();
    if (!this.#lastIsEmpty) await this.#write(emptyDraft(this.lastAtMs), FLAG_SEAL);
  }

  read(fromSequence: number = 1): AsyncIterable<JournalRecord> {
    this.#mustBeOpen();
    return readSegments(this.#disk, this.#segments, fromSequence, this.lastSequence, this.#sha256);
  }

  /** Brings the head file up to date; the journal's own timer does it each second. */
  async writeHead(): Promise<void> {
    this.#mustWork();
    while (this.#headWrite !== null) await this.#headWrite;
    if (this.#writtenHead === this.#durableHead.sequence) return;
    const head = this.#durableHead;
    this.#headWrite = this.#headFile.write(head);
    try {
      await this.#headWrite;
      this.#writtenHead = head.sequence;
    } catch (error) {
      throw this.#die(error);
    } finally {
      this.#headWrite = null;
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    assert(!this.#busy, "close while a record is being written");
    if (this.#timer !== null) clearInterval(this.#timer);
    // Whoever appends hears of a failure, and opening repairs.
    if (this.#failure === null) await this.#settle().catch((error: unknown) => this.#die(error));
    this.#closed = true;
    // One that the timer began: its file may not be closed under it.
    while (this.#headWrite !== null) await this.#headWrite.catch(() => {});
    await this.#spare.discard();
    for (const file of [this.#file, this.#headFile]) await file.close().catch(() => {});
    await this.#lock.release().catch(() => {});
  }

  /** The last writes of a clean stop. */
  async #settle(): Promise<void> {
    await this.seal();
    if (!this.durable) {
      await this.#file.sync();
      this.#durableHead = { sequence: this.lastSequence, chain: this.lastChain };
    }
    await this.writeHead();
  }

  async #write(draft: RecordDraft, flags: number): Promise<AppendedRecord> {
    this.#mustWork();
    assert(!this.#busy, "one record at a time");
    assert(draft.atMs >= this.lastAtMs, `time runs back: ${draft.atMs} after ${this.lastAtMs}`);
    this.#busy = true;
    this.#writingBytes = blockCeil(recordBytes(draft.payload.length));
    try {
      if (!this.#fits(draft.payload.length, 0)) {
        this.#rotating = this.#rotate().finally(() => {
          this.#rotating = null;
        });
        await this.#rotating;
      }
      return await this.#writeRecord(draft, flags);
    } catch (error) {
      throw this.#die(error);
    } finally {
      this.#writingBytes = 0;
      this.#busy = false;
    }
  }

  async #writeRecord(draft: RecordDraft, flags: number): Promise<AppendedRecord> {
    const bytes = recordBytes(draft.payload.length);
    if (this.#buffer.length < bytes) this.#buffer = new Uint8Array(2 * blockCeil(bytes));
    const sequence = this.lastSequence + 1;
    const header = {
      flags: this.#epochRecorded ? flags : flags | FLAG_EPOCH,
      sequence,
      atMs: draft.atMs,
      durableSequence: this.#durableHead.sequence,
      writerEpoch: this.writerEpoch,
      eventCount: draft.eventCount,
      blindingSeed: draft.blindingSeed,
      previousChain: this.lastChain,
    };
    const chain = encodeRecord(this.#buffer, header, draft.payload, this.#sha256);
    const isEmpty = draft.eventCount === 0;
    await writeFully(this.#file, this.#buffer.subarray(0, bytes), this.#offset);
    this.#offset += blockCeil(bytes);
    this.lastSequence = sequence;
    this.lastChain = chain;
    this.lastAtMs = header.atMs;
    this.#lastIsEmpty = isEmpty;
    this.#epochRecorded = true;
    if (this.durable) this.#durableHead = { sequence, chain };
    return { sequence, chain };
  }

  async #spareReady(): Promise<void> {
    try {
      await this.#spare.ready();
    } catch (error) {
      if (isDiskFull(error)) throw diskFull(this.#disk.place, this.#segmentBytes, error);
      throw this.#die(error);
    }
  }

  /** The next segment takes over: made and synced first, then the old one is sealed. */
  async #rotate(): Promise<void> {
    const spare = await this.#spare.take();
    const old = this.#segments.at(-1)!;
    const segment = await activateSpare(this.#disk, spare, {
      number: old.header.number + 1,
      segmentBytes: this.#segmentBytes,
      firstSequence: this.lastSequence + 1,
      previousChain: this.lastChain,
      previousAtMs: this.lastAtMs,
      writerEpoch: this.writerEpoch,
      ledgerId: this.ledgerId,
    });
    const seal = {
      number: old.header.number,
      lastSequence: this.lastSequence,
      lastChain: this.lastChain,
      lastAtMs: this.lastAtMs,
      endOffset: this.#offset,
    };
    await writeSeal(this.#disk, this.#file, seal);
    await this.#file.close();
    old.seal = seal;
    this.#segments.push(segment);
    this.#file = spare;
    this.#offset = SEGMENT_RECORDS_OFFSET;
    this.#durableHead = { sequence: this.lastSequence, chain: this.lastChain };
    this.#spare.start();
  }

  /** Room for the record, and a block more unless it is a seal: closing never needs a segment. */
  #fits(payloadBytes: number, writingBytes: number): boolean {
    const most = this.maxPayloadBytes;
    assert(payloadBytes <= most, `${payloadBytes} bytes of payload, a segment takes ${most}`);
    const reserved = payloadBytes === 0 ? 0 : BLOCK_BYTES;
    const end = this.#offset + writingBytes + blockCeil(recordBytes(payloadBytes)) + reserved;
    return end <= this.#segments.at(-1)!.header.segmentBytes;
  }

  #tick(): void {
    if (this.#failure !== null || this.#closed) return;
    this.writeHead().catch((error: unknown) => {
      this.#options.onFailure?.(asJournalError(this.#disk.place, error));
    });
  }

  /** Ends the journal; a failed assertion passes as it is. */
  #die(error: unknown): Error {
    this.#failure ??= journalFailed(this.#disk.place, error);
    return error instanceof AssertionFailure ? error : this.#failure;
  }

  #mustWork(): void {
    this.#mustBeOpen();
    if (this.#failure !== null) throw this.#failure;
  }

  #mustBeOpen(): void {
    if (!this.#closed) return;
    const message = `${this.#disk.place}: this journal is closed; open it again to go on`;
    throw new HongbaoError({ code: "journal_closed", message });
  }
}
