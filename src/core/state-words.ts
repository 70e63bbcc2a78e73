// The small numbers that columns of the state hold, by name.

/** Grant states as stored; a grant whose time is over but not yet swept is still `live`. */
export const GRANT = {
  live: 0,
  redeemed: 1,
  cancelled: 2,
  expired: 3,
  held: 4,
  clawedBack: 5,
} as const;

/** What an id was used for. */
export const ID_USE = {
  granted: 1,
  withheld: 2,
  redeemed: 3,
  cancelled: 4,
  reversedAgain: 5,
  reversedBack: 6,
  held: 7,
  released: 8,
  /** With what was unspent, or after the grant's end. */
  clawedBack: 9,
  clawedAfter: 10,
  received: 11,
  entered: 20,
  entryWithheld: 21,
  invited: 12,
  accepted: 13,
  acceptWithheld: 14,
  covered: 15,
  uncovered: 16,
  extended: 17,
} as const;

/** Bits of userFlags. */
export const EXPOSED = 1;
export const REACHED = 4;

/** Ordinal of an attribute's value that no cap counts by. */
export const NOT_INTERNED = 0xffffffff;
