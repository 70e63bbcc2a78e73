// What can still be decided while the disk is full: reads, repetitions of what was decided, and
// refusals write nothing, so that they need no room.
import { EventWriter } from "../../core/event.ts";
import { type Job, LANE } from "./job.ts";
import { MoneyJob } from "./money-job.ts";

export interface Unwritten {
  /** Lines from … to - 1 are decided, and nothing of them is to be written. */
  to: number;
  /** What line `to` failed with, if it is a bug. */
  bug: { thrown: unknown } | null;
}

/** Decides the lines of a job from `from` on, as far as they write nothing. */
export function decideUnwritten(job: Job, from: number, atMs: number): Unwritten {
  // Other jobs apply to the state while they decide.
  if (job.lane !== LANE.read && !(job instanceof MoneyJob)) return { to: from, bug: null };
  const out = new EventWriter(64);
  out.reset(atMs);
  for (let line = from; line < job.size; line++) {
    try {
      job.decide(line, atMs, out);
    } catch (thrown) {
      return { to: line, bug: { thrown } };
    }
    if (out.length > 0) return { to: line, bug: null };
  }
  return { to: job.size, bug: null };
}
