// The retention curves that are fitted, and what a fitted one is known by.

export type CurveModel = "sbg" | "bdw";

/**
 * Chances to leave at a first renewal are beta(alpha, beta). They are given by mean and spread,
 * which stay finite where everybody is alike: alpha = leaving * (1 - spread) / spread, beta =
 * (1 - leaving) * (1 - spread) / spread.
 */
export interface RetentionCurve {
  readonly model: CurveModel;
  /** Share of the users that are active in the first period, 0..1. */
  readonly scale: number;
  /** Mean chance to leave for good after the first period, 0..1. */
  readonly leaving: number;
  /** 0: everybody has the same chance; towards 1: some leave at once and the rest never. */
  readonly spread: number;
  /** Above 1 each one's own risk grows with age, below it falls; 1 is sBG. */
  readonly shape: number;
}
