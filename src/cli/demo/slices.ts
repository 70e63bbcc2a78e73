// The crowd's days cut into slices: campaign time stands still within one, so that thousands of
// requests travel together, and a campaign of weeks takes seconds.
import type { Action } from "../../crowd/actions.ts";

export interface Slice {
  /** Time of its first action: none of its requests is older than the clock. */
  readonly atMs: number;
  readonly actions: Action[];
}

const hourMs = 3_600_000;

/** So many requests keep the server busy between two settings of the clock. */
const SLICE_ACTIONS = 4_000;

/** Fewer are not worth a slice of their own, even when the hour is over. */
const SLICE_ACTIONS_MIN = 1_000;

/** Slices in time order; none crosses midnight, and busy ones do not cross the hour. */
export function* slicesOf(actions: Iterable<Action>, dayZeroMs: number): Generator<Slice> {
  let slice: Action[] = [];
  let hour = 0;
  for (const action of actions) {
    const next = Math.floor((action.atMs - dayZeroMs) / hourMs);
    const full =
      slice.length >= SLICE_ACTIONS ||
      (next !== hour && slice.length >= SLICE_ACTIONS_MIN) ||
      Math.floor(next / 24) !== Math.floor(hour / 24);
    if (full && slice.length > 0) {
      yield { atMs: slice[0]!.atMs, actions: slice };
      slice = [];
    }
    if (slice.length === 0) hour = next;
    slice.push(action);
  }
  if (slice.length > 0) yield { atMs: slice[0]!.atMs, actions: slice };
}
