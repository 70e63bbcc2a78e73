// The effect over strata that were known before assignment (region, device, new or lapsed), each
// weighted by its share of all users: what the arms differ in by chance drops out. For users with
// no history, whom regression adjustment cannot help. Miratrix, Sekhon and Yu (2013), JRSS B 75.
import { requireDomain } from "./domain.ts";
import { DEFAULT_LEVEL, type Effect, effectOf } from "./effect.ts";
import type { ArmSummary } from "./moments.ts";

export interface Stratum {
  readonly control: ArmSummary;
  readonly treatment: ArmSummary;
}

/**
 * Treatment minus control, post-stratified, in the units of the data; degrees of freedom by
 * Satterthwaite (1946). Every stratum needs 2 users in each arm (and should have 20): join smaller
 * ones beforehand, by a rule that was declared.
 * @example two strata of equal size with effects 1 and 3: estimate 2
 */
export function postStratified(strata: readonly Stratum[], level: number = DEFAULT_LEVEL): Effect {
  requireDomain(strata.length > 0, "post-stratification", "at least one stratum");
  const total = strata.reduce((sum, each) => sum + each.control.n + each.treatment.n, 0);
  let [estimate, variance, spread] = [0, 0, 0];
  for (const { control, treatment } of strata) {
    const enough = control.n >= 2 && treatment.n >= 2;
    const found = `got ${control.n} and ${treatment.n}`;
    requireDomain(enough, "post-stratification", `2 users an arm in each stratum, ${found}`);
    const weight = (control.n + treatment.n) / total;
    estimate += weight * (treatment.mean - control.mean);
    for (const { n, variance: own } of [control, treatment]) {
      const part = (weight ** 2 * own) / n;
      variance += part;
      spread += part ** 2 / (n - 1);
    }
  }
  const degreesOfFreedom = spread === 0 ? Number.POSITIVE_INFINITY : variance ** 2 / spread;
  return effectOf(estimate, Math.sqrt(variance), degreesOfFreedom, level);
}
