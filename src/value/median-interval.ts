// The estimate of a valuation is the median of its draws: half of them lie on each side of it, and
// it lies in the interval at every level. The number at the most likely inputs would not: where
// ranges are lopsided, nearly all draws may lie on one side of it.
import { requireLevel } from "../stats/domain.ts";
import { type DrawInterval, drawQuantile, drawQuantiles, type Uncertain } from "../stats/draws.ts";
import { DEFAULT_LEVEL } from "../stats/effect.ts";

export function medianOf({ draws }: Uncertain): number {
  return drawQuantile(draws, 0.5);
}

/** The central interval of the draws, with their median as the estimate. */
export function medianInterval(from: Uncertain, level?: number): DrawInterval {
  return medianIntervals(from, [level])[0]!;
}

/** The central interval at each level; the draws are sorted once. */
export function medianIntervals(
  { draws }: Uncertain,
  levels: readonly (number | undefined)[],
): DrawInterval[] {
  const tails = levels.map((level = DEFAULT_LEVEL) => {
    requireLevel(level, "interval of draws");
    return (1 - level) / 2;
  });
  const shares = tails.flatMap((tail) => [tail, 1 - tail]);
  const [estimate, ...bounds] = drawQuantiles(draws, [0.5, ...shares]);
  return tails.map((_, i) => {
    const [lower, upper] = bounds.slice(2 * i);
    return { estimate: estimate!, lower: lower!, upper: upper! };
  });
}

/**
 * Estimates of parts that add up to the total's: medians do not, so each moves by its share of the
 * difference, in proportion to how far the middle half of its draws reaches that way.
 * @param parts whose sum is the total, draw by draw
 */
export function addingUp(parts: readonly Uncertain[], total: Uncertain): number[] {
  const own = parts.map((part) => medianInterval(part, 0.5));
  const rest = medianOf(total) - own.reduce((sum, { estimate }) => sum + estimate, 0);
  const room = own.map(({ estimate, lower, upper }) =>
    rest > 0 ? upper - estimate : estimate - lower,
  );
  const all = room.reduce((sum, each) => sum + each, 0);
  if (!(all > 0)) return own.map(({ estimate }) => estimate);
  return own.map(({ estimate }, i) => estimate + (rest * room[i]!) / all);
}
