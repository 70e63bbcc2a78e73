// What a campaign remembers of payments that were made in time and told late. Columns that a
// campaign without any never fills, but for the instant at which an expired grant's money is free.
import { ByteColumn, type Column, WideColumn, WordColumn } from "./columns.ts";

export class LateBooks {
  /** Of an expired grant: the minute since 1970 from which its money may be granted again. */
  readonly grantFreeAt: WordColumn = new WordColumn();
  /** By redemption: the flags of one that was told late; 0: in time. */
  readonly redemption: ByteColumn = new ByteColumn();
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

/** Every column, under the name that a snapshot keeps it by. */
export function lateColumns(late: LateBooks): [string, Column][] {
  const { grantFreeAt, redemption, coverGrant, coverCharged, coverLost } = late;
  const { coverTakenBack, grantCovered } = late;
  return [
    ["grant-free-at", grantFreeAt],
    ["redemption-late", redemption],
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
