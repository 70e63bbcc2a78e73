// What a running campaign's journal says so far, as counts by hour: all that calibration reads.
// Hours count from the campaign's start; ages from when somebody was first seen, claimed or got a
// grant.

export interface HourCount {
  readonly hour: number;
  readonly count: number;
}

/** Of those whom an hour began with, how many did it in which hour of their age; null: not yet. */
export interface AgeCount extends HourCount {
  readonly age: number | null;
}

export interface OfferReading {
  readonly id: string;
  /** As it was opened: hours since the start, or since the grant. */
  readonly expires: { readonly kind: "at" | "after"; readonly hours: number };
  /** People first seen in the offer's wave, by when they claimed it. */
  readonly takeUp: readonly AgeCount[];
  /** First claims of people whom an earlier wave brought. */
  readonly returning: readonly HourCount[];
  /** Users with a grant by the hour of the first, and their further grants by age. */
  readonly claimers: readonly HourCount[];
  readonly further: readonly AgeCount[];
  /** Sum of squares of a user's further grants: they come in clusters. */
  readonly furtherSquares: number;
  /** Grants by hour, and by the age at which they were spent. */
  readonly redemptions: readonly AgeCount[];
  /** The same of those that were given back. */
  readonly cancellations: readonly AgeCount[];
  /** Of those that were spent: the share of the amount, summed up. */
  readonly used: { readonly grants: number; readonly sum: number; readonly squares: number };
  /** Mean amount of a grant, minor units. */
  readonly meanMinor: number;
}

/** The busiest second against the mean of the busiest hour, as far as the numbers show it. */
export interface PeakReading {
  readonly ratio: number;
  /** Seconds over which it was counted: fewer events than this resolves are chance. */
  readonly seconds: number;
  /** Events in the busiest of these. */
  readonly events: number;
}

export interface JournalReading {
  readonly campaign: string;
  /** As it was opened: every hour counts from here. */
  readonly startsAtMs: number;
  /** Up to here, exclusive. */
  readonly toMs: number;
  readonly events: number;
  /** First seen, by hour: members of an audience, and everybody else. */
  readonly known: readonly HourCount[];
  readonly others: readonly HourCount[];
  /** Share of all of them who were first seen looking at the offers. */
  readonly lookedShare: number;
  readonly offers: readonly OfferReading[];
  /** By wave: the hour at which its money was gone; null: it was not. */
  readonly goneAtHour: readonly (number | null)[];
  readonly claimsPeak: PeakReading | null;
  readonly ordersPeak: PeakReading | null;
  /** Grants that were spent by now and not given back, of all users with a grant. */
  readonly ordersPerRewarded: number;
  /** What the journal's campaign has otherwise than the plan's, in words. */
  readonly differences: readonly string[];
  /** Budget and leading reward against those of the plan's campaign file. */
  readonly budgetRatio: number;
  readonly rewardRatio: number;
}
