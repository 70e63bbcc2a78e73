// At which value of one assumption the campaign would just pay, with all others at their points.
// Only values that the assumption itself takes for possible are looked at.
import { inverseOf } from "../../stats/distributions/inverse.ts";
import type { Assumption } from "../assumptions/index.ts";
import type { DrawJob } from "../monte-carlo/block.ts";
import { CampaignSample } from "../monte-carlo/campaign-sample.ts";
import type { Override } from "../monte-carlo/scenario.ts";

export interface BreakEven {
  readonly id: string;
  readonly unit: string;
  readonly point: number;
  /** The range looked at: all but the outermost thousandths of its distribution. */
  readonly low: number;
  readonly high: number;
  /** Where the net is 0; null where it is on one side of 0 throughout. */
  readonly value: number | null;
  /** Net at the point, and the highest one met within the range. */
  readonly net: number;
  readonly bestNet: number;
}

const OUTERMOST = 0.001;
/** Places at which a change of sign is looked for: the net need not rise or fall throughout. */
const PLACES = 16;
const STEPS = 40;

/** @param ids of assumptions that have a distribution */
export function breakEvens(job: DrawJob, ids: readonly string[]): BreakEven[] {
  const net = netOf(job, []);
  return ids.flatMap((id): BreakEven[] => {
    const assumption = job.assumptions.find((one) => one.id === id);
    return assumption === undefined ? [] : [breakEvenOf(job, assumption, net)];
  });
}

function breakEvenOf(
  job: DrawJob,
  { id, unit, point, distribution }: Assumption,
  net: number,
): BreakEven {
  const inverse = inverseOf(distribution);
  const [low, high] = [inverse.fromShare(OUTERMOST), inverse.fromShare(1 - OUTERMOST)];
  const netAt = (value: number): number => netOf(job, [{ id, change: { kind: "to", value } }]);
  const places = Array.from({ length: PLACES + 1 }, (_, i) => low + ((high - low) * i) / PLACES);
  const nets = places.map(netAt);
  // The change of sign that is nearest to what is assumed.
  const [found] = places
    .slice(1)
    .map((to, i) => ({ from: places[i]!, to, changes: nets[i]! >= 0 !== nets[i + 1]! >= 0 }))
    .filter(({ changes }) => changes)
    .sort((a, b) => Math.abs(a.from - point) - Math.abs(b.from - point));
  const value = found === undefined ? null : rootBetween(netAt, found.from, found.to);
  return { id, unit, point, low, high, value, net, bestNet: Math.max(...nets) };
}

function rootBetween(netAt: (value: number) => number, from: number, to: number): number {
  const isGain = netAt(from) >= 0;
  let [a, b] = [from, to];
  for (let step = 0; step < STEPS; step++) {
    const middle = (a + b) / 2;
    if (netAt(middle) >= 0 === isGain) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}

/** The net at the horizon, at the points. */
function netOf(job: DrawJob, more: readonly Override[]): number {
  return new CampaignSample({ ...job, overrides: [...job.overrides, ...more] }, 0).uncertain("net")
    .point;
}
