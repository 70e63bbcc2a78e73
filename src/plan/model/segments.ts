// The steps of a campaign cut where something begins or ends, so that what loops over them only
// looks at offers with something to do.
import { cutsOf, type Grid } from "./grid.ts";
import type { HourlyTerms } from "./terms.ts";

/** Steps [from, to), all equally long, in which the same offers are open. Offers by index. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  /** Hours of each step. */
  readonly hours: number;
  /** Offers that can be claimed, that can be spent, and whose grants expire as it begins. */
  readonly granting: readonly number[];
  readonly spending: readonly number[];
  readonly ending: readonly number[];
}

export function segmentsOf(terms: HourlyTerms, grid: Grid): Segment[] {
  const { waves, offers } = terms;
  const ends = offers.map(({ expires }) =>
    expires.kind === "at" ? Math.ceil(expires.hours) : Number.POSITIVE_INFINITY,
  );
  const cuts = new Set(cutsOf(terms).map((hour) => grid.stepOfHour[hour]!));
  for (let step = 1; step < grid.count; step++) {
    if (grid.hours[step] !== grid.hours[step - 1]) cuts.add(step);
  }
  const sorted = [...cuts, grid.count].sort((a, b) => a - b);
  const indices = [...offers.keys()];
  return sorted.slice(0, -1).flatMap((from, i): Segment[] => {
    const to = sorted[i + 1]!;
    if (from === to) return [];
    const hour = grid.hour[from]!;
    const granting = indices.filter((k) => {
      const { fromHour, toHour } = waves[offers[k]!.wave]!;
      return fromHour <= hour && hour < toHour;
    });
    const spending = indices.filter((k) => {
      return waves[offers[k]!.wave]!.fromHour <= hour && hour < ends[k]!;
    });
    const ending = indices.filter((k) => ends[k] === hour);
    return [{ from, to, hours: grid.hours[from]!, granting, spending, ending }];
  });
}
