// Retention by arm: the share active in each period that was watched, the curve that fits it, what
// that curve expects later, and how the same curve did on the periods that were kept from it.
import type { Uncertain } from "../stats/index.ts";
import { curveShares, DEFAULT_LEVEL, drawInterval, shareInterval } from "../stats/index.ts";
import {
  type ArmRetention,
  CHECK_TOLERANCE,
  type HeldOutPeriod,
  type HoldoutCheck,
  type RetentionReading,
} from "../verdict/retention-reading.ts";
import type { ActivityStudy } from "./activity.ts";
import { fallProblem } from "./activity-fall.ts";
import type { DrawPoolOptions } from "./draw-pool.ts";
import { type ArmDraws, type DrawQuestion, drawStudy, type StudyDraws } from "./retention-draws.ts";

export interface RetentionOptions extends DrawQuestion, DrawPoolOptions {
  /** Of all intervals; default 0.95. */
  readonly level?: number;
}

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

/** Why an arm has no curve to extrapolate by, or null. No draw has a say in it, hence no seed. */
export function curveProblem(
  { fit, summary }: ArmDraws,
  { firstPeriod, study }: StudyDraws,
): string | null {
  if (fit.kind === "unidentified") return fit.message;
  return fallProblem(summary, firstPeriod, study.periods);
}

function armRetention(arm: ArmDraws, drawn: StudyDraws, level: number): ArmRetention {
  const { id, summary, fit, seen, beyond } = arm;
  const { users } = summary;
  const reason = curveProblem(arm, drawn);
  const curve = fit.kind === "fitted" && reason === null ? fit.curve : null;
  const expected =
    reason !== null || beyond === null
      ? null
      : beyond.map((share, k) => {
          return { period: seen.length + k, ...drawInterval(share, level) };
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
    holdout: holdoutCheck(arm, drawn, level),
  };
}

/** How a curve of the earlier periods did on the later ones that it was not shown. */
export function holdoutCheck(arm: ArmDraws, drawn: StudyDraws, level: number): HoldoutCheck {
  const { firstPeriod, checkedFrom } = drawn;
  const { checkFit, heldOut, seen, summary } = arm;
  const fittedPeriods = checkedFrom - firstPeriod;
  if (checkFit === null) {
    const reason = `${fittedPeriods} periods before those held out are too few for a curve`;
    return { kind: "unchecked", reason };
  }
  const problem =
    checkFit.kind === "unidentified"
      ? checkFit.message
      : fallProblem(summary, firstPeriod, checkedFrom);
  if (problem !== null || heldOut === null) {
    return { kind: "unchecked", reason: `without the periods held out: ${problem ?? "no curve"}` };
  }
  const errors = heldOut.map((each, k) => difference(each, seen[checkedFrom + k]!));
  const points = errors.map((each, k): HeldOutPeriod => {
    const { estimate, lower, upper } = drawInterval(each, level);
    const [predicted, share] = [heldOut[k]!.point, seen[checkedFrom + k]!.point];
    const isInside = lower <= 0 && upper >= 0;
    const told = { period: checkedFrom + k, seen: share, predicted };
    return { ...told, error: estimate, lower, upper, isInside };
  });
  const total = drawInterval(errors.reduce(added), level);
  const seenTotal = points.reduce((sum, { seen: share }) => sum + share, 0);
  const relativeError = seenTotal > 0 ? total.estimate / seenTotal : null;
  return {
    kind: "checked",
    fittedPeriods,
    points,
    relativeError,
    isInside: total.lower <= 0 && total.upper >= 0,
    isSmall: relativeError !== null && Math.abs(relativeError) <= CHECK_TOLERANCE,
  };
}

/** The same of a difference between two arms, which is what an effect is made of. */
const DIFFERENCE_TOLERANCE = 0.1;

/**
 * How the curves of two arms did on what parts them: within chance, or within a tenth of the
 * difference that was seen. Two curves may each be off by little and their difference by much.
 * Null where either has no check.
 */
export function differenceCheck(
  [control, arm]: readonly [ArmDraws, ArmDraws],
  { checkedFrom }: StudyDraws,
  level: number,
): { readonly isInside: boolean; readonly relativeError: number | null } | null {
  if (control.heldOut === null || arm.heldOut === null) return null;
  const gaps = arm.heldOut.map((each, k) => difference(each, control.heldOut![k]!));
  const seen = gaps.map((_, k) =>
    difference(arm.seen[checkedFrom + k]!, control.seen[checkedFrom + k]!),
  );
  const error = drawInterval(difference(gaps.reduce(added), seen.reduce(added)), level);
  const size = Math.abs(seen.reduce(added).point);
  const relativeError = size > 0 ? error.estimate / size : null;
  const isSmall = relativeError !== null && Math.abs(relativeError) <= DIFFERENCE_TOLERANCE;
  return { isInside: (error.lower <= 0 && error.upper >= 0) || isSmall, relativeError };
}

function difference(a: Uncertain, b: Uncertain): Uncertain {
  return { point: a.point - b.point, draws: a.draws.map((x, i) => x - b.draws[i]!) };
}

function added(a: Uncertain, b: Uncertain): Uncertain {
  return { point: a.point + b.point, draws: a.draws.map((x, i) => x + b.draws[i]!) };
}
