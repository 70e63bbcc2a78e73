// Instants at which a time axis is written: whole hours, days or minutes of a zone, as many as
// there is room for.

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const STEPS_MS = [
  ...[1, 5, 10, 30].map((n) => n * SECOND_MS),
  ...[1, 2, 5, 10, 30].map((n) => n * MINUTE_MS),
  ...[1, 3, 6, 12].map((n) => n * HOUR_MS),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((n) => n * DAY_MS),
];

export interface TimeTicks {
  readonly stepMs: number;
  readonly instants: readonly number[];
}

/** What the clocks of a zone are ahead of UTC at an instant. */
export type OffsetAt = (atMs: number) => number;

/** Where the clocks are turned, a step is an hour longer or shorter. */
export function timeTicks(
  fromMs: number,
  toMs: number,
  mostTicks: number,
  offsetAtMs: OffsetAt,
): TimeTicks {
  const spanMs = Math.max(1, toMs - fromMs);
  const stepMs = STEPS_MS.find((step) => spanMs / step <= mostTicks) ?? STEPS_MS.at(-1)!;
  const instants = new Set<number>();
  const lastMs = toMs + offsetAtMs(toMs);
  let localMs = Math.ceil((fromMs + offsetAtMs(fromMs)) / stepMs) * stepMs;
  for (; localMs <= lastMs; localMs += stepMs) {
    const atMs = instantAt(localMs, offsetAtMs);
    if (atMs >= fromMs && atMs <= toMs) instants.add(atMs);
  }
  return { stepMs, instants: [...instants] };
}

/** When the zone's clocks show what UTC's do at `localMs`. */
function instantAt(localMs: number, offsetAtMs: OffsetAt): number {
  return localMs - offsetAtMs(localMs - offsetAtMs(localMs));
}
