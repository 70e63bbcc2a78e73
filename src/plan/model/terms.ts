// What the campaign file and a scenario fix, at the size of the real campaign: the same in every
// draw. Hours count from the campaign's start; money is in major units.

export interface WaveTerms {
  readonly id: string;
  /** Hours [from, to) in which it is open. */
  readonly fromHour: number;
  readonly toHour: number;
  /** Hours of its first hour before it opens, and of its last one after it closed; default 0. */
  readonly lateBy?: number;
  readonly earlyBy?: number;
  readonly budget: number;
  /**
   * Pacing: the share of its budget that may have been granted by the end of each of its hours,
   * rising to 1; null releases all at once.
   */
  readonly released: Float64Array | null;
  /** Where the hours are known, such as from an earlier campaign; else all follow the arrivals. */
  readonly curves?: WaveCurves;
}

/** When what happens in a wave happens: shares by its hours, each adding up to 1. */
export interface WaveCurves {
  /** People who come for the first time. */
  readonly arrivals: Float64Array;
  /** Users of before, in the first wave; in later ones people of earlier waves. */
  readonly known: Float64Array;
  /** Further rewards of those who have one. */
  readonly further: Float64Array;
  readonly bots: Float64Array;
}

export interface OfferTerms {
  readonly id: string;
  /** Index of its wave. */
  readonly wave: number;
  /** Mean amount of a grant. */
  readonly reward: number;
  /** As a multiple of the amount that its take-up was assumed for; default 1. */
  readonly rewardRatio?: number;
  /** Standard deviation and skewness of one grant's amount; 0 where it is fixed. */
  readonly deviation?: number;
  readonly skewness?: number;
  /** At an hour of the campaign, or so many hours after the grant. */
  readonly expires: { readonly kind: "at" | "after"; readonly hours: number };
}

/** A cap that counts what all people get or spend together. */
export interface SharedCap {
  readonly id: string;
  readonly counts: "money" | "grants";
  readonly per: "total" | "day" | "hour";
  readonly on: "claim" | "redemption";
  readonly limit: number;
  /** Offers that it counts together, by index. */
  readonly offers: readonly number[];
}

export interface HourlyTerms {
  readonly budget: number;
  /** Hours after which the money of an expired grant can be granted again. */
  readonly settlingHours: number;
  readonly waves: readonly WaveTerms[];
  /** The first offer of a wave is the one that people come for. */
  readonly offers: readonly OfferTerms[];
  /** Rewards that one user can have at most. */
  readonly rewardsPerUser: number;
  /** The same of a day, and money that one user can have at most; without them no limit. */
  readonly rewardsPerUserDay?: number;
  readonly moneyPerUser?: number;
  /** What limits all people together, beside the budgets. */
  readonly caps?: readonly SharedCap[];
  /** Share of the users who are held out, and get nothing. */
  readonly holdout: number;
  /** Relative weight of each hour of the day on which it falls, to the last expiry. */
  readonly hourWeights: Float64Array;
  /** Local day of each hour, 0 for the first. */
  readonly dayOfHour: Uint16Array;
  /** Months for which contribution is counted. */
  readonly months: number;
  /** The reward and the announced budget as a multiple of those that `people` was assumed for. */
  readonly rewardRatio: number;
  readonly budgetRatio: number;
}
