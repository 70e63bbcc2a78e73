// The days on which a user is active, as 64 bits a path: bit 0 is the day before the campaign, bit
// d + 1 is campaign day d. A user has four paths, one for each (contacted, treated), all drawn from
// the same random numbers: these are the potential outcomes.
import { assert } from "../base/assert.ts";

/** Campaign days that a path covers: 0 .. dayCount - 1, and day -1 before them. */
export const dayCount = 63;

/** Words a user takes: four paths of two. */
export const wordsPerUser = 8;

/** Where a user's path starts in the array of all paths. */
export function pathAt(user: number, contacted: boolean, treated: boolean): number {
  return user * wordsPerUser + (contacted ? 4 : 0) + (treated ? 2 : 0);
}

export function markDay(paths: Uint32Array, at: number, day: number): void {
  assert(day >= -1 && day < dayCount, `expected a day of -1 to ${dayCount - 1}, got ${day}`);
  const bit = day + 1;
  const word = at + (bit >>> 5);
  paths[word] = paths[word]! | (1 << (bit & 31));
}

export function isActive(paths: Uint32Array, at: number, day: number): boolean {
  const bit = day + 1;
  return bit >= 0 && bit < 64 && (paths[at + (bit >>> 5)]! & (1 << (bit & 31))) !== 0;
}

/** First active day of [from, to), or -1. */
export function firstActiveDay(paths: Uint32Array, at: number, from: number, to: number): number {
  for (let day = from; day < to; day++) if (isActive(paths, at, day)) return day;
  return -1;
}

/** All active campaign days (day 0 on), ascending. */
export function activeDays(paths: Uint32Array, at: number): number[] {
  const days: number[] = [];
  for (let day = 0; day < dayCount; day++) if (isActive(paths, at, day)) days.push(day);
  return days;
}

export function copyPath(paths: Uint32Array, from: number, to: number): void {
  paths[to] = paths[from]!;
  paths[to + 1] = paths[from + 1]!;
}
