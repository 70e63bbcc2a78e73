// What a campaign's money and events add up to.

/**
 * Money by where it is. Without over-issue spent + reserved + settling + free = budget after every
 * event; with it the sum may be beyond the budget, and what is spent never is.
 */
export interface Books {
  budgetMinor: number;
  spentMinor: number;
  reservedMinor: number;
  settlingMinor: number;
  /** Reversed after the end of its grant: free, but never granted again. */
  returnedMinor: number;
  /** What pots still hold: free, but granted only as their packets. */
  setAsideMinor: number;
  /** What grants of pots and compensation keep: over-issue endangers none of it. */
  securedMinor: number;
  /** Expired, settled and free again: over-issue counts on it once, and so not again. */
  lapsedMinor: number;
  /** Gross: every amount ever granted. */
  issuedMinor: number;
  expiredMinor: number;
  cancelledMinor: number;
  reversedMinor: number;
  /** Payments that no reward could cover: what the contingency line bears, and what nothing. */
  contingencyMinor: number;
  lossMinor: number;
}

export interface Counts {
  granted: number;
  withheld: number;
  redeemed: number;
  cancelled: number;
  expired: number;
  reversed: number;
  assigned: number;
  heldOut: number;
}

/** Expired money on its way back: entries in order of `freeAtMs`. */
export interface Settling {
  freeAtMs: number[];
  amountMinor: number[];
  /** Entries before it are done. */
  head: number;
}

export function emptyBooks(budgetMinor: number): Books {
  return {
    budgetMinor,
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
    contingencyMinor: 0,
    lossMinor: 0,
  };
}

export function emptyCounts(): Counts {
  return {
    granted: 0,
    withheld: 0,
    redeemed: 0,
    cancelled: 0,
    expired: 0,
    reversed: 0,
    assigned: 0,
    heldOut: 0,
  };
}
