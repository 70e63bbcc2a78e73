// What is said of counts beside their odds. The p of an offer is a bound: the least of its amounts'
// times their number. Cut at 1 it says nothing, and is never told as the share of cases.
import type { OddsReport } from "../../../journal/verify/odds.ts";

/** Below it chance is a poor explanation. */
const ODD_P = 0.001;

type Row = OddsReport["rows"][number];

export interface OddsVerdict<R> {
  readonly word: "near" | "fine" | "usual" | "odd";
  /** The amount that chance leaves so far off least often. */
  readonly furthest: R;
  /** How often, of it alone, and at most of any of them. */
  readonly own: number;
  readonly p: number;
}

/** Null where nothing was drawn, or nothing could come out otherwise. */
export function oddsVerdict<R extends Row>(
  p: number | null,
  rows: readonly R[],
): OddsVerdict<R> | null {
  if (p === null || rows.length === 0) return null;
  const furthest = rows.reduce((one, other) => (ownOf(other) < ownOf(one) ? other : one));
  const own = ownOf(furthest);
  const word = p < ODD_P ? "odd" : p < 1 ? "fine" : own < 1 ? "usual" : "near";
  return { word, furthest, own, p };
}

function ownOf({ p }: Row): number {
  return p ?? 1;
}
