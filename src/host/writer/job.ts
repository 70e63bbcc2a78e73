// A job is what waits for the writer: one request or a batch of independent lines. Answers leave
// when what they were computed from is durable.
import type { HongbaoError } from "../../base/error.ts";
import type { EventWriter } from "../../core/event.ts";

/** Redemptions go first: an order at a till waits for them. Reads go last. */
export const LANE = { redemption: 0, claim: 1, read: 2 } as const;

export interface Job {
  readonly lane: 0 | 1 | 2;
  /** Number of lines; each is decided on its own. */
  readonly size: number;
  /** Past this instant of the monotonic clock nothing more is decided; Infinity = no deadline. */
  readonly deadlineMs: number;
  /** Decides line `index`: writes events to `out`, keeps the answer. A bad line keeps an error. */
  decide(index: number, atMs: number, out: EventWriter): void;
  /** Lines from … to - 1 are durable with record `sequence`. */
  settle(from: number, to: number, sequence: number): void;
  /** Nothing after line `from` - 1 was decided. */
  refuse(from: number, error: HongbaoError): void;
  /** What was asked in line `index`, for the quarantine file. */
  describe(index: number): string;
}

/** Jobs of three lanes, first in, first out within each. */
export class JobQueue {
  /** Lines that wait. */
  lines = 0;
  private readonly lanes: { jobs: Job[]; head: number }[] = [0, 1, 2].map(() => ({
    jobs: [],
    head: 0,
  }));

  push(job: Job): void {
    this.lanes[job.lane]!.jobs.push(job);
    this.lines += job.size;
  }

  /** The job that is next, or null. It stays until `shift`. */
  peek(): Job | null {
    for (const lane of this.lanes) {
      const job = lane.jobs[lane.head];
      if (job !== undefined) return job;
    }
    return null;
  }

  /** Removes a job whose lines are all taken; it need not be first any more. */
  shift(job: Job): void {
    const lane = this.lanes[job.lane]!;
    lane.head += 1;
    if (lane.head < 1024 && lane.head < lane.jobs.length) return;
    lane.jobs.splice(0, lane.head);
    lane.head = 0;
  }

  /** Empties the queue. */
  drain(): Job[] {
    const jobs = this.lanes.flatMap((lane) => lane.jobs.splice(0).slice(lane.head));
    for (const lane of this.lanes) lane.head = 0;
    this.lines = 0;
    return jobs;
  }
}
