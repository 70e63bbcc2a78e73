// How many come, by wave and hour.

export interface Arrivals {
  /** Everybody who comes, and those of them whom the campaign brings. */
  people: number;
  brought: number;
  /** Those who come by themselves; an invite brings the others. */
  own: number;
  /** By wave. */
  readonly ofWave: Float64Array;
}
