// One block of an arm's draws: what its users might as well have done, and what curve would then
// have been fitted. Worker threads draw it (see draw-pool.ts).
import { assert } from "../base/assert.ts";
import { randomStream } from "../base/keystream.ts";
import { normalVector } from "../stats/normal-vector.ts";
import { curveShares, fitRetentionCurve } from "../stats/retention-curve.ts";
import type { RetentionCurve } from "../stats/retention-models.ts";
import { type ActivityPatterns, drawPatterns } from "./activity-patterns.ts";

/** Draws of one block: enough to be worth a message, few enough for a smooth progress bar. */
export const ACTIVITY_BLOCK = 100;

export interface ActivityTask {
  readonly seed: string;
  readonly arm: string;
  /** 0, 1, …: which stream. */
  readonly block: number;
  readonly count: number;
  /** Shares active by period, then the mean outlay; and the factor of their covariance. */
  readonly means: readonly number[];
  readonly factor: readonly (readonly number[])[];
  /** Of an arm of few who came back, whose means are not normal; else null. */
  readonly patterns: ActivityPatterns | null;
  /** The first period that a curve is fitted to. */
  readonly firstPeriod: number;
  /** How many of the periods the hold-out check is fitted to. */
  readonly checkedFrom: number;
  /** Curves of the means: of all periods, and of those before the hold-out; null: none. */
  readonly curve: RetentionCurve | null;
  readonly checkCurve: RetentionCurve | null;
  readonly horizonPeriods: number;
}

/** Rows of draws; NaN where there is no curve to begin from. */
export interface ActivityBlock {
  /** Per draw the shares by period and the mean outlay, `means.length` numbers. */
  readonly seen: Float64Array;
  /** Per draw the curve in the periods after the last that was watched, up to the horizon. */
  readonly beyond: Float64Array;
  /** Per draw the check's curve in the periods that were held out. */
  readonly heldOut: Float64Array;
}

export function drawActivity(task: ActivityTask): ActivityBlock {
  const { means, count, firstPeriod, checkedFrom, horizonPeriods } = task;
  const periods = means.length - 1;
  const stream = randomStream(task.seed, `activity/${task.arm}/${task.block}`);
  const seen = new Float64Array(count * means.length);
  const beyond = new Float64Array(count * Math.max(0, horizonPeriods - periods)).fill(Number.NaN);
  const heldOut = new Float64Array(count * (periods - checkedFrom)).fill(Number.NaN);
  for (let i = 0; i < count; i++) {
    const drawn =
      task.patterns === null
        ? normalVector(means, task.factor, stream)
        : drawPatterns(task.patterns, periods, stream);
    seen.set(drawn, i * means.length);
    const shares = drawn.slice(0, periods).map((share) => Math.min(1, Math.max(0, share)));
    const tail = (near: RetentionCurve | null, to: number, from: number, end: number): number[] =>
      near === null || end <= from
        ? []
        : refitted(shares.slice(firstPeriod, to), near, end - firstPeriod).slice(
            from - firstPeriod,
          );
    beyond.set(
      tail(task.curve, periods, periods, horizonPeriods),
      i * Math.max(0, horizonPeriods - periods),
    );
    heldOut.set(
      tail(task.checkCurve, checkedFrom, checkedFrom, periods),
      i * (periods - checkedFrom),
    );
  }
  return { seen, beyond, heldOut };
}

/**
 * The curve of other shares. One at an end of its range counts, and one that goes on as it is where
 * shares do not fall: only the estimate itself must not lie there, while draws without those at the
 * end would be too alike, and would have lost the campaigns in which somebody stays for good.
 */
function refitted(shares: readonly number[], near: RetentionCurve, periods: number): number[] {
  const fit = fitRetentionCurve(shares, near.model, near);
  const found = fit.kind === "fitted" ? fit : fit.limit;
  assert(found !== undefined, "as many periods as the estimate's curve was fitted to");
  return curveShares(found.curve, periods);
}
