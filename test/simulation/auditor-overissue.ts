// The auditor's over-issue, worked out anew from every grant whenever it is asked: how much may be
// out, and what is left to redeem once the money of pots is put aside.
import type { CampaignDefinition } from "../../src/core/definition.ts";
import type { AuditorBooks } from "./auditor-books.ts";
import { owedOffer } from "./auditor-compensation.ts";

/** The factor has at most four decimals. */
export function ceilingOf({ budgetMinor, overissue }: CampaignDefinition): number {
  if (overissue === undefined) return budgetMinor;
  const [whole, decimals = ""] = String(overissue.factor).split(".");
  const tenThousandths = BigInt(whole + decimals.padEnd(4, "0"));
  return Number((BigInt(budgetMinor) * tenThousandths) / 10_000n);
}

/** Spent, or set aside for packets and compensation, or out as such, or on its way back. */
export function neededMinor(books: AuditorBooks): number {
  let sum = books.spentMinor + books.setAsideMinor + books.owedMinor;
  books.grants.forEach((grant, ordinal) => {
    if (!isSecured(books, grant.offer)) return;
    const pot = books.pots[grant.offer];
    const keeps = grant.state === "live" || grant.state === "held";
    const waits = pot?.waiting.some((entry) => entry.grant === ordinal);
    if (keeps || waits) sum += books.restMinor(grant);
  });
  return sum;
}

function isSecured(books: AuditorBooks, offer: number): boolean {
  return books.pots[offer] !== null || offer === owedOffer(books);
}

/**
 * What redemptions of an offer may still take: packets and compensation have their own money, until
 * it settles (null).
 */
export function leftToSpend(books: AuditorBooks, offer: number | null): number {
  if (offer !== null && isSecured(books, offer)) return Number.POSITIVE_INFINITY;
  return books.definition.budgetMinor - neededMinor(books);
}
