// How many people come, and how quickly their number falls: from those who were first seen so far,
// wave by wave. What is still to come is carried on along the wave's curve, with the uncertainty
// that this has.
import { formatNumber } from "../../report/format.ts";
import { spreadOverHours } from "../model/arrivals.ts";
import { dataOf } from "./combine.ts";
import {
  type CalibrationContext,
  countOf,
  type Finding,
  MODEL_NOISE,
  UNSEEN_NOISE,
} from "./finding.ts";
import { fitCells } from "./fit-cells.ts";
import type { Belief } from "./link.ts";

/** Counted by days, since the hours of a day have a curve of their own. */
const CELL_HOURS = 24;

/** By how much days scatter about any such curve, at least: weather, news, weekends. */
const DAY_NOISE = 0.15;

/** Fewer hours than this, or fewer people, do not tell a curve. */
const LEAST_HOURS = 12;
const LEAST_PEOPLE = 50;

export interface WaveArrivals {
  readonly wave: number;
  readonly seen: number;
  /** ln of all who come in the wave, at the journal's size; what is to come included. */
  readonly total: Belief;
  readonly halfLife: Finding | null;
  /** Part of the wave's arrivals that lies before now, with the deviation of its logarithm. */
  readonly share: number;
  readonly shareLogSd: number;
}

/** Null: the wave has not begun, or too little was seen of it. */
export function waveArrivals(context: CalibrationContext, wave: number): WaveArrivals | null {
  const { terms, reading } = context;
  const { id, fromHour, toHour } = terms.waves[wave]!;
  const to = Math.floor(context.seenTo(wave));
  const inWave = reading.others.filter(({ hour }) => hour >= fromHour && hour < to);
  const seen = countOf(inWave);
  if (to - fromHour < LEAST_HOURS || seen < LEAST_PEOPLE) return null;
  const cellOf = (hour: number): number => Math.floor((hour - fromHour) / CELL_HOURS);
  const observed = new Float64Array(cellOf(to - 1) + 1);
  for (const { hour, count } of inWave) observed[cellOf(hour)]! += count;
  const name = `reach.waves.${id}.halfLife`;
  const belief = context.belief(name);
  const stated = Math.log(context.point(name) ?? 1);
  const shares = new Float64Array(toHour - fromHour);
  const halfLifeOf = (point: readonly number[]): number =>
    Math.exp(belief === null ? stated : Math.min(12, Math.max(-4, point[1]!)));
  const shareAt = (halfLife: number): number => {
    spreadOverHours(terms, wave, halfLife, shares);
    return shares.subarray(0, to - fromHour).reduce((sum, each) => sum + each, 0);
  };
  const start = { mean: Math.log(seen / Math.max(0.01, shareAt(Math.exp(stated)))), sd: 3 };
  const priors = belief === null ? [start] : [start, belief];
  const expected = (point: readonly number[], into: Float64Array): void => {
    into.fill(0);
    spreadOverHours(terms, wave, halfLifeOf(point), shares);
    const all = Math.exp(Math.min(50, point[0]!));
    for (let hour = fromHour; hour < to; hour++) {
      into[cellOf(hour)]! += all * shares[hour - fromHour]!;
    }
  };
  const fit = fitCells(priors, observed, expected, 1 + (DAY_NOISE ** 2 * seen) / observed.length);
  if (fit === null) return null;
  const [total, fitted] = fit.posterior;
  const share = shareAt(fitted === undefined ? Math.exp(stated) : Math.exp(fitted.mean));
  const slope =
    fitted === undefined ? 0 : Math.log(shareAt(Math.exp(fitted.mean + fitted.sd)) / share);
  const noise = UNSEEN_NOISE * (1 - share);
  return {
    ...{ wave, seen, share },
    total: { mean: total!.mean, sd: Math.hypot(total!.sd, noise, MODEL_NOISE) },
    shareLogSd: Math.hypot(slope, noise),
    halfLife:
      belief === null || fitted === undefined
        ? null
        : {
            ...{ id: name, data: dataOf(belief, fitted), noise: MODEL_NOISE },
            says: `${formatNumber(seen)} people in ${daysText(to - fromHour)} of ${id}`,
          },
  };
}

/** Active users of before, who come with the first wave. */
export function existingFinding(
  context: CalibrationContext,
  first: WaveArrivals | null,
): Finding | null {
  if (context.belief("reach.existing") === null || first === null) return null;
  const seen = countOf(context.reading.known);
  if (seen === 0) return nothing("reach.existing", "nobody of an audience was seen");
  const all = (seen / first.share) * context.plan.scale;
  return {
    id: "reach.existing",
    data: { mean: Math.log(all), sd: Math.hypot(1 / Math.sqrt(seen), first.shareLogSd) },
    noise: MODEL_NOISE,
    says: `${formatNumber(seen)} users of an audience so far`,
  };
}

/** Weights are of waves against each other: only two that have begun tell one. */
export function weightFindings(
  context: CalibrationContext,
  arrivals: readonly (WaveArrivals | null)[],
): Finding[] {
  const idOf = (wave: number): string => `reach.waves.${context.terms.waves[wave]!.id}.weight`;
  const begun = arrivals.filter((each) => each !== null);
  const reference =
    begun.find(({ wave }) => context.belief(idOf(wave)) === null) ?? begun[0] ?? null;
  return context.terms.waves.flatMap((_, wave): Finding[] => {
    const id = idOf(wave);
    if (context.belief(id) === null) return [];
    const own = arrivals[wave] ?? null;
    if (own === null || reference === null) return [nothing(id, "the wave is not to be seen yet")];
    if (own === reference) return [nothing(id, "the measure of the other waves")];
    const stated = Math.log(context.point(idOf(reference.wave)) ?? 1);
    return [
      {
        id,
        data: {
          mean: own.total.mean - reference.total.mean + stated,
          sd: Math.hypot(own.total.sd, reference.total.sd),
        },
        noise: MODEL_NOISE,
        says: `${formatNumber(own.seen)} people against ${formatNumber(reference.seen)}`,
      },
    ];
  });
}

/** People of earlier waves who come back for an offer. */
export function returningFindings(
  context: CalibrationContext,
  arrivals: readonly (WaveArrivals | null)[],
): Finding[] {
  return context.plan.terms.offers.flatMap(({ id: offer, wave }): Finding[] => {
    const id = `offers.${offer}.returning`;
    if (context.belief(id) === null) return [];
    const own = arrivals[wave] ?? null;
    const reading = context.reading.offers.find((one) => one.id === offer);
    const { fromHour } = context.terms.waves[wave]!;
    const earlier = countOf(context.reading.others.filter(({ hour }) => hour < fromHour));
    if (own === null || reading === undefined || earlier === 0) {
      return [nothing(id, "the wave is not to be seen yet")];
    }
    const came = countOf(reading.returning);
    const share = Math.min(0.999, Math.max(0.5 / earlier, came / (earlier * own.share)));
    const chance = 1 / Math.sqrt(Math.max(1, came) * (1 - share));
    const slope = own.shareLogSd / (1 - share);
    return [
      {
        id,
        data: { mean: Math.log(share / (1 - share)), sd: Math.hypot(chance, slope) },
        noise: MODEL_NOISE,
        says: `${formatNumber(came)} of ${formatNumber(earlier)} people of earlier waves`,
      },
    ];
  });
}

export function nothing(id: string, says: string): Finding {
  return { id, data: null, noise: 0, says };
}

function daysText(hours: number): string {
  const days = hours / 24;
  return days >= 2 ? `${formatNumber(days, days % 1 === 0 ? 0 : 1)} days` : `${hours} hours`;
}
