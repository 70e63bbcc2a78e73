// The sums and counts that verify keeps of a campaign.

/** Money by where it is, and how it got there. */
export interface VerifiedMoney {
  spentMinor: number;
  reservedMinor: number;
  settlingMinor: number;
  returnedMinor: number;
  /** In pots: free, but only for their packets. */
  setAsideMinor: number;
  /** In packets that are out, or on their way back. */
  securedMinor: number;
  /** Expired money that has settled. */
  lapsedMinor: number;
  issuedMinor: number;
  expiredMinor: number;
  cancelledMinor: number;
  reversedMinor: number;
  clawedBackMinor: number;
  /** Owing of grants that were clawed back, and what came in for such. */
  receivableMinor: number;
  receivedMinor: number;
  /** Payments that no reward could cover: borne by the contingency line, and by nothing. */
  contingencyMinor: number;
  lossMinor: number;
}

export interface VerifiedCounts {
  assigned: number;
  heldOut: number;
  exposed: number;
  granted: number;
  withheld: number;
  redeemed: number;
  cancelled: number;
  expired: number;
  reversed: number;
  held: number;
  released: number;
  clawedBack: number;
}

export function noMoney(): VerifiedMoney {
  return {
    spentMinor: 0,
    reservedMinor: 0,
    settlingMinor: 0,
    returnedMinor: 0,
    setAsideMinor: 0,
    securedMinor: 0,
    lapsedMinor: 0,
    issuedMinor: 0,
    expiredMinor: 0,
    cancelledMinor: 0,
    reversedMinor: 0,
    clawedBackMinor: 0,
    receivableMinor: 0,
    receivedMinor: 0,
    contingencyMinor: 0,
    lossMinor: 0,
  };
}

export function noCounts(): VerifiedCounts {
  return {
    assigned: 0,
    heldOut: 0,
    exposed: 0,
    granted: 0,
    withheld: 0,
    redeemed: 0,
    cancelled: 0,
    expired: 0,
    reversed: 0,
    held: 0,
    released: 0,
    clawedBack: 0,
  };
}
