// The hours of a plan: how each wave's money goes, and how many claims and orders come in.
import { drawQuantiles } from "../../stats/draws.ts";
import { CampaignModel } from "../model/campaign.ts";
import type { HourTrace } from "../model/hour-trace.ts";
import type { HourlyTerms } from "../model/terms.ts";
import { Binding } from "../monte-carlo/bind.ts";
import { type DrawJob, setOf } from "../monte-carlo/block.ts";
import { FAN_QUANTILES, type FanPoint } from "./fan.ts";

export interface WaveHours {
  readonly id: string;
  /** Money of the wave's offers by then, over the campaign's hours. */
  readonly granted: readonly FanPoint[];
  readonly spent: readonly FanPoint[];
}

export interface StudiedHours {
  readonly waves: readonly WaveHours[];
  /** An hour, in the time that ends then. */
  readonly claims: readonly FanPoint[];
  readonly orders: readonly FanPoint[];
}

/** Fewer than for numbers: quantiles of some hundred hours each. */
const DRAWS = 400;
/** Of each wave so many hours are told one by one, the others by this many together. */
const HOURLY_FIRST = 48;
const TOGETHER = 6;

/** Steps that are told together. */
interface Slot {
  readonly from: number;
  readonly to: number;
  /** Since the start: when it ends, in hours, and how many it has. */
  readonly at: number;
  readonly hours: number;
}

export function studiedHours(job: DrawJob): StudiedHours {
  const set = setOf(job);
  const binding = new Binding(set, job.terms, job.overrides);
  const model = new CampaignModel(job.terms);
  const trace = model.traced();
  const slots = slotsOf(job.terms, trace);
  const columns = (): Float64Array[] => slots.map(() => new Float64Array(DRAWS));
  const [claims, orders] = [columns(), columns()];
  const granted = job.terms.waves.map(columns);
  const spent = job.terms.waves.map(columns);
  const values = new Float64Array(set.list.length);
  for (let draw = 0; draw < DRAWS; draw++) {
    set.draw(draw, values);
    model.run(binding.fill(values));
    slots.forEach((slot, i) => {
      claims[i]![draw] = rateIn(trace.claims, slot);
      orders[i]![draw] = rateIn(trace.orders, slot);
      granted.forEach((of, wave) => {
        of[i]![draw] = trace.granted[wave]![slot.to - 1]!;
      });
      spent.forEach((of, wave) => {
        of[i]![draw] = trace.spent[wave]![slot.to - 1]!;
      });
    });
  }
  const fan = (of: readonly Float64Array[]): FanPoint[] =>
    of.map((draws, i) => ({
      at: slots[i]!.at,
      quantiles: drawQuantiles(draws, FAN_QUANTILES),
    }));
  return {
    waves: job.terms.waves.map(({ id }, wave) => ({
      id,
      granted: fan(granted[wave]!),
      spent: fan(spent[wave]!),
    })),
    claims: fan(claims),
    orders: fan(orders),
  };
}

function rateIn(ofSteps: Float64Array, { from, to, hours }: Slot): number {
  let sum = 0;
  for (let step = from; step < to; step++) sum += ofSteps[step]!;
  return sum / hours;
}

function slotsOf({ waves }: HourlyTerms, { grid }: HourTrace): Slot[] {
  const isEarly = (hour: number): boolean =>
    waves.some(({ fromHour }) => hour >= fromHour && hour < fromHour + HOURLY_FIRST);
  const slots: Slot[] = [];
  for (let step = 0; step < grid.count; ) {
    const [from, hour] = [step, grid.hour[step]!];
    let hours = grid.hours[step]!;
    step += 1;
    while (step < grid.count && hours < TOGETHER && !isEarly(hour) && !isEarly(grid.hour[step]!)) {
      hours += grid.hours[step]!;
      step += 1;
    }
    slots.push({ from, to: step, at: hour + hours, hours });
  }
  return slots;
}
