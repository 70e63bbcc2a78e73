// The steps in which a campaign is computed: its hours; and in one that runs for months, whole days
// beside the first hours of each wave, which decide what breaks.
import type { HourlyTerms } from "./terms.ts";

/** Campaigns up to so many hours are computed hour by hour. */
const HOURLY_MOST = 2000;

/** Of each wave so many hours are, in every campaign. */
const HOURLY_FIRST = 48;

export const HOURS_OF_DAY = 24;

export interface Grid {
  readonly count: number;
  /** By step: its first hour, how many hours it has (1 or 24), and the day on which it begins. */
  readonly hour: Uint32Array;
  readonly hours: Uint8Array;
  readonly day: Uint16Array;
  /** By step: its weight in the day's curve, and the share of its busiest hour in that. */
  readonly weight: Float64Array;
  readonly busiest: Float64Array;
  /** By hour: the step that it belongs to; one more for the end. */
  readonly stepOfHour: Uint32Array;
}

export function gridOf(terms: HourlyTerms): Grid {
  const { hourWeights, dayOfHour } = terms;
  const hour = firstHours(terms);
  const count = hour.length;
  const ends = [...hour.slice(1), hourWeights.length];
  const weight = new Float64Array(count);
  const busiest = new Float64Array(count);
  const stepOfHour = new Uint32Array(hourWeights.length + 1).fill(count);
  for (let step = 0; step < count; step++) {
    let most = 0;
    for (let each = hour[step]!; each < ends[step]!; each++) {
      stepOfHour[each] = step;
      weight[step] = weight[step]! + hourWeights[each]!;
      most = Math.max(most, hourWeights[each]!);
    }
    busiest[step] = weight[step]! > 0 ? most / weight[step]! : 1 / (ends[step]! - hour[step]!);
  }
  // In one piece: objects that are put together from parts differ in kind for V8, and what was
  // compiled for the grid of one block is thrown away at the next.
  return {
    count,
    hour: Uint32Array.from(hour),
    hours: Uint8Array.from(hour, (from, step) => ends[step]! - from),
    day: Uint16Array.from(hour, (from) => dayOfHour[from]!),
    weight,
    busiest,
    stepOfHour,
  };
}

/** Hours at which something begins or ends cut the campaign; between them days are whole. */
function firstHours(terms: HourlyTerms): number[] {
  const hours = terms.hourWeights.length;
  const isHourly =
    hours <= HOURLY_MOST ||
    terms.waves.some(({ curves }) => curves !== undefined) ||
    (terms.caps ?? []).some(({ per }) => per === "hour");
  if (isHourly) return Array.from({ length: hours }, (_, hour) => hour);
  const isFirst = new Uint8Array(hours);
  const cuts = new Set(cutsOf(terms));
  for (const { fromHour } of terms.waves) {
    isFirst.fill(1, fromHour, Math.min(hours, fromHour + HOURLY_FIRST));
  }
  const sorted = [...cuts, hours].sort((a, b) => a - b);
  const firsts: number[] = [];
  for (let hour = 0, next = 0; hour < hours; ) {
    while (sorted[next]! <= hour) next += 1;
    firsts.push(hour);
    const isDay = hour + HOURS_OF_DAY <= sorted[next]! && isFirst[hour] === 0;
    hour += isDay ? HOURS_OF_DAY : 1;
  }
  return firsts;
}

/** Hours at which waves begin and end and grants expire. */
export function cutsOf({ waves, offers, hourWeights }: HourlyTerms): number[] {
  const ends = offers.flatMap(({ expires }) =>
    expires.kind === "at" ? [Math.ceil(expires.hours)] : [],
  );
  const all = [0, ...waves.flatMap(({ fromHour, toHour }) => [fromHour, toHour]), ...ends];
  return all.filter((hour) => hour >= 0 && hour <= hourWeights.length);
}

/** What adds up over the steps by the end of each hour, evenly within a step. */
export function byHour(grid: Grid, summed: Float64Array): Float64Array {
  const hours = grid.stepOfHour.length - 1;
  if (grid.count === hours) return summed;
  const into = new Float64Array(hours);
  for (let hour = 0; hour < hours; hour++) into[hour] = byEndOf(grid, hour, summed, 0);
  return into;
}

/** The same of one hour, of steps that begin at a place. */
export function byEndOf(
  { count, hour: firstHour, hours, stepOfHour }: Grid,
  hour: number,
  summed: Float64Array,
  at: number,
): number {
  const step = stepOfHour[hour]!;
  const now = summed[at + step]!;
  if (count === stepOfHour.length - 1) return now;
  const before = step > 0 ? summed[at + step - 1]! : 0;
  const each = (now - before) / hours[step]!;
  return before + each * (hour - firstHour[step]! + 1);
}
