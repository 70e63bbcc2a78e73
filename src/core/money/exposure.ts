// What a campaign is exposed to: money that is out, spent or set aside, against its budget. With
// over-issue more may be out than the budget holds, never more spent; pots are not at stake.
import { type CampaignDefinition, ceilingOf } from "../definition.ts";
import type { CampaignState } from "../state.ts";
import { beyondMinor } from "./overissue.ts";

type Money = Pick<CampaignState, "books" | "ceilingMinor" | "setAsideMinor">;

/** Money that was given out and has not come back, spent or not, and what is set aside. */
export function boundMinor({ books, setAsideMinor }: Omit<Money, "ceilingMinor">): number {
  const { spentMinor, reservedMinor, settlingMinor, returnedMinor } = books;
  return spentMinor + reservedMinor + settlingMinor + returnedMinor + setAsideMinor;
}

/** Money that cannot be taken out of the budget any more: spent, or set aside for somebody. */
export function neededMinor({ books, setAsideMinor }: Omit<Money, "ceilingMinor">): number {
  return books.spentMinor + setAsideMinor + books.securedMinor;
}

/** Whether the money of an offer's grants was set aside, so that over-issue cannot touch it. */
export function isSecured({ pots, compensationOffer }: CampaignState, offer: number): boolean {
  return pots[offer]! !== null || offer === compensationOffer;
}

/** Money that redemptions may still take, except of what is secured: that is there in any case. */
export function spendableMinor(campaign: Omit<Money, "ceilingMinor">): number {
  return campaign.books.budgetMinor - neededMinor(campaign);
}

/** What could be granted, if this were the definition in force. */
export function grantableUnder(campaign: CampaignState, by: CampaignDefinition): number {
  const { budgetMinor } = by;
  const { books } = campaign;
  const beyond = beyondMinor({ books: { ...books, budgetMinor }, ceilingMinor: ceilingOf(by) });
  return Math.max(0, budgetMinor - boundMinor(campaign) + beyond);
}

/** Money that a redemption of an offer's grant may take, unless it settles by now. */
export function spendableFor(campaign: CampaignState, offer: number): number {
  return isSecured(campaign, offer) ? Number.POSITIVE_INFINITY : spendableMinor(campaign);
}
