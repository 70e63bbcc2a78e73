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
  /** Lately; NaN: not known yet. */
  perSecond: number;
}

type Answers = LiveView["answers"];

export function totalsOf({ books, answers }: LiveView): Totals {
  const { grants, redemptions } = books.counts;
  const claims = sum(Object.values(answers.byOperation.claim ?? {}));
  const refusals = sum(refusedIn(answers).map(({ count }) => count));
  return { claims, grants, redemptions, refusals };
}

/**
 * Most frequent ones first.
 * @param views snapshots, the newest last
 * @param lately what the figures a second are of, so that they add up to that of all refusals;
 *   null: those are not known yet
 */
export function refusalsOf(
  views: readonly LiveView[],
  lately: { fromMs: number; toMs: number } | null,
): Refusal[] {
  return refusedIn(views.at(-1)!.answers)
    .map(({ operation, reason, count }): Refusal => {
      const by = (atMs: number): number => countBy(views, atMs, operation, reason);
      const seconds = lately === null ? Number.NaN : (lately.toMs - lately.fromMs) / 1000;
      const perSecond = lately === null ? seconds : (by(lately.toMs) - by(lately.fromMs)) / seconds;
      return { operation, reason, count, perSecond };
    })
    .sort((a, b) => (b.perSecond || 0) - (a.perSecond || 0) || b.count - a.count);
}

/** In a straight line between two snapshots; NaN before the first one. */
function countBy(
  views: readonly LiveView[],
  atMs: number,
  operation: string,
  reason: string,
): number {
  const next = views.findIndex((view) => view.atMs >= atMs);
  const [before, after] = [views[next - 1], views[next]];
  const of = ({ answers }: LiveView): number =>
    ownOf(ownOf(answers.byOperation, operation), reason) ?? 0;
  if (after === undefined) return Number.NaN;
  if (after.atMs === atMs) return of(after);
  if (before === undefined) return Number.NaN;
  const share = (atMs - before.atMs) / (after.atMs - before.atMs);
  return of(before) + share * (of(after) - of(before));
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
