// What a campaign remembers of payments that were made in time and told late. Columns that a
// campaign without any never fills, but for the instant at which an expired grant's money is free.
import { ByteColumn, type Column, WideColumn, WordColumn } from "../tables/columns.ts";

export class LateBooks {
  /** Of an expired grant: the minute since 1970 from which its money may be granted again. */
  readonly grantFreeAt: WordColumn = new WordColumn();
  /** By redemption: the flags of one that was told late; 0: in time. */
  readonly redemption: ByteColumn = new ByteColumn();
  /** By redemption: when the merchant was paid, as it says; 0: it does not. */
  readonly redemptionPaidAt: WideColumn = new WideColumn();
  /** Dated redemptions of a grant: 1 + the last one; by redemption 1 + the one before. 0: none. */
  readonly grantDated: WordColumn = new WordColumn();
  readonly redemptionDated: WordColumn = new WordColumn();
  /**
   * Payments that no reward could cover, in order: with which grant, what the contingency
   * line bears of each, and what nothing bears.
   */
  coverCount = 0;
  readonly coverGrant: WordColumn = new WordColumn();
  readonly coverCharged: WideColumn = new WideColumn();
  readonly coverLost: WideColumn = new WideColumn();
  /** 1: booked in error, and taken back. */
  readonly coverTakenBack: ByteColumn = new ByteColumn();
  /** By grant: such payments with it that stand, whoever bears them. */
  readonly grantCovered: WideColumn = new WideColumn();
}

/** Remembers when a merchant was paid. */
export function dateRedemption(
  late: LateBooks,
  redemption: number,
  grant: number,
  paidAtMs: number,
): void {
  late.redemptionPaidAt.set(redemption, paidAtMs);
  late.redemptionDated.set(redemption, late.grantDated.get(grant));
  late.grantDated.set(grant, redemption + 1);
}

/** Redemptions with a grant of which a merchant was paid at that instant, the last one first. */
export function* redemptionsPaidAt(
  late: LateBooks,
  grant: number,
  paidAtMs: number,
): Generator<number> {
  let next = late.grantDated.get(grant);
  for (; next > 0; next = late.redemptionDated.get(next - 1)) {
    if (late.redemptionPaidAt.get(next - 1) === paidAtMs) yield next - 1;
  }
}

/** Every column, under the name that a snapshot keeps it by. */
export function lateColumns(late: LateBooks): [string, Column][] {
  const { grantFreeAt, redemption, coverGrant, coverCharged, coverLost } = late;
  const { coverTakenBack, grantCovered } = late;
  return [
    ["grant-free-at", grantFreeAt],
    ["redemption-late", redemption],
    ["redemption-paid-at-low", late.redemptionPaidAt.low],
    ["redemption-paid-at-high", late.redemptionPaidAt.high],
    ["grant-dated", late.grantDated],
    ["redemption-dated", late.redemptionDated],
    ["cover-grant", coverGrant],
    ["cover-charged-low", coverCharged.low],
    ["cover-charged-high", coverCharged.high],
    ["cover-lost-low", coverLost.low],
    ["cover-lost-high", coverLost.high],
    ["cover-taken-back", coverTakenBack],
    ["grant-covered-low", grantCovered.low],
    ["grant-covered-high", grantCovered.high],
  ];
}
