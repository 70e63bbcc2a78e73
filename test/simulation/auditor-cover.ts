// What the auditor says to payments that no reward could cover: who bears them, if anybody.
import type { Decided } from "./auditor-claims.ts";
import { refusalOf } from "./auditor-grants.ts";
import { lateSourceOf } from "./auditor-late.ts";
import type { Asked } from "./auditor-suspicion.ts";

interface Payment {
  amountMinor: number;
  paidAtMs: number;
  merchant: string | null;
}

export function auditCover(
  { books, grant, ordinal, about, atMs, refuse, done }: Asked,
  { amountMinor, paidAtMs, merchant }: Payment,
): Decided {
  const { currency, contingency } = books.definition;
  const refusal = refusalOf(books, grant, atMs);
  if (refusal === "held") return refuse("held");
  const pays = refusal === "expired" && lateSourceOf(books, ordinal, paidAtMs, atMs) !== null;
  if (refusal === null || pays) return refuse("still_redeemable");
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
    ...{ paidAtMs, attributes },
  });
  books.intern([], attributes, "merchant");
  books.borneWith.set(ordinal, before + amountMinor);
  books.borne.contingencyMinor += coveredMinor;
  books.borne.lossMinor += lostMinor;
  const sums = { currency, coveredMinor };
  return lostMinor > 0 ? done("lost", { ...sums, lostMinor }) : done("covered", sums);
}
