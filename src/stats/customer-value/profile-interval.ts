// How far can a parameter be moved before the likelihood, with all others refitted, drops by more
// than chance allows? Profile likelihood (Venzon and Moolgavkar 1988, Applied Statistics 37): keeps
// to the parameter's range and shows by a missing end where the data set no bound.
import { requireLevel } from "../domain.ts";
import { DEFAULT_LEVEL } from "../effect.ts";
import { normalQuantile } from "../normal.ts";
import { type Objective, type SlopedObjective, valueAt } from "../objective.ts";
import { inverseOf, minimise } from "../optimise.ts";
import type { UnboundedInterval } from "../ratio-of-differences.ts";
import { type Fitted, type Likelihood, objectiveOf } from "./fit.ts";

/** A side that is still likely at this many log units away (a factor of 160,000) has no end. */
const REACH = 12;
const ROUNDS = 20;

export type ProfileIntervals<Name extends string> = Readonly<Record<Name, UnboundedInterval>>;

/** The profile interval of every parameter of a fit; null ends are not bounded by the data. */
export function profileIntervals<Name extends string>(
  likelihood: Likelihood<Name>,
  fitted: Fitted<Name>,
  level: number = DEFAULT_LEVEL,
): ProfileIntervals<Name> {
  requireLevel(level, "profile interval");
  const objective = objectiveOf(likelihood);
  const best = likelihood.names.map((name) => Math.log(fitted.parameters[name]));
  const z = normalQuantile(1 - (1 - level) / 2);
  const entries = likelihood.names.map((name, j) => {
    const profile = profileOf(objective, fitted, best, j);
    const [down, up] = [-1, 1].map((side) => endOf(profile, fitted.logCovariance[j]![j]!, side, z));
    const at = (move: number | null): number | null =>
      move === null ? null : Math.exp(best[j]! + move);
    return [name, { lower: at(down!), upper: at(up!) }] as const;
  });
  return Object.fromEntries(entries) as Record<Name, UnboundedInterval>;
}

/**
 * The root of twice the drop of the log-likelihood when parameter j is moved by `by` on the log
 * scale: z standard errors if the likelihood is a parabola.
 */
function profileOf(
  objective: Objective | SlopedObjective,
  { logCovariance, customers }: Fitted<string>,
  best: readonly number[],
  j: number,
): (by: number) => number {
  const others = best.map((_, i) => i).filter((i) => i !== j);
  const block = others.map((i) => others.map((k) => logCovariance[i]![k]!));
  const lowest = valueAt(objective, best);
  const inverse = inverseOfOthers(logCovariance, block, others, j).map((row) =>
    row.map((h) => h * customers),
  );
  return (by) => {
    const place = (rest: readonly number[]): number[] => {
      const all = [...best];
      all[j] = best[j]! + by;
      for (const [at, i] of others.entries()) all[i] = rest[at]!;
      return all;
    };
    // Where the others go if the likelihood is a parabola.
    const start = others.map(
      (i) => best[i]! + (logCovariance[i]![j]! / logCovariance[j]![j]!) * by,
    );
    const f = overOthers(objective, place, others);
    const from = [start, others.map((i) => best[i]!)].find((each) =>
      Number.isFinite(valueAt(f, each)),
    );
    if (from === undefined) return Number.POSITIVE_INFINITY;
    const value =
      others.length === 0
        ? valueAt(f, from)
        : minimise(f, from, { slope: 1e-6, iterations: 60, inverseHessian: inverse }).value;
    return Math.sqrt(Math.max(0, 2 * customers * (value - lowest)));
  };
}

/** The objective over the others alone. */
function overOthers(
  objective: Objective | SlopedObjective,
  place: (rest: readonly number[]) => number[],
  others: readonly number[],
): Objective | SlopedObjective {
  if (typeof objective === "function") return (rest) => objective(place(rest));
  return {
    sloped: (rest) => {
      const { value, slopes } = objective.sloped(place(rest));
      return { value, slopes: others.map((i) => slopes[i]!) };
    },
  };
}

/** The covariance of the others given parameter j: what their own curvature inverts to. */
function inverseOfOthers(
  covariance: readonly (readonly number[])[],
  block: readonly (readonly number[])[],
  others: readonly number[],
  j: number,
): number[][] {
  const given = block.map((row, a) =>
    row.map(
      (h, b) =>
        h - (covariance[others[a]!]![j]! * covariance[others[b]!]![j]!) / covariance[j]![j]!,
    ),
  );
  // Rounding may leave it indefinite; then the search starts without it.
  return inverseOf(given) === null
    ? given.map((row, a) => row.map((_, b) => (a === b ? covariance[others[a]!]![others[a]!]! : 0)))
    : given;
}

/** How far on one side the drop reaches z; null if it never does. */
function endOf(
  profile: (by: number) => number,
  variance: number,
  side: number,
  z: number,
): number | null {
  let [low, lowDrop, high, highDrop] = [0, 0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let by = Math.min(REACH, z * Math.sqrt(variance));
  for (let round = 0; round < ROUNDS; round++) {
    const drop = profile(side * by);
    if (Math.abs(drop - z) < 1e-4 * z) return side * by;
    if (drop < z) {
      if (by >= REACH) return null;
      [low, lowDrop] = [by, drop];
    } else [high, highDrop] = [by, drop];
    if (high === Number.POSITIVE_INFINITY) {
      const grown = lowDrop > 0 ? low * Math.min(3, Math.max(1.1, z / lowDrop)) : 2 * low;
      by = Math.min(REACH, grown);
    } else {
      const share = Number.isFinite(highDrop) ? (z - lowDrop) / (highDrop - lowDrop) : 0.5;
      by = low + (high - low) * Math.min(0.95, Math.max(0.05, share));
    }
    if (high - low < 1e-6 * Math.max(1, high)) return side * by;
  }
  return side * by;
}
