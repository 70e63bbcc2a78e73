// Retention through two known days: the shifted beta-geometric curve (Fader and Hardie 2007) whose
// shares of day 1 and of a later day are given. Its tail flattens, since those who leave easily
// leave first; a constant churn through the same two days would empty it.
import { logGammaRatio } from "../../stats/customer-value/log-gamma.ts";
import { requireDomain } from "../../stats/domain.ts";

export interface RetentionShape {
  readonly alpha: number;
  readonly beta: number;
}

/** alpha beyond which all users churn alike, as far as two shares can tell. */
const ALIKE = 1e7;

/**
 * @param first share active on day 1; @param later share active on `day`, day > 1
 * Needs first^day < later < first: below it even a churn that never falls is too slow.
 * @example retentionThrough(0.65, 0.128) // alpha 0.5811, beta 1.0791
 */
export function retentionThrough(first: number, later: number, day = 30): RetentionShape {
  requireDomain(first > 0 && first < 1, "retention", `a share of day 1 in 0 to 1, got ${first}`);
  const isFit = later < first && Math.log(later) > day * Math.log(first);
  requireDomain(
    isFit,
    "retention",
    `day ${day} between ${first ** day} and ${first}, got ${later}`,
  );
  const odds = first / (1 - first);
  const target = Math.log(later);
  // Falls as alpha rises: from ln(first), where everybody leaves at once or never, to a constant
  // churn. Newton's steps on the log scale, halved back into the bracket.
  let [low, high] = [Math.log(1e-9), Math.log(ALIKE)];
  let at = 0;
  for (let step = 0; step < 60; step++) {
    const alpha = Math.exp(at);
    const gap = logRetained(alpha, alpha * odds, day) - target;
    if (gap > 0) low = at;
    else high = at;
    if (Math.abs(gap) < 1e-12 || high - low < 1e-13) break;
    const nudge = 1e-6;
    const beside = Math.exp(at + nudge);
    const slope = (logRetained(beside, beside * odds, day) - target - gap) / nudge;
    const next = at - gap / slope;
    at = next > low && next < high ? next : (low + high) / 2;
  }
  const alpha = Math.exp(at);
  return { alpha, beta: alpha * odds };
}

/** Share still active on `day`, which need not be whole. */
export function retainedAt({ alpha, beta }: RetentionShape, day: number): number {
  return Math.exp(logRetained(alpha, beta, day));
}

/** ln of B(alpha, beta + day) / B(alpha, beta). */
function logRetained(alpha: number, beta: number, day: number): number {
  return logGammaRatio(beta, day) - logGammaRatio(alpha + beta, day);
}
