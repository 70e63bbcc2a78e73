// Does an effect differ between groups that were known beforehand, or is it one effect seen with
// noise? Cochran (1954), Biometrics 10, 101-129; the share of I squared: Higgins and Thompson
// (2002), Statistics in Medicine 21. Groups must be disjoint: no user in two of them.
import { chiSquareUpperTail } from "./chi-square.ts";
import { requireDomain } from "./domain.ts";
import type { Effect } from "./effect.ts";

export interface Heterogeneity {
  /** The groups' effects, each weighted by its precision. */
  readonly pooled: number;
  /** Cochran's Q: weighted squares of the distances from the pooled effect. */
  readonly q: number;
  /** Number of groups less one. */
  readonly degreesOfFreedom: number;
  /** Of "the effect is the same in every group". */
  readonly p: number;
  /** Part of the spread between the groups that noise does not explain, 0..1. */
  readonly inconsistency: number;
}

/**
 * Cochran's Q of two or more groups' effects. The chi-square reference wants groups large enough
 * that their standard errors are as good as known.
 * @example effects 1 and 3, standard errors 1: pooled 2, Q 2, p .157299, inconsistency .5
 */
export function heterogeneity(
  effects: readonly Pick<Effect, "estimate" | "standardError">[],
): Heterogeneity {
  const enough = effects.length >= 2;
  requireDomain(enough, "heterogeneity", `at least 2 groups, got ${effects.length}`);
  let [weights, weighted] = [0, 0];
  for (const { estimate, standardError } of effects) {
    const valid = standardError > 0 && Number.isFinite(estimate);
    requireDomain(valid, "heterogeneity", `a positive standard error, got ${standardError}`);
    weights += standardError ** -2;
    weighted += estimate * standardError ** -2;
  }
  const pooled = weighted / weights;
  const q = effects.reduce(
    (sum, { estimate, standardError }) => sum + ((estimate - pooled) / standardError) ** 2,
    0,
  );
  const degreesOfFreedom = effects.length - 1;
  const inconsistency = q === 0 ? 0 : Math.max(0, (q - degreesOfFreedom) / q);
  const p = chiSquareUpperTail(q, degreesOfFreedom);
  return { pooled, q, degreesOfFreedom, p, inconsistency };
}
