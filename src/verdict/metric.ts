// What a verdict measures: metrics and their bounds, guardrails, and the question that an
// assignment can answer.

/**
 * Which effect an assignment identifies: at the claim, what the reward does to people who have
 * already come; before contact, whom the campaign brought (docs/concepts/proof.md). An experiment's
 * plain table does not say which: its effect is that of being assigned.
 */
export type Estimand = "reward, given arrival" | "reach" | "being assigned";

export interface Metric {
  readonly id: string;
  readonly title: string;
  /**
   * A share is 0 or 1 a user and is shown in per cent; a mean is any number a user; a ratio is one
   * sum over another, both over users; a quantile is of the users' numbers.
   */
  readonly kind: "share" | "mean" | "ratio" | "quantile";
  /** What it counts, such as "USD" or "orders"; empty for a share. */
  readonly unit: string;
  /** Digits after the point when printed (of percentage points, for a share). */
  readonly digits: number;
  /** Where users' numbers beyond bounds were set to the bound. */
  readonly clamp?: Clamp;
}

/** Bounds that were declared before the data, and what they did, over all arms together. */
export interface Clamp {
  /** Null: no bound on this side. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Users whose number was set to a bound. */
  readonly clamped: number;
  /** What the sum lost: sum before less sum after. */
  readonly removed: number;
}

/** A metric that must not get worse by more than a margin that was declared beforehand. */
export interface Guardrail {
  readonly metric: string;
  /** Which way is worse. */
  readonly worse: "lower" | "higher";
  /** Positive: part of the held-out users' level where `isRelative`, else the metric's units. */
  readonly margin: number;
  readonly isRelative: boolean;
}
