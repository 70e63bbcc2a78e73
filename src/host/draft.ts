// A record in the making: events, and the lines of jobs whose answers wait for it to be durable.
import type { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import { EventWriter } from "../core/event.ts";
import type { Journal, RecordDraft } from "../journal/port.ts";
import type { Job } from "./writer/job.ts";

/** Lines of one job whose answers wait for one record. */
export interface Waiter {
  job: Job;
  from: number;
  to: number;
}

export interface Draft {
  out: EventWriter;
  waiters: Waiter[];
  lines: number;
}

/** Words that one record may have; half of them are left for the last line's events. */
export function recordWordsOf(journal: Pick<Journal, "maxPayloadBytes">): number {
  return Math.floor(Math.min(2 * LIMITS.recordBytes, journal.maxPayloadBytes) / 4);
}

/** No more lines once a record is this long; the last one may still add an event. */
export function isFull({ lines, out }: Draft, recordWords: number): boolean {
  return lines >= LIMITS.recordCommands || out.length >= recordWords / 2;
}

export function emptyDraft(): Draft {
  return { out: new EventWriter(), waiters: [], lines: 0 };
}

/** The line's answer waits for this record. */
export function addLine(draft: Draft, job: Job, index: number): void {
  draft.lines += 1;
  const last = draft.waiters[draft.waiters.length - 1];
  if (index > 0 && last?.job === job) last.to = index + 1;
  else draft.waiters.push({ job, from: index, to: index + 1 });
}

/** What goes to the journal; the payload is a view of the draft's own words. */
export function recordOf(out: EventWriter, blindingSeed: Uint8Array, totals: boolean): RecordDraft {
  const payload = new Uint8Array(out.words.buffer, out.words.byteOffset, 4 * out.length);
  return { atMs: out.baseAtMs, eventCount: out.count, payload, blindingSeed, totals };
}

export function clearDraft(draft: Draft): void {
  draft.waiters = [];
  draft.lines = 0;
  draft.out.reset(0);
}

export function settleAll(draft: Draft, sequence: number): void {
  const { waiters } = draft;
  clearDraft(draft);
  for (const { job, from, to } of waiters) heard(() => job.settle(from, to, sequence));
}

/** Nothing of the draft will be written: nobody hears that it was decided. */
export function refuseAll(draft: Draft, error: HongbaoError): void {
  const { waiters } = draft;
  clearDraft(draft);
  for (const { job, from } of waiters) heard(() => job.refuse(from, error));
}

/** A callback that throws is its caller's bug: the others get their answers all the same. */
function heard(answer: () => void): void {
  try {
    answer();
  } catch (thrown) {
    queueMicrotask(() => {
      throw thrown;
    });
  }
}
