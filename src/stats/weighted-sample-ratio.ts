// Did the arms get the users that they should, where the chances changed on the way? Each user
// counts by the inverse of the chance by which he came into his arm, so that every arm estimates
// all users (Horvitz & Thompson, "A Generalization of Sampling Without Replacement From a Finite
// Universe", JASA 47, 1952). Of one set of chances, `sampleRatio` is exact and the better choice.
import { domainError } from "./domain.ts";
import { normalTwoSidedP } from "./normal.ts";

/** Users who were assigned by the same chances. */
export interface ChanceStratum {
  /** Chance of each arm; they add up to 1. */
  readonly chances: readonly number[];
  /** Users found in each arm. */
  readonly counts: readonly number[];
}

export interface WeightedSampleRatio {
  /** The smallest p of an arm, times the arms (Bonferroni), at most 1. */
  readonly p: number;
  /** By arm: users it stands for, over all users; 1 is what was planned. */
  readonly ratios: readonly number[];
  /** Largest distance of a ratio from 1. */
  readonly largestDeviation: number;
}

/**
 * Holds each arm's weighted users against all users. Valid where strata are large enough for the
 * normal approximation; arms that no stratum could give anybody are left out.
 * @example
 * // p .0455: 120 of the 100 expected in arm 0, sd 10 of the weighted 1000
 * weightedSampleRatio([{ chances: [0.1, 0.9], counts: [120, 880] }]).ratios[0] // 1.2
 */
export function weightedSampleRatio(strata: readonly ChanceStratum[]): WeightedSampleRatio {
  const arms = strata[0]?.chances.length ?? 0;
  if (arms < 2 || strata.some((one) => one.counts.length !== arms || one.chances.length !== arms)) {
    throw domainError("weighted sample ratio", "strata of the same two arms or more");
  }
  const all = strata.flatMap(({ counts }) => counts).reduce((a, b) => a + b, 0);
  if (!(all > 0)) throw domainError("weighted sample ratio", "at least one user");
  const ps: number[] = [];
  const ratios = strata[0]!.chances.map((_, arm) => {
    let [weighted, reachable, variance] = [0, 0, 0];
    for (const { chances, counts } of strata) {
      const chance = chances[arm]!;
      if (chance === 0) {
        if (counts[arm]! > 0)
          throw domainError("weighted sample ratio", "no user without a chance");
        continue;
      }
      const users = counts.reduce((a, b) => a + b, 0);
      weighted += counts[arm]! / chance;
      reachable += users;
      variance += (users * (1 - chance)) / chance;
    }
    if (variance > 0) ps.push(normalTwoSidedP((weighted - reachable) / Math.sqrt(variance)));
    return reachable === 0 ? 1 : weighted / reachable;
  });
  const p = Math.min(1, ps.length * Math.min(1, ...ps));
  const largestDeviation = Math.max(...ratios.map((ratio) => Math.abs(ratio - 1)));
  return { p, ratios, largestDeviation };
}
