// Forges journals: events are changed and every record is encoded anew, with right checksums and
// the right chain, so that only what the events say is wrong. Whoever holds the disk can do so.

import { sha256 } from "../../src/base/hash.ts";
import { EVENT_KINDS, type EventKind } from "../../src/core/event.ts";
import type { Opening } from "../../src/core/opening.ts";
import type { Revision } from "../../src/core/revision/revision-record.ts";
import {
  checkRecord,
  encodeRecord,
  firstChain,
  type JournalRecord,
  type RecordHeader,
} from "../../src/journal/codec.ts";
import { recordBytes } from "../../src/journal/format.ts";
import { LEDGER } from "./live-in-memory.ts";

export interface LooseRecord {
  header: RecordHeader;
  events: Uint32Array[];
}

/** The records of a journal, taken apart into events that can be changed. */
export class Forgery {
  readonly records: LooseRecord[];

  constructor(records: readonly JournalRecord[]) {
    this.records = records.map((record) => ({
      header: { ...record },
      events: eventsOf(record.payload),
    }));
  }

  /** Every event of a kind, in order. */
  all(kind: EventKind, campaign = 0): Uint32Array[] {
    return this.records
      .flatMap((record) => record.events)
      .filter((event) => (event[0]! & 0xff) === EVENT_KINDS[kind] && event[1]! >>> 16 === campaign);
  }

  /** The ordinal of the campaign that had an event of a kind first. */
  campaignOf(kind: EventKind): number {
    const events = this.records.flatMap((record) => record.events);
    const first = events.find((event) => (event[0]! & 0xff) === EVENT_KINDS[kind]);
    if (first === undefined) throw new Error(`the journal has no ${kind} event`);
    return first[1]! >>> 16;
  }

  /** The n-th event of a kind that fits; negative n count from the end. */
  event(kind: EventKind, n = 0, fits: (event: Uint32Array) => boolean = () => true): Uint32Array {
    const found = this.all(kind).filter(fits).at(n);
    if (found === undefined) throw new Error(`the journal has no such ${kind} event`);
    return found;
  }

  /** Puts other events in the place of one. */
  replace(event: Uint32Array, ...others: Uint32Array[]): void {
    for (const record of this.records) {
      const at = record.events.indexOf(event);
      if (at < 0) continue;
      record.events.splice(at, 1, ...others);
      record.header.eventCount = record.events.length;
      return;
    }
    throw new Error("the event is not in the journal");
  }

  /** Changes the opening of a campaign; its definition in every revision, too. */
  reopen(change: (opening: Opening) => void, campaign = 0): void {
    const opened = this.all("opened", campaign)[0]!;
    const opening = this.rewrite(opened, (each: Opening) => change(each));
    for (const event of this.all("revised", campaign)) {
      this.rewrite(event, ({ definition }: Revision) => change({ ...opening, definition }));
    }
  }

  /** Changes what an event states as JSON. */
  rewrite<T>(event: Uint32Array, change: (stated: T) => void): T {
    const bytes = new Uint8Array(event.buffer, 12, event[2]!);
    const stated = JSON.parse(new TextDecoder().decode(bytes)) as T;
    change(stated);
    const json = new TextEncoder().encode(JSON.stringify(stated));
    const forged = new Uint32Array(3 + Math.ceil(json.length / 4));
    forged.set(event.subarray(0, 3));
    forged[0] = (event[0]! & 0xffff) | (forged.length << 16);
    forged[2] = json.length;
    new Uint8Array(forged.buffer, 12).set(json);
    this.replace(event, forged);
    return stated;
  }

  /** The records as a reader would yield them, encoded anew. */
  encode(): JournalRecord[] {
    let previousChain = firstChain(LEDGER, sha256);
    return this.records.map(({ header, events }) => {
      const payload = joined(events);
      const bytes = new Uint8Array(recordBytes(payload.length));
      encodeRecord(bytes, { ...header, previousChain }, payload, sha256);
      const check = checkRecord(bytes, 0, { sequence: header.sequence, previousChain }, sha256);
      if (check.kind !== "record") throw new Error(`a forged record is unreadable: ${check.kind}`);
      previousChain = check.record.chain;
      return check.record;
    });
  }
}

/** A copy of an event with words taken out and put in; its length follows. */
export function spliced(
  event: Uint32Array,
  at: number,
  remove: number,
  ...insert: number[]
): Uint32Array {
  const words = [...event];
  words.splice(at, remove, ...insert);
  words[0] = (words[0]! & 0xffff) | (words.length << 16);
  return Uint32Array.from(words);
}

function eventsOf(payload: Uint8Array): Uint32Array[] {
  const words = new Uint32Array(payload.slice().buffer);
  const events: Uint32Array[] = [];
  for (let at = 0; at < words.length; at += words[at]! >>> 16) {
    events.push(words.slice(at, at + (words[at]! >>> 16)));
  }
  return events;
}

function joined(events: readonly Uint32Array[]): Uint8Array {
  const words = new Uint32Array(events.reduce((sum, event) => sum + event.length, 0));
  let at = 0;
  for (const event of events) {
    words.set(event, at);
    at += event.length;
  }
  return new Uint8Array(words.buffer);
}
