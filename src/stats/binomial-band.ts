// How many of n trials chance alone allows: the counts between which an honest procedure stays.
import { binomialCdf } from "./binomial.ts";
import { requireDomain, requireLevel } from "./domain.ts";

export interface BinomialBand {
  /** Whole numbers of trials, both still allowed. */
  readonly least: number;
  readonly most: number;
}

/**
 * The central band that holds the number of successes with a chance of `level` or a little more.
 * Whole n >= 1, 0 < chance < 1.
 * @example binomialBand(1000, 0.05, 0.99) // 33 to 69 (R: qbinom(c(.005, .995), 1000, .05))
 */
export function binomialBand(n: number, chance: number, level: number): BinomialBand {
  requireLevel(level, "binomial band");
  const whole = Number.isSafeInteger(n) && n >= 1;
  requireDomain(whole, "binomial band", `a whole number of trials, got ${n}`);
  const tail = (1 - level) / 2;
  return { least: firstAt(n, chance, tail), most: firstAt(n, chance, 1 - tail) };
}

/** The smallest count whose lower tail reaches `mass`, by halving. */
function firstAt(n: number, chance: number, mass: number): number {
  let [low, high] = [0, n];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (binomialCdf(middle, n, chance) >= mass) high = middle;
    else low = middle + 1;
  }
  return low;
}
