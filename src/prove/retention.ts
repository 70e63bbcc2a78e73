// Retention by arm: the share active in each period that was watched, the curve that fits it, what
// that curve expects later, and how the same curve did on the periods that were kept from it.
import type { CurveModel, RetentionCurve, Uncertain } from "../stats/index.ts";
import { curveShares, DEFAULT_LEVEL, drawInterval, shareInterval } from "../stats/index.ts";
import type { ActivityStudy } from "./activity.ts";
import type { DrawPoolOptions } from "./draw-pool.ts";
import { type ArmDraws, type DrawQuestion, drawStudy, type StudyDraws } from "./retention-draws.ts";

export interface RetentionOptions extends DrawQuestion, DrawPoolOptions {
  /** Of all intervals; default 0.95. */
  readonly level?: number;
}

export interface PeriodShare {
  readonly period: number;
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

export interface HeldOutPeriod {
  readonly period: number;
  readonly seen: number;
  readonly predicted: number;
  /** Predicted less seen, with its interval. */
  readonly error: number;
  readonly lower: number;
  readonly upper: number;
  /** Whether chance alone explains the error: its interval holds zero. */
  readonly isInside: boolean;
}

export type HoldoutCheck =
  | {
      readonly kind: "checked";
      /** Periods that the curve was fitted to. */
      readonly fittedPeriods: number;
      readonly points: readonly HeldOutPeriod[];
      /** Active periods a user over all that was held out: predicted over seen, less 1. */
      readonly relativeError: number | null;
      /** Whether chance alone explains the error over all that was held out. */
      readonly isInside: boolean;
    }
  | { readonly kind: "unchecked"; readonly reason: string };

export interface ArmRetention {
  readonly arm: string;
  readonly users: number;
  readonly seen: readonly PeriodShare[];
  /** Null where `reason` says why there is none. */
  readonly curve: RetentionCurve | null;
  /** The curve in the watched periods, from `firstPeriod` on. */
  readonly fitted: readonly number[] | null;
  /** What the curve expects of the periods after the last watched, up to the horizon. */
  readonly expected: readonly PeriodShare[] | null;
  /** Why nothing is expected; null where something is. */
  readonly reason: string | null;
  /** Draws without a curve of their own: left out of `expected`. */
  readonly unidentifiedDraws: number;
  readonly holdout: HoldoutCheck;
}

export interface RetentionReading {
  readonly periodDays: number;
  readonly periods: number;
  readonly horizonPeriods: number;
  readonly level: number;
  readonly draws: number;
  readonly seed: string;
  readonly model: CurveModel;
  /** The first period that curves are fitted to: 1 where everybody is active in period 0. */
  readonly firstPeriod: number;
  /** The control first. */
  readonly arms: readonly ArmRetention[];
}

/** With more draws without a curve than this share, intervals would be of the easy draws alone. */
export const UNIDENTIFIED_SHARE_MAX = 0.1;

export async function retentionOf(
  study: ActivityStudy,
  options: RetentionOptions,
): Promise<RetentionReading> {
  return readRetention(await drawStudy(study, options, options), options.level);
}

/** The same from draws that are shared with other readings. */
export function readRetention(drawn: StudyDraws, level: number = DEFAULT_LEVEL): RetentionReading {
  const { study, horizonPeriods, draws, seed, model, firstPeriod } = drawn;
  const { periodDays, periods } = study;
  const arms = drawn.arms.map((arm) => armRetention(arm, drawn, level));
  const frame = { periodDays, periods, horizonPeriods, level, draws, seed };
  return { ...frame, model, firstPeriod, arms };
}

/** Which draws have a curve as far as the horizon; all of them where nothing lies beyond. */
export function identifiedDraws({ beyond, outlay }: ArmDraws): number[] {
  const last = beyond?.at(-1);
  const all = Array.from({ length: outlay.draws.length }, (_, i) => i);
  return last === undefined ? all : all.filter((i) => !Number.isNaN(last.draws[i]!));
}

/** Why an arm has no curve to extrapolate by, or null. */
export function curveProblem(arm: ArmDraws): string | null {
  if (arm.fit.kind === "unidentified") return arm.fit.message;
  const all = arm.outlay.draws.length;
  const lost = all - identifiedDraws(arm).length;
  if (lost <= UNIDENTIFIED_SHARE_MAX * all) return null;
  return `${lost} of ${all} draws have no curve of their own: the data do not pin it down`;
}

function armRetention(arm: ArmDraws, drawn: StudyDraws, level: number): ArmRetention {
  const { id, summary, fit, seen, beyond } = arm;
  const { users } = summary;
  const reason = curveProblem(arm);
  const curve = fit.kind === "fitted" && reason === null ? fit.curve : null;
  const kept = identifiedDraws(arm);
  const expected =
    reason !== null || beyond === null
      ? null
      : beyond.map((share, k) => {
          const interval = drawInterval(only(share, kept), level);
          return { period: seen.length + k, ...interval };
        });
  return {
    arm: id,
    users,
    seen: seen.map(({ point }, period) => {
      const counted = { successes: Math.round(point * users), n: users };
      return { period, estimate: point, ...shareInterval(counted, level) };
    }),
    curve,
    fitted: curve === null ? null : curveShares(curve, seen.length - drawn.firstPeriod),
    expected,
    reason,
    unidentifiedDraws: arm.outlay.draws.length - kept.length,
    holdout: holdoutOf(arm, drawn, level),
  };
}

function holdoutOf(arm: ArmDraws, drawn: StudyDraws, level: number): HoldoutCheck {
  const { firstPeriod, checkedFrom } = drawn;
  const { checkFit, heldOut, seen } = arm;
  const fittedPeriods = checkedFrom - firstPeriod;
  if (checkFit === null) {
    const reason = `${fittedPeriods} periods before those held out are too few for a curve`;
    return { kind: "unchecked", reason };
  }
  if (checkFit.kind === "unidentified" || heldOut === null) {
    const why = checkFit.kind === "unidentified" ? checkFit.message : "no curve";
    return { kind: "unchecked", reason: `without the periods held out: ${why}` };
  }
  const all = arm.outlay.draws.length;
  const first = heldOut[0]!.draws;
  const kept = Array.from({ length: all }, (_, i) => i).filter((i) => !Number.isNaN(first[i]!));
  if (all - kept.length > UNIDENTIFIED_SHARE_MAX * all) {
    const lost = `${all - kept.length} of ${all} draws have no curve`;
    const reason = `without the periods held out ${lost}`;
    return { kind: "unchecked", reason };
  }
  const errors = heldOut.map((each, k) => only(difference(each, seen[checkedFrom + k]!), kept));
  const points = errors.map((each, k): HeldOutPeriod => {
    const { estimate, lower, upper } = drawInterval(each, level);
    const [predicted, share] = [heldOut[k]!.point, seen[checkedFrom + k]!.point];
    const isInside = lower <= 0 && upper >= 0;
    const told = { period: checkedFrom + k, seen: share, predicted };
    return { ...told, error: estimate, lower, upper, isInside };
  });
  const total = drawInterval(errors.reduce(added), level);
  const seenTotal = points.reduce((sum, { seen: share }) => sum + share, 0);
  return {
    kind: "checked",
    fittedPeriods,
    points,
    relativeError: seenTotal > 0 ? total.estimate / seenTotal : null,
    isInside: total.lower <= 0 && total.upper >= 0,
  };
}

function only({ point, draws }: Uncertain, kept: readonly number[]): Uncertain {
  return { point, draws: Float64Array.from(kept, (i) => draws[i]!) };
}

function difference(a: Uncertain, b: Uncertain): Uncertain {
  return { point: a.point - b.point, draws: a.draws.map((x, i) => x - b.draws[i]!) };
}

function added(a: Uncertain, b: Uncertain): Uncertain {
  return { point: a.point + b.point, draws: a.draws.map((x, i) => x + b.draws[i]!) };
}
