// Which records a grant, or a campaign itself, was met in after its beginning: with it a history is
// read without reading the journal. Entries that share a bucket are chained from the newest to the
// oldest, so that 16 bytes on the disk an event, and four in memory a bucket, do.
import { HEAD } from "../core/event.ts";
import { payloadWords } from "../core/event-view.ts";
import { touchedBy } from "../core/touched.ts";
import type { JournalRecord } from "../journal/index.ts";
import { AppendFile } from "./append-file.ts";

const ENTRY_BYTES = 16;
/** With a hundred million entries a look reads a hundred of them. */
const BUCKETS = 1 << 20;
const READ_AHEAD = 4096;

export interface Touch {
  /** Ordinal of the campaign, and of the grant in it, or CAMPAIGN_ITSELF. */
  campaign: number;
  grant: number;
  /** Sequence of the record. */
  record: number;
}

export class TrailsFile {
  private readonly file: AppendFile;
  /** By bucket: the number of its newest entry, from 1; 0: none. */
  private readonly newest = new Uint32Array(BUCKETS);

  private constructor(file: AppendFile) {
    this.file = file;
  }

  /** Opens the first `length` entries; null when there are fewer. */
  static open(path: string, length: number): TrailsFile | null {
    const file = AppendFile.open(path, ENTRY_BYTES, length);
    if (file === null) return null;
    const trails = new TrailsFile(file);
    trails.find();
    return trails;
  }

  get length(): number {
    return this.file.length;
  }

  push({ campaign, grant, record }: Touch): void {
    const entry = new Uint8Array(ENTRY_BYTES);
    const view = new DataView(entry.buffer);
    const bucket = bucketOf(campaign, grant);
    view.setUint32(0, grant, true);
    view.setUint16(4, campaign, true);
    view.setUint16(6, Math.floor(record / 2 ** 32), true);
    view.setUint32(8, record >>> 0, true);
    view.setUint32(12, this.newest[bucket]!, true);
    this.file.push(entry);
    this.newest[bucket] = this.file.length;
  }

  /** The records that a grant was met in, newest first, each once; at most `most`. */
  recordsOf(campaign: number, grant: number, most: number): number[] {
    const records: number[] = [];
    let next = this.newest[bucketOf(campaign, grant)]!;
    while (next > 0 && records.length < most) {
      const view = new DataView(this.file.at(next - 1).buffer);
      const isOurs = view.getUint32(0, true) === grant && view.getUint16(4, true) === campaign;
      const record = view.getUint16(6, true) * 2 ** 32 + view.getUint32(8, true);
      if (isOurs && records.at(-1) !== record) records.push(record);
      const before = view.getUint32(12, true);
      // A damaged file must not lead in a circle.
      next = before < next ? before : 0;
    }
    return records;
  }

  sync(): void {
    this.file.sync();
  }

  close(): void {
    this.file.close();
  }

  /** Finds the newest entry of each bucket. */
  private find(): void {
    for (let from = 0; from < this.length; from += READ_AHEAD) {
      const entries = this.file.slice(from, Math.min(from + READ_AHEAD, this.length));
      const view = new DataView(entries.buffer);
      for (let at = 0; at < entries.length; at += ENTRY_BYTES) {
        const bucket = bucketOf(view.getUint16(at + 4, true), view.getUint32(at, true));
        this.newest[bucket] = from + at / ENTRY_BYTES + 1;
      }
    }
  }
}

/** Notes whose history a record belongs to. */
export function pushTouches(trails: TrailsFile, { sequence, payload }: JournalRecord): void {
  const words = payloadWords(payload);
  for (let at = 0; at < words.length; at += words[at]! >>> 16) {
    const grant = touchedBy(words, at);
    if (grant < 0) continue;
    trails.push({ campaign: words[at + HEAD.time]! >>> 16, grant, record: sequence });
  }
}

/** Neighbours lie apart: what is granted together is often spent together. */
function bucketOf(campaign: number, grant: number): number {
  return Math.imul(grant ^ Math.imul(campaign, 0x85ebca6b), 0x9e3779b1) >>> 12;
}
