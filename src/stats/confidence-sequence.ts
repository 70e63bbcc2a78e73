// An interval that may be looked at after every user: with asymptotically 95 %, it covers the truth
// at all looks together. Asymptotic confidence sequences: Waudby-Smith, Arbour, Sinha, Kennedy and
// Ramdas (2024), Annals of Statistics 52(6); arXiv 2103.06476v7, to which the numbers refer.
import { requireDomain, requireLevel } from "./domain.ts";
import { DEFAULT_LEVEL, type Effect } from "./effect.ts";
import type { Direction } from "./one-sided.ts";

/** Number of users, both arms together, at which the sequence is tightest unless told otherwise. */
export const DEFAULT_TUNING = 5000;

/** What a one-sided p value is where no alpha excludes zero: at .5 the mixture vanishes. */
const LARGEST_ONE_SIDED_P = 0.4999;

export interface SequenceOptions {
  readonly level?: number;
  /** Users at which the interval is to be tightest; must not depend on the data. */
  readonly tuning?: number;
}

export interface SequenceReading {
  readonly estimate: number;
  readonly standardError: number;
  /** -Infinity or Infinity on the side that a one-sided reading leaves open. */
  readonly lower: number;
  readonly upper: number;
  /** Always-valid p value: may be compared with 1 - level at every look. */
  readonly p: number;
}

/**
 * Two-sided sequence round any asymptotically normal estimate. `users` is the number of both arms
 * together; p is 1 over the e-value at the same mixture (equation 155), at most 1.
 * @example lift .5033611, standard error .3334104, 6461 users, tuning 1000: [-.55844, 1.56516]
 */
export function confidenceSequence(
  effect: Pick<Effect, "estimate" | "standardError">,
  users: number,
  options: SequenceOptions = {},
): SequenceReading {
  const { alpha, tuning } = readOptions(options, 1);
  const { estimate, standardError } = requireEffect(effect, users);
  const half = standardError * sequenceWidth(users, alpha, tuning);
  const spread = users * mixture(alpha, tuning) ** 2;
  const z2 = (estimate / standardError) ** 2;
  const logE = (z2 * spread) / (2 * (spread + 1)) - Math.log1p(spread) / 2;
  const p = Math.min(1, Math.exp(-logE));
  return { estimate, standardError, lower: estimate - half, upper: estimate + half, p };
}

/**
 * One-sided sequence (equation 134). p is the smallest alpha whose bound excludes zero, each alpha
 * with its own mixture; where none does, it is .4999. level > .5.
 * @example lift .5033611, standard error .3334104, 6461 users, "greater": lower -.4235645, p .4999
 */
export function oneSidedSequence(
  effect: Pick<Effect, "estimate" | "standardError">,
  users: number,
  direction: Direction,
  options: SequenceOptions = {},
): SequenceReading {
  const { alpha, tuning } = readOptions(options, 0.5);
  const { estimate, standardError } = requireEffect(effect, users);
  const half = standardError * oneSidedSequenceWidth(users, alpha, tuning);
  const gain = (direction === "greater" ? estimate : -estimate) / standardError;
  const p = oneSidedP(gain, users, tuning);
  return direction === "greater"
    ? { estimate, standardError, lower: estimate - half, upper: Number.POSITIVE_INFINITY, p }
    : { estimate, standardError, lower: Number.NEGATIVE_INFINITY, upper: estimate + half, p };
}

/**
 * Half width of the two-sided sequence in standard errors: what 1.96 is to the fixed interval.
 * @example sequenceWidth(6461, 0.05, 1000) // 3.1846
 */
export function sequenceWidth(users: number, alpha: number, tuning: number): number {
  const spread = users * mixture(alpha, tuning) ** 2;
  const log = Math.log1p(spread) / 2 - Math.log(alpha);
  return Math.sqrt((2 * (spread + 1) * log) / spread);
}

/** Distance of the one-sided bound in standard errors; 0 < alpha < .5. */
export function oneSidedSequenceWidth(users: number, alpha: number, tuning: number): number {
  // The mixture is that of the two-sided sequence at twice alpha.
  const spread = users * mixture(2 * alpha, tuning) ** 2;
  const log = Math.log1p(Math.sqrt(spread + 1) / (2 * alpha));
  return Math.sqrt((2 * (spread + 1) * log) / spread);
}

/** Rho of equation 161: the mixture that makes the width smallest at `tuning` users. */
function mixture(alpha: number, tuning: number): number {
  const log = -2 * Math.log(alpha);
  return Math.sqrt((log + Math.log1p(log)) / tuning);
}

function oneSidedP(gain: number, users: number, tuning: number): number {
  const width = (alpha: number): number => oneSidedSequenceWidth(users, alpha, tuning);
  // The mixture vanishes towards .5, so the width falls with alpha only down to some point.
  const turn = narrowest(width);
  if (gain <= width(turn)) return LARGEST_ONE_SIDED_P;
  let [low, high] = [Number.MIN_VALUE, turn];
  // Halved on the logarithm: p values differ by orders of magnitude.
  for (let i = 0; i < 200; i++) {
    const middle = Math.exp((Math.log(low) + Math.log(high)) / 2);
    if (gain > width(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The alpha whose bound is nearest, by thirds. */
function narrowest(width: (alpha: number) => number): number {
  let [low, high] = [1e-9, LARGEST_ONE_SIDED_P];
  for (let i = 0; i < 100; i++) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    if (width(left) > width(right)) low = left;
    else high = right;
  }
  return (low + high) / 2;
}

function readOptions(options: SequenceOptions, most: number): { alpha: number; tuning: number } {
  const level = options.level ?? DEFAULT_LEVEL;
  requireLevel(level, "confidence sequence");
  const alpha = 1 - level;
  requireDomain(alpha < most, "confidence sequence", `a level above ${1 - most}, got ${level}`);
  const tuning = options.tuning ?? DEFAULT_TUNING;
  const finite = tuning > 0 && Number.isFinite(tuning);
  requireDomain(finite, "confidence sequence", `a positive tuning, got ${tuning}`);
  return { alpha, tuning };
}

function requireEffect<T extends Pick<Effect, "estimate" | "standardError">>(
  effect: T,
  users: number,
): T {
  requireDomain(users > 0, "confidence sequence", `users, got ${users}`);
  const { standardError } = effect;
  const valid = standardError > 0 && Number.isFinite(effect.estimate);
  requireDomain(valid, "confidence sequence", `a positive standard error, got ${standardError}`);
  return effect;
}
