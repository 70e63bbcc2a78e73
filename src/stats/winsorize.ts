// One account must not move the result unseen: numbers beyond bounds that were declared BEFORE the
// data are set to the bound, and the report says how many there were and what they carried. Bounds
// that are read off the data afterwards bend the p value. Dixon (1960), Annals of Math. Stat. 31.
import { domainError, requireDomain } from "./domain.ts";

export interface DeclaredBounds {
  readonly lower: number;
  readonly upper: number;
}

export interface Winsorized {
  readonly values: Float64Array;
  /** How many were raised to the lower and lowered to the upper bound. */
  readonly raised: number;
  readonly lowered: number;
  /** What the sum lost: sum before minus sum after. */
  readonly removed: number;
}

/**
 * Clamps numbers to declared bounds.
 * @example winsorize([1, 2, 900], { lower: 0, upper: 100 }) // 1, 2, 100; lowered 1, removed 800
 */
export function winsorize(values: Iterable<number>, bounds: DeclaredBounds): Winsorized {
  const { lower, upper } = bounds;
  requireDomain(lower <= upper, "winsorising", `lower <= upper, got ${lower} and ${upper}`);
  let [raised, lowered, removed] = [0, 0, 0];
  const clamped = Float64Array.from(values, (value, at) => {
    if (Number.isNaN(value)) throw domainError("winsorising", `numbers, got NaN at index ${at}`);
    const kept = Math.min(upper, Math.max(lower, value));
    if (value < lower) raised += 1;
    if (value > upper) lowered += 1;
    removed += value - kept;
    return kept;
  });
  return { values: clamped, raised, lowered, removed };
}
