// An assumption and what the data say of it: normal on the link's scale, so that precisions add up.
import type { Belief } from "./link.ts";

export interface Combined {
  /** What the data say alone; null: nothing. */
  readonly data: Belief | null;
  readonly after: Belief;
  /**
   * By how many of its standard deviations the data lie from what the assumption would expect of
   * them, signed.
   */
  readonly surprise: number;
  /** Then the data alone stand: a mean of two that exclude each other would be neither. */
  readonly isContradicted: boolean;
}

/** What a fit adds to the assumption that it began from: its precision less the assumption's. */
export function dataOf(prior: Belief, posterior: Belief): Belief | null {
  const precision = 1 / posterior.sd ** 2 - 1 / prior.sd ** 2;
  if (!(precision > 1e-6 / prior.sd ** 2)) return null;
  const mean = (posterior.mean / posterior.sd ** 2 - prior.mean / prior.sd ** 2) / precision;
  return { mean, sd: 1 / Math.sqrt(precision) };
}

/** @param noise standard deviation of what no count shows, on the link's scale */
export function combined(prior: Belief, found: Belief | null, noise: number): Combined {
  if (found === null) return { data: null, after: prior, surprise: 0, isContradicted: false };
  const data = { mean: found.mean, sd: Math.hypot(found.sd, noise) };
  const precision = 1 / prior.sd ** 2 + 1 / data.sd ** 2;
  const mean = (prior.mean / prior.sd ** 2 + data.mean / data.sd ** 2) / precision;
  const surprise = (data.mean - prior.mean) / Math.hypot(prior.sd, data.sd);
  const isContradicted = Math.abs(surprise) > CONTRADICTED;
  const after = isContradicted ? data : { mean, sd: 1 / Math.sqrt(precision) };
  return { data, after, surprise, isContradicted };
}

/** Beyond this an assumption counts as contradicted: one in a hundred, on both sides. */
const CONTRADICTED = 2.576;
