// Every acknowledged answer, kept in columns: what the journal is held against afterwards, and what
// the screen counts.
import type { Status } from "../../contract/index.ts";

export type LoggedOperation = "claim" | "accept" | "redeem" | "cancel" | "reverse";

/** What is the same for many answers, and so is kept once. */
export interface AnswerKind {
  readonly operation: LoggedOperation;
  /** Why it was sent: fresh, duplicate, stale, bot, retry, assistant … */
  readonly cause: string;
  readonly status: Status;
  readonly replayed: boolean;
  /** The cap that refused, or null. */
  readonly cap: string | null;
}

export interface AnswerFacts {
  readonly id: string;
  readonly grant: string | null;
  /** Granted, redeemed, returned or reversed; 0 for refusals. */
  readonly amountMinor: number;
}

export type LoggedAnswer = AnswerFacts & { readonly kind: AnswerKind };

export class AnswerLog {
  private readonly ids: string[] = [];
  private readonly grants: (string | null)[] = [];
  private readonly amounts: number[] = [];
  private readonly kinds: number[] = [];
  private readonly kindList: AnswerKind[] = [];
  private readonly kindOf = new Map<string, number>();
  private readonly counts: number[] = [];

  get size(): number {
    return this.ids.length;
  }

  add(answer: AnswerKind & AnswerFacts): void {
    const { operation, cause, status, replayed, cap } = answer;
    const name = `${operation}|${cause}|${status}|${replayed}|${cap}`;
    let kind = this.kindOf.get(name);
    if (kind === undefined) {
      kind = this.kindList.push({ operation, cause, status, replayed, cap }) - 1;
      this.kindOf.set(name, kind);
      this.counts.push(0);
    }
    this.counts[kind] = this.counts[kind]! + 1;
    this.ids.push(answer.id);
    this.grants.push(answer.grant);
    this.amounts.push(answer.amountMinor);
    this.kinds.push(kind);
  }

  *answers(): Generator<LoggedAnswer, void, undefined> {
    for (let i = 0; i < this.ids.length; i++) {
      yield {
        kind: this.kindList[this.kinds[i]!]!,
        id: this.ids[i]!,
        grant: this.grants[i]!,
        amountMinor: this.amounts[i]!,
      };
    }
  }

  /** Answers that a test passes, counted without walking through all. */
  count(test: (kind: AnswerKind) => boolean): number {
    let sum = 0;
    this.kindList.forEach((kind, i) => {
      if (test(kind)) sum += this.counts[i]!;
    });
    return sum;
  }

  /** Counts by a label; null leaves out. Largest first. */
  tally(label: (kind: AnswerKind) => string | null): [string, number][] {
    const sums = new Map<string, number>();
    this.kindList.forEach((kind, i) => {
      const name = label(kind);
      if (name !== null) sums.set(name, (sums.get(name) ?? 0) + this.counts[i]!);
    });
    return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }
}
