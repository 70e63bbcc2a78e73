// Do fewer and fewer users come? A curve that is carried on says when the rest will leave; where a
// fall is no more than chance, nothing does. Asked of the counts alone, so that the answer is the
// same whatever is drawn.
import { normalQuantile } from "../stats/index.ts";
import type { ActivitySummary } from "./activity.ts";

/** With a chance above this that shares as uncertain as these do not fall, they are not said to. */
const NO_FALL_MAX = 0.1;

/** Why a curve of the periods `from` to `to - 1` would be a guess, or null. */
export function fallProblem(summary: ActivitySummary, from: number, to: number): string | null {
  const needed = normalQuantile(1 - NO_FALL_MAX);
  const isClear = contrasts(to - from).some((weights) => scoreOf(summary, from, weights) > needed);
  if (isClear) return null;
  return "the share active falls by no more than chance explains, so nothing says when it will";
}

/** The two ends of what a curve may do: lose as much each period, or all after the first. */
function contrasts(periods: number): number[][] {
  const middle = (periods - 1) / 2;
  const steadily = Array.from({ length: periods }, (_, t) => middle - t);
  const atOnce = steadily.map((_, t) => (t === 0 ? 1 : -1 / (periods - 1)));
  return [steadily, atOnce];
}

/** How many standard errors a fall is from none; what does not vary falls or does not, for sure. */
function scoreOf(
  { means, covariance, users }: ActivitySummary,
  from: number,
  weights: readonly number[],
): number {
  let [fall, variance] = [0, 0];
  for (const [s, weight] of weights.entries()) {
    fall += weight * means[from + s]!;
    for (const [t, other] of weights.entries()) {
      variance += weight * other * covariance[from + s]![from + t]!;
    }
  }
  const error = Math.sqrt(Math.max(0, variance) / users);
  if (error > 0) return fall / error;
  return fall > 0 ? Number.POSITIVE_INFINITY : 0;
}
