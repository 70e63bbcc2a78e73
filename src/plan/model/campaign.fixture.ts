// A small campaign for tests: one wave of ten days, one offer, nobody held out.
import { type CampaignInputs, neutralInputs, neutralOffer, type OfferInputs } from "./inputs.ts";
import type { HourlyTerms } from "./terms.ts";

export const DAYS = 10;

export function flatTerms(changes: Partial<HourlyTerms> = {}): HourlyTerms {
  const hours = 24 * (DAYS + 10);
  return {
    budget: 1e9,
    settlingHours: 0,
    waves: [{ id: "cards", fromHour: 0, toHour: 24 * DAYS, budget: 1e9, released: null }],
    offers: [{ id: "card", wave: 0, reward: 25, expires: { kind: "at", hours } }],
    rewardsPerUser: 21,
    holdout: 0,
    hourWeights: new Float64Array(hours).fill(1),
    dayOfHour: Uint16Array.from({ length: hours }, (_, hour) => Math.floor(hour / 24)),
    months: 24,
    rewardRatio: 1,
    budgetRatio: 1,
    ...changes,
  };
}

export const plainOffer: OfferInputs = { ...neutralOffer(), takeUp: 0.5, redeemed: 1 };

/** Everybody comes because of the campaign; arrivals are even; nothing is lost. */
export function plainInputs(changes: Partial<CampaignInputs> = {}): CampaignInputs {
  return {
    ...neutralInputs(),
    waves: [{ weight: 1, halfLife: 1e12 }],
    offers: [plainOffer],
    people: 1e6,
    ordersPerMerchant: 20,
    ordersPerCourier: 4,
    d1: 0.65,
    d30: 0.128,
    margin: 1,
    ...changes,
  };
}
