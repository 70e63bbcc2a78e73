// When in a day people act: a weight an hour (quiet before dawn, peaks at lunch and in the
// evening), with a share of the day's users in the first minute of a wave.
import { assert } from "../base/assert.ts";
import type { RandomStream } from "../base/keystream.ts";
import { dayMs } from "./shape.ts";

const hourMs = 3_600_000;

/** Invented, but of the shape every consumer app sees; sums to 100. */
const hourWeights: readonly number[] = [
  2, 1, 1, 0.5, 0.5, 1, 2, 3, 4, 5, 6, 7, 7, 5, 5, 5, 5, 5, 6, 7, 7.5, 7, 5, 2.5,
];

/** A moment in [fromMs, 24 h) of a day, in ms after midnight, by the weights of the hours. */
export function timeOfDay(stream: RandomStream, fromMs = 0): number {
  const before = weightBefore(fromMs);
  return momentAtWeight(before + stream.nextFloat() * (weightBefore(dayMs) - before));
}

/** As `timeOfDay`, but a share of the draws falls into the first minute after `fromMs`. */
export function timeOfWaveDay(stream: RandomStream, fromMs: number, burstShare: number): number {
  if (stream.nextFloat() < burstShare) return fromMs + stream.nextInt(60_000);
  return Math.max(timeOfDay(stream, fromMs), Math.min(fromMs + 60_000, dayMs - 1));
}

/** Summed weight of [0, ms). */
export function weightBefore(ms: number): number {
  const hour = Math.min(24, Math.floor(ms / hourMs));
  let sum = 0;
  for (let h = 0; h < hour; h++) sum += hourWeights[h]!;
  return sum + (hour < 24 ? hourWeights[hour]! * (ms / hourMs - hour) : 0);
}

/** The inverse of `weightBefore`: whole ms, below 24 h. */
export function momentAtWeight(weight: number): number {
  assert(weight >= 0, `expected a weight of at least 0, got ${weight}`);
  let rest = weight;
  for (let h = 0; h < 24; h++) {
    const here = hourWeights[h]!;
    if (rest < here) return Math.floor((h + rest / here) * hourMs);
    rest -= here;
  }
  return dayMs - 1;
}
