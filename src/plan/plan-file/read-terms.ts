// The terms of a campaign at its real size: what its file says in minor units, times the scale.
import { assert } from "../../base/assert.ts";
import type {
  CampaignDefinition,
  CapDefinition,
  OfferDefinition,
  RewardDefinition,
  TableEntry,
} from "../../core/definition.ts";
import type { CampaignTerms, CapTerms, OfferTerms } from "./plan.ts";

export function termsOf(campaign: CampaignDefinition, scale: number): CampaignTerms {
  const major = (minor: number): number => minor / 10 ** campaign.decimals;
  return {
    id: campaign.id,
    title: campaign.title,
    currency: campaign.currency,
    timeZone: campaign.timeZone,
    startsAtMs: campaign.startsAtMs,
    endsAtMs: campaign.endsAtMs,
    closesAtMs: campaign.closesAtMs,
    settlingLagMs: campaign.settlingLagMs,
    dayStartsMs: campaign.dayStartsMs,
    budget: major(campaign.budgetMinor) * scale,
    waves: campaign.waves.map(({ id, fromMs, toMs, budgetMinor }) => ({
      ...{ id, fromMs, toMs },
      budget: budgetMinor === null ? null : major(budgetMinor) * scale,
      curve: campaign.caps.find((cap) => cap.id === `wave-pacing:${id}`)?.curve?.points ?? null,
    })),
    offers: campaign.offers.map((offer) => offerTerms(offer, major)),
    perUser: {
      grants: leastLimit(campaign.caps, "grants", "total"),
      grantsPerDay: leastLimit(campaign.caps, "grants", "day"),
      money: majorOrNull(leastLimit(campaign.caps, "money", "total"), major),
    },
    caps: campaign.caps.map((cap) => capTerms(cap, major, scale)),
    holdoutShare: campaign.assignment.holdoutShare,
    audiences: campaign.audiences.map(({ id, holdoutShare }) => ({ id, holdoutShare })),
  };
}

function offerTerms(
  { id, title, wave, reward, expiry, audience }: OfferDefinition,
  major: (minor: number) => number,
): OfferTerms {
  const entries = oddsOf(reward);
  let [odds, sum, squares, cubes, greatest] = [0, 0, 0, 0, 0];
  for (const entry of entries) {
    const amount = major(entry.amountMinor);
    odds += entry.odds;
    sum += entry.odds * amount;
    if (entry.odds > 0) greatest = Math.max(greatest, amount);
  }
  const mean = sum / odds;
  for (const entry of entries) {
    const away = major(entry.amountMinor) - mean;
    squares += entry.odds * away ** 2;
    cubes += entry.odds * away ** 3;
  }
  const deviation = Math.sqrt(squares / odds);
  return {
    ...{ id, title, wave, audience },
    meanReward: mean,
    greatestReward: greatest,
    rewardDeviation: deviation,
    rewardSkewness: deviation > 0 ? cubes / odds / deviation ** 3 : 0,
    expires:
      expiry.kind === "at"
        ? { kind: "at", ms: expiry.atMs }
        : { kind: "after", ms: expiry.afterMs },
  };
}

/** Amounts with odds; of a pot three with the mean and the spread of its first packet. */
function oddsOf(reward: RewardDefinition): TableEntry[] {
  if (reward.kind === "fixed") return [{ amountMinor: reward.amountMinor, odds: 1 }];
  if (reward.kind === "table") return reward.entries;
  assert(reward.kind === "pot", "a plan has no compensation");
  const mean = reward.totalMinor / reward.packets;
  const away = Math.min(mean - reward.minMinor, reward.maxMinor - mean);
  return [
    { amountMinor: mean - away, odds: 1 },
    { amountMinor: mean, odds: 4 },
    { amountMinor: mean + away, odds: 1 },
  ];
}

/** The strictest cap of a person on claims. */
function leastLimit(
  caps: readonly CapDefinition[],
  counts: CapDefinition["counts"],
  per: CapDefinition["per"],
): number | null {
  const limits = caps
    .filter((cap) => cap.dimension === "user" && cap.on === "claim")
    .filter((cap) => cap.counts === counts && cap.per === per)
    .map(({ limit }) => limit);
  return limits.length === 0 ? null : Math.min(...limits);
}

function majorOrNull(minor: number | null, major: (minor: number) => number): number | null {
  return minor === null ? null : major(minor);
}

/** What limits all people together grows with them; what limits one person or shop does not. */
function capTerms(
  { id, dimension, counts, per, on, limit }: CapDefinition,
  major: (minor: number) => number,
  scale: number,
): CapTerms {
  const isOfAll = /^(campaign|wave|offer)(:|$)/.test(dimension);
  const size = isOfAll ? scale : 1;
  return {
    id,
    dimension,
    counts,
    per,
    on,
    limit: (counts === "money" ? major(limit) : limit) * size,
  };
}
