// How well does a small sample pin down a share? Clopper and Pearson's interval (1934, Biometrika
// 26), which holds the true share at least as often as it says, however few were looked at.
import { betaQuantile } from "./beta.ts";
import { requireDomain, requireLevel } from "./domain.ts";
import { DEFAULT_LEVEL } from "./effect.ts";
import type { Interval } from "./share-interval.ts";

/**
 * Clopper-Pearson's interval of a share, a ratio 0..1. Whole numbers 0 <= successes <= n, n >= 1.
 * Of a sample drawn without replacement it is somewhat wider than need be.
 * @example exactShareInterval({ successes: 5, n: 10 }) // 0.187086 .. 0.812914
 */
export function exactShareInterval(
  { successes, n }: { readonly successes: number; readonly n: number },
  level: number = DEFAULT_LEVEL,
): Interval {
  requireLevel(level, "Clopper-Pearson interval");
  const isCount = Number.isSafeInteger(n) && n >= 1 && Number.isSafeInteger(successes);
  requireDomain(
    isCount && successes >= 0 && successes <= n,
    "Clopper-Pearson interval",
    `whole numbers 0 <= successes <= n, n >= 1, got ${successes} of ${n}`,
  );
  const tail = (1 - level) / 2;
  return {
    lower: successes === 0 ? 0 : betaQuantile(tail, successes, n - successes + 1),
    upper: successes === n ? 1 : betaQuantile(1 - tail, successes + 1, n - successes),
  };
}
