// What a campaign has answered since the start, by operation and status. Grants and redemptions are
// in its books; refusals are no events, so that nothing but this counts them.
import { HongbaoError } from "../../base/error.ts";
import type { AnswerBase } from "../../contract/schema/answer-base.ts";
import type { LiveAnswers, Tally } from "../../contract/schema/live.ts";

type Answered = (AnswerBase & { cap?: string }) | HongbaoError;

export class AnswerTally {
  private readonly byOperation = new Map<string, Map<string, number>>();
  private readonly byCap = new Map<string, number>();
  private sinceMs: number | null = null;

  /** Equal answers in a row are counted at once: a line of a batch costs a comparison. */
  add(operation: string, answers: readonly Answered[]): void {
    const row = rowOf(this.byOperation, operation);
    let word = "";
    let run = 0;
    for (const answer of answers) {
      const next = wordOf(answer);
      if (next !== word) {
        if (run > 0) count(row, word, run);
        word = next;
        run = 0;
      }
      run += 1;
      if (next === "cap_reached" || next === "paced") this.addCap(answer);
    }
    if (run > 0) count(row, word, run);
    if (this.sinceMs === null) this.begin(answers);
  }

  view(): LiveAnswers {
    const byOperation: Record<string, Tally> = {};
    for (const [operation, row] of this.byOperation) byOperation[operation] = plain(row);
    return { sinceMs: this.sinceMs, byOperation, byCap: plain(this.byCap) };
  }

  private addCap(answer: Answered): void {
    if (!(answer instanceof HongbaoError) && answer.cap !== undefined) {
      count(this.byCap, answer.cap, 1);
    }
  }

  private begin(answers: readonly Answered[]): void {
    const first = answers.find((answer) => !(answer instanceof HongbaoError));
    if (first !== undefined && !(first instanceof HongbaoError)) this.sinceMs = first.atMs;
  }
}

/** A first answer that is given again is no new grant. */
function wordOf(answer: Answered): string {
  if (answer instanceof HongbaoError) return answer.code;
  return answer.replayed ? "replayed" : answer.status;
}

function rowOf(rows: Map<string, Map<string, number>>, name: string): Map<string, number> {
  let row = rows.get(name);
  if (row === undefined) {
    row = new Map();
    rows.set(name, row);
  }
  return row;
}

function count(row: Map<string, number>, word: string, times: number): void {
  row.set(word, (row.get(word) ?? 0) + times);
}

/** Words come from closed lists, and caps have ids that a file may choose. */
function plain(row: ReadonlyMap<string, number>): Tally {
  return Object.fromEntries(row);
}
