// How often random splits of one arm raised a false alarm, and whether chance allows that.
import { type BinomialBand, binomialBand } from "./binomial-band.ts";
import { requireDomain } from "./domain.ts";
import { normalQuantile, normalTwoSidedP } from "./normal.ts";
import type { SplitEffects } from "./resplit.ts";

export interface SplitAlarms {
  /** Splits that could be read. */
  readonly splits: number;
  /** Those with p below alpha. */
  readonly alarms: number;
  /** How many of them chance allows an honest test. */
  readonly allowed: BinomialBand;
  /**
   * Root mean square of the estimates in standard errors: 1 where these are right, 1.4 where they
   * ought to be 1.4 times as large.
   */
  readonly spread: number;
  /** Splits by p value, in classes of equal width from 0 to 1. */
  readonly histogram: readonly number[];
  readonly finding: "as promised" | "too many" | "too few";
}

export interface AlarmOptions {
  /** Below it a p value is an alarm: .05 unless told otherwise. */
  readonly alpha?: number;
  /** Chance of an honest test to stay in the band: .99 unless told otherwise. */
  readonly level?: number;
  /**
   * By how much, as a part of itself, an honest standard error may be off on given data: 0 unless
   * told otherwise (see `quantileErrorNoise`).
   */
  readonly errorNoise?: number;
  readonly classes?: number;
}

/** Of differences, below which an alarm is as good as impossible. */
const LEAST_SPREAD = 0.1;

/**
 * Counts the alarms. At least one split has to have been read.
 * @example 1000 splits, 104 with p < .05: 33 to 69 are allowed, so these are "too many"
 */
export function splitAlarms({ p, z }: SplitEffects, options: AlarmOptions = {}): SplitAlarms {
  const { alpha = 0.05, level = 0.99, errorNoise = 0, classes = 20 } = options;
  const splits = p.length;
  requireDomain(splits >= 1, "false alarms", "at least one split that could be read");
  const alarms = p.filter((each) => each < alpha).length;
  const off = errorNoise * normalQuantile(1 - (1 - level) / 2);
  const allowed = {
    least: binomialBand(splits, alarmChance(alpha, 1 - off), level).least,
    most: binomialBand(splits, alarmChance(alpha, 1 + off), level).most,
  };
  const histogram = new Array<number>(classes).fill(0);
  for (const each of p) histogram[Math.min(classes - 1, Math.floor(each * classes))]! += 1;
  const spread = Math.sqrt(z.reduce((sum, each) => sum + each * each, 0) / splits);
  const many = alarms > allowed.most ? "too many" : "as promised";
  const finding = alarms < allowed.least ? "too few" : many;
  return { splits, alarms, allowed, spread, histogram, finding };
}

/** Chance of an alarm where differences spread `spread` times as wide as their errors say. */
function alarmChance(alpha: number, spread: number): number {
  if (spread === 1) return alpha;
  const chance = normalTwoSidedP(normalQuantile(1 - alpha / 2) / Math.max(spread, LEAST_SPREAD));
  return Math.max(chance, Number.MIN_VALUE);
}
