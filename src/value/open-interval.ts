// An interval of a number that may not exist: a cost a kept user where nobody was kept, a month of
// payback that never comes. What lies beyond every number is null, never an infinity.

import type { Uncertain } from "../stats/draws.ts";
import { DEFAULT_LEVEL } from "../stats/effect.ts";

export interface OpenInterval {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Infinities count as beyond every number; the median and the bounds are draws, never between two
 * of them.
 */
export function openInterval({ draws }: Uncertain, level: number = DEFAULT_LEVEL): OpenInterval {
  const ascending = Float64Array.from(draws).sort();
  return {
    estimate: quantile(ascending, 0.5),
    lower: quantile(ascending, (1 - level) / 2),
    upper: quantile(ascending, 1 - (1 - level) / 2),
  };
}

/** How much `amount` each of `units` bears; where there are none, more than any number. */
export function amountEach(amount: number, units: number): number {
  if (amount <= 0) return 0;
  return units > 0 ? amount / units : Number.POSITIVE_INFINITY;
}

/** A factor that may be endless times a number: endless, whatever the number. */
export function timesEach(factor: number, value: number): number {
  return Number.isFinite(factor) ? factor * value : Number.POSITIVE_INFINITY;
}

function quantile(ascending: Float64Array, q: number): number | null {
  const at = Math.min(ascending.length - 1, Math.max(0, Math.ceil(q * ascending.length) - 1));
  return finite(ascending[at]!);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
