// Sobol's quasi-random sequence: points that fill the unit cube far more evenly than random ones,
// so that averages over them come out closer with the same number. Scrambled by a seed, each point
// is uniform by itself, and any point can be had by its number.
import { randomStream } from "../base/keystream.ts";
import { requireDomain } from "./domain.ts";
import { SOBOL_DIMENSIONS, sobolDirections } from "./sobol-directions.ts";

export interface SobolOptions {
  /** How many, or which of them (0 is the first); 256 are known. */
  readonly dimensions: number | readonly number[];
  /** Owen's scrambling by this seed; null: the sequence as Sobol made it, which begins at 0. */
  readonly seed: string | number | null;
}

/**
 * Points by their number, 0 to 2^32 - 1, in Gray code's order. Of 2^m points from a multiple of
 * 2^m on, every interval of length 2^-m of a coordinate holds one, scrambled or not.
 * Direction numbers: Joe and Kuo 2008. Scrambling: B. Burley 2020, "Practical Hash-based Owen
 * Scrambling", JCGT 9(4), with the hash of N. Vegdahl 2021 (psychopath.io, "Building a Better LK
 * Hash"), whose scrambles are less alike from seed to seed.
 */
export class SobolSequence {
  /** Coordinates of a point. */
  readonly dimensions: number;
  private readonly directions: Uint32Array;
  private readonly seeds: Uint32Array | null;

  constructor({ dimensions, seed }: SobolOptions) {
    const chosen =
      typeof dimensions === "number"
        ? Array.from({ length: dimensions }, (_, d) => d)
        : [...dimensions];
    const isKnown = (d: number): boolean => Number.isInteger(d) && d >= 0 && d < SOBOL_DIMENSIONS;
    const expected = `1 to ${SOBOL_DIMENSIONS} dimensions, got ${chosen.length}`;
    requireDomain(chosen.length > 0 && chosen.every(isKnown), "Sobol sequence", expected);
    this.dimensions = chosen.length;
    this.directions = sobolDirections(chosen);
    this.seeds = seed === null ? null : scrambleSeeds(seed, chosen);
  }

  /** Writes point `index` into `into`, each coordinate a whole number below 2^32. */
  point(index: number, into: Uint32Array): void {
    const { dimensions, directions, seeds } = this;
    for (let d = 0; d < dimensions; d++) into[d] = 0;
    // Gray code: neighbours differ in one bit.
    let gray = index ^ (index >>> 1);
    for (let at = 0; gray !== 0; at += dimensions) {
      if (gray & 1) {
        for (let d = 0; d < dimensions; d++) into[d] = into[d]! ^ directions[at + d]!;
      }
      gray >>>= 1;
    }
    if (seeds === null) return;
    for (let d = 0; d < dimensions; d++) into[d] = owenScramble(into[d]!, seeds[d]!);
  }
}

/**
 * A coordinate of 32 bits as a number strictly between 0 and 1: the middle of its interval.
 * @example unitOf(0) // 1.1641532182693481e-10
 */
export function unitOf(coordinate: number): number {
  return (coordinate + 0.5) / 2 ** 32;
}

/** One word a dimension, the same whichever others are chosen. */
function scrambleSeeds(seed: string | number, chosen: readonly number[]): Uint32Array {
  const stream = randomStream(seed, "sobol/scramble");
  const words = Array.from({ length: SOBOL_DIMENSIONS }, () => stream.nextU32());
  return Uint32Array.from(chosen, (d) => words[d]!);
}

/** Each bit is flipped or not by a hash of the bits above it. */
function owenScramble(value: number, seed: number): number {
  let x = reverseBits(value);
  x ^= Math.imul(x, 0x3d20adea);
  x = (x + seed) | 0;
  x = Math.imul(x, (seed >>> 16) | 1);
  x ^= Math.imul(x, 0x05526c56);
  x ^= Math.imul(x, 0x53a22864);
  return reverseBits(x);
}

function reverseBits(value: number): number {
  let x = ((value >>> 1) & 0x55555555) | ((value & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return ((x >>> 16) | (x << 16)) >>> 0;
}
