// What verify's books of a campaign say at the end of the journal, as plain figures.
import type { VerifiedCampaign, VerifiedCounts, VerifiedMoney } from "./verify-campaign.ts";

export interface CampaignReport extends VerifiedMoney, VerifiedCounts {
  id: string;
  title: string;
  currency: string;
  decimals: number;
  phase: "open" | "paused" | "ended" | "closed";
  budgetMinor: number;
  /** budget − spent − reserved − settling; `returnedMinor` of it is not granted again. */
  freeMinor: number;
  users: number;
  /** Ids that were bound, all in one namespace. */
  ids: number;
  caps: number;
  /** Lucky amounts that wait for the seed to be revealed. */
  drawsWaiting: number;
}

export function campaignReport(campaign: VerifiedCampaign): CampaignReport {
  const { definition, money, counts, phase } = campaign;
  const { id, title, currency, decimals, budgetMinor } = definition;
  return {
    id,
    title,
    currency,
    decimals,
    phase,
    budgetMinor,
    freeMinor: budgetMinor - money.spentMinor - money.reservedMinor - money.settlingMinor,
    ...money,
    ...counts,
    users: campaign.users.count,
    ids: campaign.ids.count,
    caps: definition.caps.length,
    drawsWaiting: campaign.luck.waiting,
  };
}
