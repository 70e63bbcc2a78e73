// Jobs that ask one question of the state, or change a campaign as a whole.
import { HongbaoError } from "../../base/error.ts";
import type { AnswerBase } from "../../contract/schema/answer-base.ts";
import type { EventWriter } from "../../core/event.ts";
import type { Job } from "./job.ts";

export interface SingleJobOptions<A extends AnswerBase> {
  lane: 0 | 1 | 2;
  deadlineMs: number;
  durable: boolean;
  decide: (atMs: number, out: EventWriter) => A;
  describe: () => string;
  done: (answer: A | HongbaoError) => void;
}

export class SingleJob<A extends AnswerBase> implements Job {
  readonly size = 1;
  readonly lane: 0 | 1 | 2;
  readonly deadlineMs: number;
  private readonly options: SingleJobOptions<A>;
  private answer: A | HongbaoError | null = null;

  constructor(options: SingleJobOptions<A>) {
    this.options = options;
    this.lane = options.lane;
    this.deadlineMs = options.deadlineMs;
  }

  decide(_index: number, atMs: number, out: EventWriter): void {
    try {
      this.answer = this.options.decide(atMs, out);
    } catch (error) {
      // Input that only the campaign can judge.
      if (!(error instanceof HongbaoError)) throw error;
      this.answer = error;
    }
  }

  settle(_from: number, _to: number, sequence: number): void {
    const answer = this.answer!;
    if (!(answer instanceof HongbaoError)) {
      answer.sequence = sequence;
      answer.durable = this.options.durable;
    }
    this.options.done(answer);
  }

  refuse(_from: number, error: HongbaoError): void {
    this.options.done(error);
  }

  describe(): string {
    return this.options.describe();
  }
}
