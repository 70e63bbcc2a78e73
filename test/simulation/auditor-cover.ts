// What the auditor says to payments that no reward could cover: who bears them, if anybody,
// and that what was booked by mistake goes back.
import type { AuditorBooks } from "./auditor-books.ts";
import type { Decided } from "./auditor-claims.ts";
import { refusalOf } from "./auditor-grants.ts";
import { lateSourceOf } from "./auditor-late.ts";
import type { Asked } from "./auditor-suspicion.ts";

/** Such a payment as it was booked. */
export interface BookedCover {
  id: string;
  grant: number;
  chargedMinor: number;
  lostMinor: number;
  isBack: boolean;
}

interface Payment {
  id: string;
  amountMinor: number;
  paidAtMs: number;
  merchant: string | null;
  separate: boolean;
}

export function auditCover(
  { books, grant, ordinal, about, atMs, refuse, done }: Asked,
  { id, amountMinor, paidAtMs, merchant, separate }: Payment,
): Decided {
  const { currency, contingency } = books.definition;
  const refusal = refusalOf(books, grant, atMs);
  if (refusal === "held") return refuse("held");
  const pays = refusal === "expired" && lateSourceOf(books, ordinal, paidAtMs, atMs) !== null;
  if (refusal === null || pays) return refuse("still_redeemable");
  const recorded = separate ? -1 : lastAt(books, ordinal, paidAtMs);
  if (recorded >= 0) {
    const redeemedMinor = books.redemptions[recorded]!.amountMinor;
    return refuse("already_recorded", { currency, redemption: recorded, redeemedMinor });
  }
  const before = books.borneWith.get(ordinal) ?? 0;
  if (before + amountMinor > grant.amountMinor) {
    return refuse("amount_too_large", { currency, mostMinor: grant.amountMinor - before });
  }
  if (books.definition.rehearsal !== undefined) return refuse("rehearsal");
  const left = (contingency?.limitMinor ?? 0) - books.borne.contingencyMinor;
  const coveredMinor = Math.min(amountMinor, left);
  const lostMinor = amountMinor - coveredMinor;
  const attributes = merchant === null ? {} : { merchant: books.names.value("merchant", merchant) };
  books.write(lostMinor > 0 ? "loss" : "contingency", atMs, {
    ...{ ...about, line: contingency?.line ?? null, chargedMinor: coveredMinor, lostMinor },
    ...{ paidAtMs, takesBack: null, attributes },
  });
  books.intern([], attributes, "merchant");
  const booked = { id, grant: ordinal, chargedMinor: coveredMinor, lostMinor, isBack: false };
  books.booked.push(booked);
  books.borneWith.set(ordinal, before + amountMinor);
  books.borne.contingencyMinor += coveredMinor;
  books.borne.lossMinor += lostMinor;
  const sums = { currency, coveredMinor };
  return lostMinor > 0 ? done("lost", { ...sums, lostMinor }) : done("covered", sums);
}

/** The last redemption with the grant that stands and was paid at that instant; -1: none. */
function lastAt({ redemptions }: AuditorBooks, grant: number, paidAtMs: number): number {
  return redemptions.findLastIndex(
    (one) => one.grant === grant && one.paidAtMs === paidAtMs && !one.reversed,
  );
}

export function auditUncover(
  { books, ordinal, about, atMs, refuse, done }: Asked,
  id: string,
): Decided {
  const takesBack = books.booked.findIndex((one) => one.id === id && one.grant === ordinal);
  if (takesBack < 0) return refuse("unknown_redemption");
  const booked = books.booked[takesBack]!;
  if (booked.isBack) return refuse("already_reversed");
  const { currency, contingency } = books.definition;
  const { chargedMinor, lostMinor } = booked;
  books.write(lostMinor > 0 ? "loss" : "contingency", atMs, {
    ...{ ...about, line: contingency?.line ?? null },
    ...{ chargedMinor: 0 - chargedMinor, lostMinor: 0 - lostMinor },
    ...{ paidAtMs: null, takesBack, attributes: {} },
  });
  booked.isBack = true;
  books.borneWith.set(ordinal, books.borneWith.get(ordinal)! - chargedMinor - lostMinor);
  books.borne.contingencyMinor -= chargedMinor;
  books.borne.lossMinor -= lostMinor;
  const sums = { currency, coveredMinor: chargedMinor };
  return done("reversed", lostMinor > 0 ? { ...sums, lostMinor } : sums);
}
