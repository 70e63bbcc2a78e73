// Chance from hour to hour: how many really do what each of many does with some probability. One
// number of the draw starts a short sequence of its own, so that a campaign stays a function of its
// inputs and thousands of hours need no thousands of dimensions.
import { normalScore } from "../../stats/normal.ts";

/**
 * With more people chance is left out: it moves what so many do in an hour by less than a per cent,
 * and every assumption by more.
 */
export const CHANCE_PEOPLE_MOST = 1_000_000;

const STEPS = 4096;
const SCORES = normalScores();

const bits64 = new DataView(new ArrayBuffer(8));

export class HourChance {
  private state = 0;

  /** @param score of the draw: equal scores give equal sequences */
  begin(score: number): void {
    bits64.setFloat64(0, score);
    this.state = mixed(bits64.getUint32(4) ^ mixed(bits64.getUint32(0)));
  }

  /** A standard normal number, to the grain of 4,096 steps. */
  normal(): number {
    this.state = (this.state + 0x9e3779b9) | 0;
    return SCORES[mixed(this.state) >>> 20]!;
  }
}

/** The middles of equal shares of the normal distribution, with variance 1. */
function normalScores(): Float64Array {
  const scores = Float64Array.from({ length: STEPS }, (_, i) => normalScore((i + 0.5) / STEPS));
  const variance = scores.reduce((sum, z) => sum + z * z, 0) / STEPS;
  return scores.map((z) => z / Math.sqrt(variance));
}

/** The finalizer of MurmurHash3, which lets every bit in change half of the bits out. */
function mixed(bits: number): number {
  let h = bits ^ (bits >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
