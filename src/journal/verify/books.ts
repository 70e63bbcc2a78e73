// What verify's books of a campaign say at the end of the journal, as plain figures.
import { dueAtMs } from "./beacon.ts";
import type { VerifiedCampaign } from "./campaign.ts";
import type { VerifiedCounts, VerifiedMoney } from "./figures.ts";
import type { MerchantsReport } from "./merchants.ts";
import type { OddsReport } from "./odds.ts";

export interface CampaignReport extends VerifiedMoney, VerifiedCounts, MerchantsReport {
  id: string;
  title: string;
  currency: string;
  decimals: number;
  phase: "open" | "paused" | "ended" | "closed";
  budgetMinor: number;
  /** budget − spent − reserved − settling, or 0; `returnedMinor` of it is not granted again. */
  freeMinor: number;
  /** What is out beyond the budget, by over-issue. */
  beyondMinor: number;
  users: number;
  /** Ids that were bound, all in one namespace. */
  ids: number;
  caps: number;
  /** Lucky amounts that wait for the seed to be revealed. */
  drawsWaiting: number;
  /** The promised round; null where the operator could have chosen the luck. */
  beacon: { chain: string; round: number; dueAtMs: number; known: boolean } | null;
  /** What came of the published odds. */
  odds: OddsReport[];
  /** Packets of pots that wait for it. */
  packetsWaiting: number;
  /** Places of draws, too. */
  placesWaiting: number;
}

export function campaignReport(campaign: VerifiedCampaign): CampaignReport {
  const { definition, money, counts, phase } = campaign;
  const { id, title, currency, decimals, budgetMinor } = definition;
  const freeMinor = budgetMinor - money.spentMinor - money.reservedMinor - money.settlingMinor;
  return {
    id,
    title,
    currency,
    decimals,
    phase,
    budgetMinor,
    freeMinor: Math.max(0, freeMinor),
    beyondMinor: Math.max(0, money.returnedMinor + money.setAsideMinor - freeMinor),
    ...money,
    ...counts,
    ...campaign.merchants.report(),
    users: campaign.users.count,
    ids: campaign.ids.count,
    caps: definition.caps.length,
    drawsWaiting: campaign.luck.waiting,
    beacon: beaconReport(campaign),
    odds: campaign.luck.odds.reports,
    packetsWaiting: campaign.packetsWaiting,
    placesWaiting: campaign.placesWaiting,
  };
}

function beaconReport({ definition, luck }: VerifiedCampaign): CampaignReport["beacon"] {
  const { beacon } = definition;
  if (beacon === undefined) return null;
  const { chain, round } = beacon;
  return { chain: chain.hash, round, dueAtMs: dueAtMs(beacon), known: luck.beaconKnown };
}
