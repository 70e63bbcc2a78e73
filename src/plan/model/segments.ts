// The hours of a campaign cut where something begins or ends, so that what loops over hours only
// looks at offers with something to do.
import type { HourlyTerms } from "./terms.ts";

/** Hours [from, to) in which the same offers are open. Offers by their index. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  /** Offers that can be claimed, that can be spent, and whose grants expire as it begins. */
  readonly granting: readonly number[];
  readonly spending: readonly number[];
  readonly ending: readonly number[];
}

export function segmentsOf({ waves, offers, hourWeights }: HourlyTerms): Segment[] {
  const hours = hourWeights.length;
  const ends = offers.map(({ expires }) =>
    expires.kind === "at" ? Math.ceil(expires.hours) : Number.POSITIVE_INFINITY,
  );
  const begins = waves.flatMap(({ fromHour, toHour }) => [fromHour, toHour]);
  const cuts = [0, hours, ...begins, ...ends].filter((hour) => hour >= 0 && hour <= hours);
  const sorted = [...new Set(cuts)].sort((a, b) => a - b);
  const indices = [...offers.keys()];
  return sorted.slice(0, -1).map((from, i) => ({
    from,
    to: sorted[i + 1]!,
    granting: indices.filter((k) => {
      const { fromHour, toHour } = waves[offers[k]!.wave]!;
      return fromHour <= from && from < toHour;
    }),
    spending: indices.filter((k) => waves[offers[k]!.wave]!.fromHour <= from && from < ends[k]!),
    ending: indices.filter((k) => ends[k] === from),
  }));
}
