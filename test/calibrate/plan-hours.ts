// In which hours of a wave a crowd claims, by its laws: what a plan is told as the curves of an
// earlier campaign.
import { weightBefore } from "../../src/crowd/day-curve.ts";
import type { CrowdShape } from "../../src/crowd/shape.ts";
import type { WaveCurves } from "../../src/plan/model/terms.ts";
import { type CrowdLaws, sumOf } from "./plan-laws.ts";

const HOUR_MS = 3_600_000;
const DAY_WEIGHT = 100;
/** On which day a bot claims, in tenths, and how many of a day's come in its first ten minutes. */
export const BOT_DAYS = [0, 0, 0, 0, 1, 1, 2, 3, "second", "second"] as const;
const BOT_BURST = 0.4;
/** A further card follows the first within so many hours, if it does on the same day. */
const FURTHER_HOURS = 4;

/** When in a wave its claims fall, by hour. */
export function curvesOf(shape: CrowdShape, laws: CrowdLaws, wave: number): WaveCurves {
  const { second, days, ofComers, ofExisting, claims } = laws;
  const [from, to] = wave === 0 ? [0, second] : [second, days];
  const hours = (fill: (day: number, into: Float64Array) => void): Float64Array => {
    const all = new Float64Array(24 * days);
    for (let day = from; day < to; day++) fill(day, all);
    const own = all.slice(24 * from, 24 * to);
    const sum = sumOf(own);
    return sum > 0 ? own.map((x) => x / sum) : own;
  };
  const opens = (day: number): boolean => day === 0 || day === second;
  const spread = (day: number, people: number, into: Float64Array): void => {
    for (let hour = 0; hour < 24; hour++) {
      const burst = opens(day) ? shape.burstShare : 0;
      const share = (1 - burst) * hourShare(hour) + (hour === 0 ? burst : 0);
      into[24 * day + hour] = into[24 * day + hour]! + people * share;
    }
  };
  const claimed = wave === 0 ? ofExisting.first : claims.back;
  return {
    arrivals: hours((day, into) => spread(day, ofComers.first[day]!, into)),
    known: hours((day, into) => spread(day, claimed[day]!, into)),
    further: hours((day, into) => {
      spread(day, claims.laterDay[day]!, into);
      // Of those of the first minute a quarter follow in each of the next hours.
      const early = claims.sameDay[day]! * (opens(day) ? shape.burstShare : 0);
      for (let hour = 0; hour < FURTHER_HOURS; hour++) {
        into[24 * day + hour] = into[24 * day + hour]! + early / FURTHER_HOURS;
      }
      delayed(claims.sameDay[day]! - early, 24 * day, into);
    }),
    bots: hours((day, into) => {
      const bots = BOT_DAYS.filter((each) => (each === "second" ? second : each) === day).length;
      for (let hour = 0; hour < 24; hour++) {
        const share = (1 - BOT_BURST) / 24 + (hour === 0 ? BOT_BURST : 0);
        into[24 * day + hour] = into[24 * day + hour]! + bots * share;
      }
    }),
  };
}

/** Share of the further cards of the same day that are cut off by its end. */
export function tooLate(): number {
  let share = 0;
  for (let left = 1; left <= FURTHER_HOURS; left++) {
    // Claimed evenly in an hour that ends `left` - 1 hours before the day, plus an even delay.
    share += (hourShare(24 - left) * (FURTHER_HOURS - left + 0.5)) / FURTHER_HOURS;
  }
  return share;
}

export function hourShare(hour: number): number {
  return (weightBefore((hour + 1) * HOUR_MS) - weightBefore(hour * HOUR_MS)) / DAY_WEIGHT;
}

/** A day's people, each up to FURTHER_HOURS later, evenly, but on the same day. */
function delayed(people: number, from: number, into: Float64Array): void {
  for (let hour = 0; hour < 24; hour++) {
    for (let after = 0; after <= FURTHER_HOURS; after++) {
      // Of an hour's evenly spread moments plus an even delay: a half, wholes, a half.
      const share = (after === 0 || after === FURTHER_HOURS ? 0.5 : 1) / FURTHER_HOURS;
      const at = from + Math.min(23, hour + after);
      into[at] = into[at]! + people * hourShare(hour) * share;
    }
  }
}
