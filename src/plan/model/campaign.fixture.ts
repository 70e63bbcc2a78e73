// A small campaign for tests: one wave of ten days, one offer, nobody held out.
import type { CampaignInputs, OfferInputs } from "./inputs.ts";
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

export const plainOffer: OfferInputs = {
  takeUp: 0.5,
  returning: 0,
  redeemed: 1,
  delay: 1,
  used: 1,
  chanceTakeUp: 0,
  chanceRedeemed: 0,
};

/** Everybody comes because of the campaign; arrivals are even; nothing is lost. */
export function plainInputs(changes: Partial<CampaignInputs> = {}): CampaignInputs {
  return {
    waves: [{ weight: 1, halfLife: 1e12 }],
    offers: [plainOffer],
    people: 1e6,
    existing: 0,
    reachable: Number.POSITIVE_INFINITY,
    organic: 0,
    invites: 0,
    newcomers: 0,
    inviteDelay: 24,
    claimPeak: 1,
    orderPeak: 1,
    retry: 0,
    abuse: 0,
    capacity: Number.POSITIVE_INFINITY,
    ordersPerMerchant: 20,
    ordersPerCourier: 4,
    callsPerOrder: 0,
    callCost: 0,
    d1: 0.65,
    d30: 0.128,
    lift: 0,
    existingLift: 0,
    margin: 1,
    orderMargin: 0,
    cannibalised: 0,
    marketing: 0,
    feeGrant: 0,
    feeRedemption: 0,
    discount: 0,
    elasticityReward: 0,
    elasticityBudget: 0,
    chanceInvites: 0,
    chanceKept: 0,
    chanceLift: 0,
    ...changes,
  };
}
