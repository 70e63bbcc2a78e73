// What comes back, and to which cells. Each cap gets back only what it was charged, once, and only
// while the window that was charged is still open.
import type { Cap } from "../caps/caps.ts";
import type { CampaignState } from "../state.ts";
import type { CellList } from "../tables/cells.ts";

/** Which kinds of caps get something back. */
export interface Refund {
  money: boolean;
  counts: boolean;
}

/** Leaves in `cells` the claim-time cells of a grant that get something back at `atMs`. */
export function refundOfGrant(
  campaign: CampaignState,
  grant: number,
  refund: Refund,
  atMs: number,
  cells: CellList,
): void {
  const offer = campaign.grantOffer(grant);
  const chargedAtMs = campaign.grantedAtMs(grant);
  const charged = campaign.capCounts[campaign.grantVersion.get(grant)]!;
  for (const cap of campaign.claimCaps[offer]!.caps) {
    if (cap.ordinal >= charged || !returns(campaign, cap, refund, chargedAtMs, atMs)) continue;
    const attribute = campaign.grantAttribute[cap.attribute]?.get(grant) ?? 0;
    pushCell(campaign, cap, grant, attribute, atMs, cells);
  }
}

/** Adds to `cells` the cells of a redemption that get something back when it is reversed. */
export function refundOfRedemption(
  campaign: CampaignState,
  redemption: number,
  atMs: number,
  cells: CellList,
): void {
  const grant = campaign.redemptionGrant.get(redemption);
  const offer = campaign.grantOffer(grant);
  const chargedAtMs = campaign.definition.startsAtMs + campaign.redemptionAt.get(redemption);
  const charged = campaign.capCounts[campaign.redemptionVersion.get(redemption)]!;
  const isLate = campaign.late.redemption.get(redemption) !== 0;
  for (const cap of (isLate ? campaign.lateCaps : campaign.redemptionCaps)[offer]!.caps) {
    if (cap.ordinal >= charged || !returns(campaign, cap, ALL, chargedAtMs, atMs)) continue;
    const attribute = campaign.redemptionAttribute[cap.attribute]?.get(redemption) ?? 0;
    pushCell(campaign, cap, grant, attribute, atMs, cells);
  }
}

const ALL: Refund = { money: true, counts: true };

/**
 * Whether the end of a grant gives count caps 1 back: only if nothing was spent in the end, and
 * never for a lucky grant, else cancelling would be re-rolling.
 */
export function countReturns(campaign: CampaignState, grant: number, spentMinor: number): boolean {
  const { reward } = campaign.definition.offers[campaign.grantOffer(grant)]!;
  return spentMinor === 0 && reward.kind === "fixed";
}

function returns(
  campaign: CampaignState,
  cap: Cap,
  refund: Refund,
  chargedAtMs: number,
  atMs: number,
): boolean {
  if (!cap.definition.refund || !(cap.money ? refund.money : refund.counts)) return false;
  const { calendar } = campaign;
  return calendar.windowAt(cap.per, chargedAtMs) === calendar.windowAt(cap.per, atMs);
}

/** @param attribute ordinal + 1 of the value that was charged; 0 = none was */
function pushCell(
  campaign: CampaignState,
  cap: Cap,
  grant: number,
  attribute: number,
  atMs: number,
  cells: CellList,
): void {
  const window = campaign.calendar.windowAt(cap.per, atMs);
  const offer = campaign.grantOffer(grant);
  switch (cap.dimension) {
    case "single":
      cells.push(cap, 0, window);
      return;
    case "user":
      cells.push(cap, campaign.grantUser.get(grant), window);
      return;
    case "offer":
      cells.push(cap, offer, window);
      return;
    case "wave":
      cells.push(cap, campaign.definition.offers[offer]!.wave, window);
      return;
    case "attribute":
      if (attribute === 0 || skipped(campaign, cap, attribute - 1)) return;
      cells.push(cap, attribute - 1, window);
      return;
  }
}

/** A missing value has a cell only for the caps that share it, not for one that skipped it. */
function skipped(campaign: CampaignState, cap: Cap, row: number): boolean {
  if (cap.definition.missing !== "skip") return false;
  return campaign.attributes[cap.attribute]!.keys.matches(row, NO_VALUE, 0);
}

const NO_VALUE = new Uint32Array(4);
