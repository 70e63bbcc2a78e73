// A sample-ratio check that may be looked at every day. The planned shares are compared with shares
// drawn from a Dirichlet distribution round them; the ratio of the two likelihoods is a martingale,
// so its inverse is an always-valid p value. Lindon and Malek (2022), "Anytime-valid inference for
// multinomial count data", NeurIPS.
import gammaln from "@stdlib/math-base-special-gammaln";
import { requireDomain } from "./domain.ts";

/** How tightly the alternative's shares lie round the plan: as if seen in so many users. */
export const DEFAULT_CONCENTRATION = 10_000;

/**
 * Always-valid p value after each look; `counts` are the NEW users of each arm since the look
 * before. Planned `weights` are any positive numbers. p never rises; without users it is 1.
 * @example sequentialSampleRatio([[50, 450], [50, 450]], [1, 1]) // both below 1e-50
 */
export function sequentialSampleRatio(
  counts: readonly (readonly number[])[],
  weights: readonly number[],
  concentration: number = DEFAULT_CONCENTRATION,
): number[] {
  const valid = weights.length >= 2 && weights.every((each) => each > 0);
  requireDomain(valid, "sequential sample ratio", `2 or more positive weights, got ${weights}`);
  requireDomain(concentration > 0, "sequential sample ratio", "a positive concentration");
  const total = weights.reduce((a, b) => a + b, 0);
  const shares = weights.map((each) => each / total);
  const prior = shares.map((share) => share * concentration);
  const seen = shares.map(() => 0);
  let p = 1;
  return counts.map((look) => {
    const whole = look.every((count) => Number.isSafeInteger(count) && count >= 0);
    const fits = whole && look.length === shares.length;
    requireDomain(fits, "sequential sample ratio", `${shares.length} whole counts, got ${look}`);
    look.forEach((count, arm) => {
      seen[arm]! += count;
    });
    p = Math.min(p, Math.exp(-logBayesFactor(seen, prior, shares, concentration)));
    return p;
  });
}

/** Log likelihood of the counts under the mixture, less the one under the plan. */
function logBayesFactor(
  seen: readonly number[],
  prior: readonly number[],
  shares: readonly number[],
  concentration: number,
): number {
  const users = seen.reduce((a, b) => a + b, 0);
  let log = gammaln(concentration) - gammaln(concentration + users);
  seen.forEach((count, arm) => {
    log += gammaln(prior[arm]! + count) - gammaln(prior[arm]!) - count * Math.log(shares[arm]!);
  });
  return log;
}
