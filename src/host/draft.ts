// A record in the making: events, and the lines of jobs whose answers wait for it to be durable.
import type { HongbaoError } from "../base/error.ts";
import { EventWriter } from "../core/event.ts";
import type { Job } from "./job.ts";

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

export function emptyDraft(): Draft {
  return { out: new EventWriter(), waiters: [], lines: 0 };
}

export function clearDraft(draft: Draft): void {
  draft.waiters = [];
  draft.lines = 0;
  draft.out.reset(0);
}

export function settleAll(draft: Draft, sequence: number): void {
  const { waiters } = draft;
  clearDraft(draft);
  for (const { job, from, to } of waiters) job.settle(from, to, sequence);
}

/** Nothing of the draft will be written: nobody hears that it was decided. */
export function refuseAll(draft: Draft, error: HongbaoError): void {
  const { waiters } = draft;
  clearDraft(draft);
  for (const { job, from } of waiters) job.refuse(from, error);
}
