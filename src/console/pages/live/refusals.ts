// What a campaign answered, as a person reads it: what was asked, and why it was refused.
import { ownOf } from "../../../base/record.ts";
import type { LiveView } from "../../../client/index.ts";
import { isStatus, statusEntry } from "../../../contract/statuses.ts";
import type { Totals } from "./rate-ring.ts";

export interface Refusal {
  operation: string;
  /** A status, or the code of an error. */
  reason: string;
  count: number;
  /** Lately. */
  perSecond: number;
}

type Answers = LiveView["answers"];

export function totalsOf({ books, answers }: LiveView): Totals {
  const { grants, redemptions } = books.counts;
  const claims = sum(Object.values(answers.byOperation.claim ?? {}));
  const refusals = sum(refusedIn(answers).map(({ count }) => count));
  return { claims, grants, redemptions, refusals };
}

/** Most frequent ones first. */
export function refusalsOf(view: LiveView, before: LiveView): Refusal[] {
  const seconds = (view.atMs - before.atMs) / 1000;
  return refusedIn(view.answers)
    .map(({ operation, reason, count }): Refusal => {
      const then = ownOf(ownOf(before.answers.byOperation, operation), reason) ?? 0;
      // A server that was started again counts anew.
      const perSecond = seconds > 0 && count >= then ? (count - then) / seconds : 0;
      return { operation, reason, count, perSecond };
    })
    .sort((a, b) => b.perSecond - a.perSecond || b.count - a.count);
}

function refusedIn({
  byOperation,
}: Answers): { operation: string; reason: string; count: number }[] {
  return Object.entries(byOperation).flatMap(([operation, tally]) =>
    Object.entries(tally).flatMap(([reason, count]) =>
      isRefusal(reason) ? [{ operation, reason, count }] : [],
    ),
  );
}

function isRefusal(reason: string): boolean {
  if (reason === "replayed") return false;
  return !isStatus(reason) || statusEntry(reason).kind !== "success";
}

function sum(all: readonly number[]): number {
  return all.reduce((a, b) => a + b, 0);
}
