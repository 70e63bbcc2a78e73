// Holds every acknowledged answer against the journal, and every journalled id against the answers:
// neither may say what the other does not.

import type { CampaignKeys } from "../campaign-keys.ts";
import type { AnswerKind, AnswerLog, LoggedAnswer } from "./answer-log.ts";
import type { BoundId, LedgerReading } from "./ledger-reading.ts";

export interface Comparison {
  readonly answers: number;
  /** Answers that moved or withheld money, repetitions of them included. */
  readonly binding: number;
  /** Distinct ids in the journal. */
  readonly journalled: number;
  readonly agrees: boolean;
  /** The first few, in words. */
  readonly differences: readonly string[];
  readonly differenceCount: number;
}

/** What the journal calls what an answer says. */
const EVENT_OF: Readonly<Partial<Record<AnswerKind["status"], string>>> = {
  granted: "granted",
  accepted: "granted",
  held_out: "withheld",
  no_offer: "withheld",
  redeemed: "redeemed",
  cancelled: "cancelled",
  reversed: "reversed",
};

const SHOWN = 5;

/** Pure but for the keys: the same answers and the same journal always agree or differ alike. */
export function compareAnswers(
  log: AnswerLog,
  ledger: Pick<LedgerReading, "ids">,
  keys: Pick<CampaignKeys, "id" | "grant">,
): Comparison {
  const differences: string[] = [];
  let differenceCount = 0;
  let binding = 0;
  const differ = (text: string): void => {
    differenceCount += 1;
    if (differences.length < SHOWN) differences.push(text);
  };
  const answered = new Set<string>();
  for (const answer of log.answers()) {
    if (EVENT_OF[answer.kind.status] === undefined) continue;
    binding += 1;
    const id = keys.id(answer.id);
    answered.add(id);
    const bound = ledger.ids.get(id);
    const problem = problemOf(answer, bound, keys);
    if (problem !== null) differ(`${answer.kind.operation} ${answer.id}: ${problem}`);
  }
  for (const [id, bound] of ledger.ids) {
    if (!answered.has(id)) differ(`${bound.kind} in the journal under ${id}, never answered`);
  }
  return {
    ...{ answers: log.size, binding, journalled: ledger.ids.size },
    ...{ agrees: differenceCount === 0, differences, differenceCount },
  };
}

function problemOf(
  answer: LoggedAnswer,
  bound: BoundId | undefined,
  keys: Pick<CampaignKeys, "grant">,
): string | null {
  const { status } = answer.kind;
  const expected = EVENT_OF[status]!;
  if (bound === undefined) return `answered ${status}, not in the journal`;
  if (bound.kind !== expected) return `answered ${status}, journalled ${bound.kind}`;
  if (expected === "withheld") return null;
  if (bound.amountMinor !== answer.amountMinor) {
    return `answered ${answer.amountMinor}, journalled ${bound.amountMinor} minor units`;
  }
  const grant = answer.grant === null ? -1 : keys.grant(answer.grant);
  return grant === bound.grant ? null : `answered grant ${grant}, journalled ${bound.grant}`;
}
