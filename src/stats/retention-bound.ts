// When is a curve of activity at an end of its range? The data then fit a simpler law than the
// curve has numbers for, and say nothing of how it goes on: customer value refuses it alike.

/** Shapes end at 20 and 1/20: beyond, all leave at one age, or nobody after the first period. */
export const LOG_SHAPE_MAX: number = Math.log(20);

/** Spreads this near 0 or 1 are at it: no number of users that there are could tell. */
const SPREAD_END = 1e-4;
const LEAVING_END = 1e-6;
/** Shapes within this part of the way (of the logarithm) to an end are at it. */
const SHAPE_END = 1e-3;

/**
 * What the curve would have to mean, or null where it is at no end. A scale of 1 is none: all may
 * well be active at first.
 * @example boundOf({ leaving: 0.2, spread: 0, shape: 1 })
 *   // "everybody would leave with the same chance"
 */
export function boundOf(curve: {
  readonly leaving: number;
  readonly spread: number;
  readonly shape: number;
}): string | null {
  const { leaving, spread, shape } = curve;
  if (leaving <= LEAVING_END) return "nobody would leave after the first period";
  if (leaving >= 1 - LEAVING_END) return "everybody would leave after the first period";
  if (spread <= SPREAD_END) return "everybody would leave with the same chance";
  if (spread >= 1 - SPREAD_END) return "some would leave at once and the rest never";
  if (Math.abs(Math.log(shape)) < LOG_SHAPE_MAX * (1 - SHAPE_END)) return null;
  return shape > 1 ? "all would leave at one age" : "nobody would leave but at first";
}
