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
  /** Share of grants that are given back, and mean hours until then. */
  cancelled: number;
  cancelDelay: number;
  /** Share of the accepted invites that are rewarded with this offer. */
  byInvites: number;
  /** Share of its grants that go to resellers and bots; null: the campaign's. */
  abuse: number | null;
  /** Chance in the mean amount of its grants: standard normal. */
  chanceReward: number;
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
  /** Of the others, the share who still come while the wave's money is gone. */
  afterRunOut: number;
  /** Accepted invites of a claimer; share of the invited who would not have come otherwise. */
  invites: number;
  newcomers: number;
  /** Mean hours to an accepted invite. */
  inviteDelay: number;
  /** Share of claimers who get further rewards at all; null: numbers fall off from none on. */
  senders: number | null;
  /** Share of claimers who, beside them, collect all that a user may have. */
  collectors: number;
  /** Busiest second against the busiest hour's mean. */
  claimPeak: number;
  orderPeak: number;
  /** Share of the refused who ask again an hour later. */
  retry: number;
  /** Share of claims that are sent twice, and requests of somebody refused that follow at once. */
  repeats: number;
  taps: number;
  /** Share of grants that go to resellers and bots. */
  abuse: number;
  /** Share of those that are spent; null: as of all others. */
  resold: number | null;
  /** Orders an hour that shops and couriers can take. */
  capacity: number;
  ordersPerMerchant: number;
  ordersPerCourier: number;
  callsPerOrder: number;
  /** Of a refused claim, or of an order that nobody could take. */
  callsPerRefused: number;
  callCost: number;
  /** Shares of rewarded people active 1 and 30 days later. */
  d1: number;
  d30: number;
  /** D30 of people whom the campaign brought and who got nothing; null: D30 less the lift. */
  refused: number | null;
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
  /** d ln(people, take-up, invites) / d ln(reward), and d ln(people) / d ln(budget). */
  elasticityReward: number;
  elasticityBudget: number;
  /** Chance from hour to hour: any number starts a sequence of its own, 0 leaves chance out. */
  chanceHours: number;
  /**
   * Chance in how many stay, standard normal: of those whom the campaign brought, of others whom
   * only the reward keeps, of those who would be there anyway, of users of before.
   */
  chanceKept: number;
  chanceLift: number;
  chanceStay: number;
  chanceExisting: number;
}

/** Inputs that change nothing, where a plan says nothing. */
export function neutralInputs(): Omit<CampaignInputs, "waves" | "offers"> {
  return {
    people: 0,
    existing: 0,
    reachable: Number.POSITIVE_INFINITY,
    organic: 0,
    afterRunOut: 1,
    invites: 0,
    newcomers: 0,
    inviteDelay: 24,
    senders: null,
    collectors: 0,
    claimPeak: 1,
    orderPeak: 1,
    retry: 0,
    repeats: 0,
    taps: 0,
    abuse: 0,
    resold: null,
    capacity: Number.POSITIVE_INFINITY,
    ordersPerMerchant: Number.POSITIVE_INFINITY,
    ordersPerCourier: Number.POSITIVE_INFINITY,
    callsPerOrder: 0,
    callsPerRefused: 0,
    callCost: 0,
    d1: 0.5,
    d30: 0.1,
    refused: null,
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
    chanceHours: 0,
    chanceKept: 0,
    chanceLift: 0,
    chanceStay: 0,
    chanceExisting: 0,
  };
}

/** An offer that nobody claims. */
export function neutralOffer(): OfferInputs {
  return {
    takeUp: 0,
    returning: 0,
    redeemed: 0,
    delay: 1,
    used: 1,
    cancelled: 0,
    cancelDelay: 24,
    byInvites: 1,
    abuse: null,
    chanceReward: 0,
  };
}
