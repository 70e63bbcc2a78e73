// What an effect is worth, less what each treated user cost.

/** In one money of the asker's choice, the same for both; finite, zero or more. */
export interface WorthQuestion {
  /** Margin of one unit of the first outcome (of one user more, where it is a share). */
  readonly marginPerUnit: number;
  /** What one treated user cost on average. */
  readonly costPerTreated: number;
}

export interface WorthReading extends WorthQuestion {
  /** Else as given. */
  readonly isCostMeasured: boolean;
  readonly arm: string;
  readonly metric: string;
  /** What the margin is for: "additional user" for a share, else "unit of …". */
  readonly per: string;
  /** Margin of the effect less the cost, a treated user; bounds at the effect's level. */
  readonly net: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  /** Two-sided, of "the net is zero". */
  readonly p: number;
  /** The same among all arms and studies of the verdict (Holm); null: it is the only one. */
  readonly holmP: number | null;
  /** Whether the effect itself is clear of zero (isClear), upwards. */
  readonly works: boolean;
  /**
   * "not_known" where the evidence does not allow to say what was caused; "unclear" with bounds on
   * one side of zero where the effect or the net is not clear among several.
   */
  readonly finding: "pays" | "loses" | "unclear" | "not_known";
  /** The margin a unit at which the estimate just pays; null: none would, the effect is <= 0. */
  readonly breakEvenMargin: number | null;
  /** The cost a treated user at which the estimate just pays. */
  readonly breakEvenCost: number;
}
