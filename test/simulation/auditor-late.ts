// The auditor's payments that were made in time and told late: which money they are paid from, and
// what that takes from the money that settles. And the workload's way to make some.
import type { RedeemInput } from "../../src/contract/schema/redeem.ts";
import type { AuditedGrant, AuditorBooks } from "./auditor-books.ts";
import type { Chance } from "./chance.ts";

/** Money of one expired grant that waits for its merchants; whole packets wait elsewhere. */
export interface AuditedSettling {
  grant: number;
  freeAtMs: number;
  amountMinor: number;
}

/** What a payment at an instant is taken from: the grant, what settles of it, or nothing. */
export type LateSource = "grant" | AuditedSettling | null;

export function lateSourceOf(
  books: AuditorBooks,
  ordinal: number,
  paidAtMs: number | undefined,
  atMs: number,
): LateSource {
  const grant = books.grants[ordinal]!;
  const inTime = paidAtMs !== undefined && paidAtMs >= grant.atMs && paidAtMs < grant.expiresAtMs;
  if (!inTime || books.phase === "closed") return null;
  if (grant.state === "live") return atMs >= grant.expiresAtMs ? "grant" : null;
  if (grant.state !== "expired") return null;
  return (
    books.settling.find((one) => {
      return one.grant === ordinal && one.freeAtMs > atMs && one.amountMinor > 0;
    }) ?? null
  );
}

export function takeFromSettling(
  books: AuditorBooks,
  grant: AuditedGrant,
  entry: AuditedSettling,
  amountMinor: number,
): void {
  entry.amountMinor -= amountMinor;
  books.settlingMinor -= amountMinor;
  books.paces.giveBack(grant.offer, -amountMinor, entry.freeAtMs);
}

/** Whether somebody pays with a grant whose time is over: while there is one, now and then. */
export function isLateTime(chance: Chance, books: AuditorBooks, atMs: number): boolean {
  return chance.yes(0.2) && grantsOver(books, atMs).length > 0;
}

/** Whether a redemption was paid from what settled, and stands. */
export function isFromSettling({ redemptions }: AuditorBooks, redemption: number): boolean {
  const { settled, reversed } = redemptions[redemption]!;
  return settled && !reversed;
}

/** A payment of a grant whose time is over, at the instants where it matters; null: of another. */
export function someLatePayment(
  chance: Chance,
  books: AuditorBooks,
  nameOf: (ordinal: number) => string,
  atMs: number,
): Pick<RedeemInput, "grant" | "paidAtMs"> | null {
  const over = grantsOver(books, atMs);
  if (over.length === 0 || !chance.yes(0.5)) return null;
  const ordinal = chance.pick(over);
  const { atMs: fromMs, expiresAtMs: toMs } = books.grants[ordinal]!;
  const paidAtMs = chance.pick([fromMs - 1, fromMs, toMs - 1, toMs - 1, toMs - 1, toMs]);
  return { grant: nameOf(ordinal), ...(chance.yes(0.95) ? { paidAtMs } : {}) };
}

/** What settles comes first: it lasts for a short time only. */
function grantsOver({ grants, settling }: AuditorBooks, atMs: number): number[] {
  if (settling.length > 0) return settling.map(({ grant }) => grant);
  return grants.flatMap(({ state, expiresAtMs }, ordinal) => {
    return state === "live" && atMs >= expiresAtMs ? [ordinal] : [];
  });
}
