// Exact binomial tails, on stdlib's incomplete beta function. Error below 1e-7 at 300 million
// trials, which is what a sample-ratio check of a whole market needs.
import betainc from "@stdlib/math-base-special-betainc";
import { requireDomain } from "./domain.ts";

/**
 * Probability of at most `successes` of `n` trials with chance `chance`.
 * Whole numbers 0 <= successes <= n, 0 < chance < 1.
 * @example binomialCdf(2, 10, 0.5) // 0.0546875
 */
export function binomialCdf(successes: number, n: number, chance: number): number {
  requireTrials(successes, n, chance);
  return successes === n ? 1 : betainc(chance, successes + 1, n - successes, true, true);
}

/**
 * Probability of at least `successes` of `n` trials.
 * @example binomialUpperTail(8, 10, 0.5) // 0.0546875
 */
export function binomialUpperTail(successes: number, n: number, chance: number): number {
  requireTrials(successes, n, chance);
  return successes === 0 ? 1 : betainc(chance, successes, n - successes + 1, true, false);
}

/**
 * Exact two-sided p value that `successes` of `n` came from `chance`: twice the smaller tail, at
 * most 1 (the "central" test that belongs to Clopper-Pearson's interval; Fay 2010, R Journal 2/1).
 * @example binomialTwoSidedP(2, 10, 0.5) // 0.109375
 */
export function binomialTwoSidedP(successes: number, n: number, chance: number): number {
  const lower = binomialCdf(successes, n, chance);
  const upper = binomialUpperTail(successes, n, chance);
  return Math.min(1, 2 * Math.min(lower, upper));
}

function requireTrials(successes: number, n: number, chance: number): void {
  const whole = Number.isSafeInteger(successes) && Number.isSafeInteger(n);
  requireDomain(
    whole && successes >= 0 && successes <= n && n > 0,
    "binomial",
    `whole numbers 0 <= successes <= n, n > 0, got ${successes} of ${n}`,
  );
  requireDomain(chance > 0 && chance < 1, "binomial", `a chance in (0, 1), got ${chance}`);
}
