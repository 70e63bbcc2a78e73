// How well does one arm's count pin down its share? Wilson's score interval (1927, JASA 22).
import { requireLevel } from "./domain.ts";
import { DEFAULT_LEVEL } from "./effect.ts";
import { summarizeShare } from "./moments.ts";
import { normalQuantile } from "./normal.ts";

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Wilson's interval of a share, a ratio 0..1. Valid for every count of at least one user.
 * @example shareInterval({ successes: 17054, n: 449925 }) // 0.0373500339392 .. 0.0384660469953
 */
export function shareInterval(
  share: { readonly successes: number; readonly n: number },
  level: number = DEFAULT_LEVEL,
): Interval {
  requireLevel(level, "Wilson interval");
  const { n, mean } = summarizeShare(share.successes, share.n);
  const z = normalQuantile(1 - (1 - level) / 2);
  const weight = 1 + (z * z) / n;
  const centre = (mean + (z * z) / (2 * n)) / weight;
  const half = (z * Math.sqrt((mean * (1 - mean)) / n + (z * z) / (4 * n * n))) / weight;
  // Nobody or everybody: the bound is exact, whatever rounding says.
  const lower = share.successes === 0 ? 0 : centre - half;
  return { lower, upper: share.successes === share.n ? 1 : centre + half };
}
