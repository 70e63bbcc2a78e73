// What every estimator returns: the estimate with its interval and p value, never a bare number.
import { requireDomain, requireLevel } from "./domain.ts";
import { studentQuantile, studentTwoSidedP } from "./student-t.ts";

export interface Effect {
  readonly estimate: number;
  readonly standardError: number;
  /** Bounds of the confidence interval at `level`. */
  readonly lower: number;
  readonly upper: number;
  /** Two-sided p value of "no effect". */
  readonly p: number;
  /** Infinity means the normal reference. */
  readonly degreesOfFreedom: number;
  readonly level: number;
}

export const DEFAULT_LEVEL = 0.95;

/**
 * The symmetric t (or normal) interval round an estimate. standardError > 0.
 * @example effectOf(1.96, 1, Infinity) // lower ~0, p ~.05
 */
export function effectOf(
  estimate: number,
  standardError: number,
  degreesOfFreedom: number,
  level: number = DEFAULT_LEVEL,
): Effect {
  requireLevel(level, "interval");
  requireDomain(Number.isFinite(estimate), "interval", `a finite estimate, got ${estimate}`);
  const valid = standardError > 0 && Number.isFinite(standardError);
  requireDomain(valid, "interval", `a positive standard error, got ${standardError}`);
  const half = studentQuantile(1 - (1 - level) / 2, degreesOfFreedom) * standardError;
  return {
    estimate,
    standardError,
    lower: estimate - half,
    upper: estimate + half,
    p: studentTwoSidedP(estimate / standardError, degreesOfFreedom),
    degreesOfFreedom,
    level,
  };
}
