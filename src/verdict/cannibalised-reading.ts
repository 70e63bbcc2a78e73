// What the reward displaced: own purchases that would have come anyway, at their margin.

/** Asked of a study: the mean that may be displaced, and the margin of one of it. */
export interface CannibalisedQuestion {
  readonly metric: string;
  /** Major units. */
  readonly margin: number;
  readonly currency: string;
}

/** Margin lost a treated user, with its interval; below zero where more was bought instead. */
export interface CannibalisedReading extends CannibalisedQuestion {
  readonly title: string;
  readonly arm: string;
  readonly lost: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
}
