// Do the arms hold the same kinds of users? Segments were known before anybody was assigned: arms
// of unequal make-up were not drawn alike, whatever they do later.
import { formatNumber, formatPercent } from "../report/format.ts";
import { chiSquareUpperTail } from "../stats/index.ts";
import type { Segment, Study } from "./study.ts";

export interface SegmentBalance {
  readonly by: string;
  /** Pearson's chi-square of arms by values. */
  readonly p: number;
  /** The value that is furthest off, and its share of each arm's users. */
  readonly detail: string;
}

/** Users whose value nobody wrote down, as sources name them. */
const NOT_KNOWN = "not known";

/** Expected users of a cell below which the chi-square reference fails (Cochran's rule). */
const ENOUGH_EXPECTED = 5;

/**
 * Balance by each of the study's segmentations, values of few users taken together. Users of whom
 * the value is not known are left out and told by arm: a treatment may change who becomes known.
 * Segmentations that leave fewer than two values are left out.
 */
export function segmentBalances(study: Study): SegmentBalance[] {
  const segments = study.segments ?? [];
  const names = [...new Set(segments.map(({ by }) => by))];
  return names.flatMap((by) => {
    const own = segments.filter((segment) => segment.by === by);
    const known = own.filter(({ value }) => value !== NOT_KNOWN);
    const balance = balanceOf(study, by, known);
    if (balance === null) return [];
    const unknown = own.find(({ value }) => value === NOT_KNOWN);
    if (unknown === undefined) return [balance];
    return [{ ...balance, detail: `${balance.detail}; ${leftOut(study, by, unknown)}` }];
  });
}

function leftOut(study: Study, by: string, { arms }: Segment): string {
  const each = [study.control, ...study.treatments].map(({ id, n }) => {
    const unknown = arms.find((arm) => arm.id === id)?.n ?? 0;
    const share = formatPercent(unknown / n, 2);
    return `${id} ${formatNumber(unknown)} of ${formatNumber(n)} (${share})`;
  });
  return `left out, since their ${by} is not known: ${each.join(", ")}`;
}

interface Counts {
  readonly value: string;
  readonly users: readonly number[];
}

function balanceOf(study: Study, by: string, segments: readonly Segment[]): SegmentBalance | null {
  const ids = [study.control, ...study.treatments].map(({ id }) => id);
  const counts = segments.map(({ value, arms }): Counts => {
    return { value, users: ids.map((id) => arms.find((arm) => arm.id === id)?.n ?? 0) };
  });
  const sizes = ids.map((_, a) => total(counts.map(({ users }) => users[a]!)));
  const all = total(sizes);
  const expected = ({ users }: Counts, a: number): number => (total(users) * sizes[a]!) / all;
  const isEnough = (row: Counts): boolean =>
    sizes.every((_, a) => expected(row, a) >= ENOUGH_EXPECTED);
  const few = counts.filter((row) => !isEnough(row));
  const rest = { value: "the rest", users: ids.map((_, a) => total(few.map((r) => r.users[a]!))) };
  const rows = [...counts.filter(isEnough), ...(isEnough(rest) ? [rest] : [])];
  if (rows.length < 2 || ids.length < 2) return null;
  const off = rows.map((row) =>
    total(row.users.map((n, a) => (n - expected(row, a)) ** 2 / expected(row, a))),
  );
  const p = chiSquareUpperTail(total(off), (rows.length - 1) * (ids.length - 1));
  const { value, users } = rows[off.indexOf(Math.max(...off))]!;
  const shares = ids.map((id, a) => `${id} ${formatPercent(users[a]! / sizes[a]!, 1)}`);
  return { by, p, detail: `${value}: ${shares.join(", ")}` };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
