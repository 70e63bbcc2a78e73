// verify's books of payments that were made before a grant's end and told after it: what each
// expired grant still has among the money that settles, and from when that is free.
import { REDEEMED as REDEEMED_AT, readWide } from "../../core/event.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import type { CapBook } from "./caps.ts";
import { byteColumn, moneyColumn, type VerifyColumn } from "./columns.ts";
import type { Findings } from "./findings.ts";
import { paceOf } from "./pacing.ts";

/** Bits of a redemption's flags. */
export const TOLD_LATE = 1;
export const WAS_SETTLING = 2;

/** A payment that no reward could cover: whose, and who bears how much of it. */
export interface BookedCover {
  readonly grant: number;
  readonly chargedMinor: number;
  readonly lostMinor: number;
}

export class LateBook {
  /** By grant: what it was worth. */
  readonly grantedMinor: VerifyColumn<Float64Array> = moneyColumn();
  /** By grant: payments that it could not cover, and that stand. */
  readonly coveredMinor: VerifyColumn<Float64Array> = moneyColumn();
  /** Such payments in order, as they were booked; null: taken back. */
  readonly covers: (BookedCover | null)[] = [];
  /** Whether all of these are bounded together; in old journals each was for itself. */
  boundsCovers = false;
  /** By expired grant: what settles of it, and from when it is free. */
  readonly settlingMinor: VerifyColumn<Float64Array> = moneyColumn();
  readonly freeAtMs: VerifyColumn<Float64Array> = moneyColumn();
  /** By redemption: the flags of one that was told late, else 0. */
  readonly redemptions: VerifyColumn<Uint8Array> = byteColumn();
}

/** Windows are those of payments as they are made: one told late is charged to none. */
export function hasNoWindow({ definition }: CapBook): boolean {
  return definition.per === "total";
}

/** Checks that a late payment was made in time. */
export function checkLate(
  campaign: VerifiedCampaign,
  { words, at, atMs }: VerifiedEvent,
  grant: number,
  findings: Findings,
): void {
  const paidAtMs = readWide(words, at + REDEEMED_AT.paidAt);
  const expiresAtMs = campaign.expiresAtMs(grant);
  const grantedAtMs = campaign.grantAtMs.get(grant);
  if (atMs < expiresAtMs) findings.wrong("transitions", `from ${expiresAtMs} on`, `${atMs}`);
  if (paidAtMs >= grantedAtMs && paidAtMs < expiresAtMs) return;
  const expected = `a payment from ${grantedAtMs} to before ${expiresAtMs}`;
  findings.wrong("transitions", expected, `${paidAtMs}`);
}

/** Takes a late payment out of what settles of its grant. */
export function takeSettling(
  campaign: VerifiedCampaign,
  { words, at, size, atMs }: VerifiedEvent,
  grant: number,
  amountMinor: number,
  findings: Findings,
): void {
  const { late, settling, money, grantOffer } = campaign;
  const freeAtMs = late.freeAtMs.get(grant);
  findings.same("settlements", "settling until", freeAtMs, readWide(words, at + size - 2));
  if (atMs >= freeAtMs) findings.wrong("settlements", `before ${freeAtMs}`, `${atMs}`);
  const entry = settling.find((one) => one.freeAtMs === freeAtMs);
  if (entry === undefined) findings.wrong("settlements", "money that settles", "none");
  else entry.amountMinor -= amountMinor;
  late.settlingMinor.add(grant, -amountMinor);
  money.settlingMinor -= amountMinor;
  paceOf(campaign, grantOffer.get(grant))?.settle(-amountMinor, freeAtMs);
}
