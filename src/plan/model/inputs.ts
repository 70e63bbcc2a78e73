// One draw of everything that is not known, by name. The model reads these fields; which assumption
// fills which is a table, so that a name exists once.

export interface WaveInputs {
  /** Share of those who come by themselves, in proportion to the other waves'. */
  weight: number;
  /** Days in which arrivals fall by half. */
  halfLife: number;
}

export interface OfferInputs {
  /** Share of those present who claim it. */
  takeUp: number;
  /** Share of earlier waves' people who come back for it and claim. */
  returning: number;
  /** Share of grants that would be spent if they did not expire. */
  redeemed: number;
  /** Mean hours from grant to order. */
  delay: number;
  /** Share of a spent grant's amount that the order uses up. */
  used: number;
  /** Chance in the numbers that claim and spend: standard normal. */
  chanceTakeUp: number;
  chanceRedeemed: number;
}

export interface CampaignInputs {
  readonly waves: readonly WaveInputs[];
  readonly offers: readonly OfferInputs[];
  /** Users who come by themselves, and active users who take part. */
  people: number;
  existing: number;
  /** People who could come at all: invites run dry when most of them are there. */
  reachable: number;
  /** Share of `people` who would have come anyway. */
  organic: number;
  /** Accepted invites of a claimer; share of the invited who would not have come otherwise. */
  invites: number;
  newcomers: number;
  /** Mean hours to an accepted invite. */
  inviteDelay: number;
  /** Busiest second against the busiest hour's mean. */
  claimPeak: number;
  orderPeak: number;
  /** Share of the refused who ask again an hour later. */
  retry: number;
  /** Share of grants that go to resellers and bots. */
  abuse: number;
  /** Orders an hour that shops and couriers can take. */
  capacity: number;
  ordersPerMerchant: number;
  ordersPerCourier: number;
  callsPerOrder: number;
  callCost: number;
  /** Shares of rewarded people active 1 and 30 days later. */
  d1: number;
  d30: number;
  /** Points of D30 that the reward adds: to newcomers, and to existing users. */
  lift: number;
  existingLift: number;
  /** Money of a kept user and month, of an own order that a reward replaces. */
  margin: number;
  orderMargin: number;
  /** Share of the orders that replace an own one. */
  cannibalised: number;
  marketing: number;
  feeGrant: number;
  feeRedemption: number;
  /** Yearly. */
  discount: number;
  /** d ln(people) / d ln(reward), and / d ln(budget). */
  elasticityReward: number;
  elasticityBudget: number;
  /** Chance in how many invite and stay: standard normal. */
  chanceInvites: number;
  chanceKept: number;
  chanceLift: number;
}

/** Inputs that change nothing, where a plan says nothing. */
export function neutralInputs(): Omit<CampaignInputs, "waves" | "offers"> {
  return {
    people: 0,
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
    ordersPerMerchant: Number.POSITIVE_INFINITY,
    ordersPerCourier: Number.POSITIVE_INFINITY,
    callsPerOrder: 0,
    callCost: 0,
    d1: 0.5,
    d30: 0.1,
    lift: 0,
    existingLift: 0,
    margin: 0,
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
  };
}
