// What was done to a file's rows because somebody asked for it: each repair is told in the
// verdict's health, with its count, and users who were left out must not be of one arm alone.
import { formatNumber, formatPercent } from "../report/format.ts";
import { sampleRatio } from "../stats/index.ts";
import { PRACTICAL_DEVIATION } from "./practical-deviation.ts";
import type { Study } from "./study.ts";

export interface Repair {
  /** As it was asked for, such as "duplicates: sum" or "--missing drop". */
  readonly option: string;
  /** What was done, in words. */
  readonly what: string;
  /** Rows that were changed, merged or left out. */
  readonly rows: number;
  /** Users whose rows they are; null: nobody said whose row it is. */
  readonly users: number | null;
  /** Null where nobody was left out or taken for 0. */
  readonly leftOut: LeftOut | null;
}

/** `users` are all that the arm had. */
export interface LeftOutOfArm {
  readonly id: string;
  readonly users: number;
  readonly leftOut: number;
}

/** Users who were assigned and do not count, or of whom nothing is known. */
export type LeftOut =
  | { readonly kind: "by arm"; readonly arms: readonly LeftOutOfArm[] }
  /** Nothing was there of them: they count, as 0. Inactive: that is what being there means. */
  | {
      readonly kind: "taken for 0";
      readonly arms: readonly LeftOutOfArm[];
      readonly areInactive: boolean;
    }
  /** Nobody knows whose they are, since they were in several. */
  | { readonly kind: "of several arms"; readonly users: number };

/** What the checks of a study say of one repair. */
export interface RepairCheck {
  readonly passed: boolean;
  readonly detail: string;
  readonly failure: string;
}

const LEFT_OUT = "Users left out unevenly";
const LOST = "Outcomes lost by arm";

/** Chance alone fails it once in a thousand experiments, as it does the checks of balance. */
const UNEVEN_P = 0.001;

/**
 * Leaving users out after they were assigned is harmless only where it hits all arms alike. Where
 * the arm is known, the counts by arm tell; users of several arms would have to be taken from
 * each of them, so they may be no more than the deviation of an arm's size that raises no alarm.
 * @param limit part of the smallest arm: what the sample ratio lets pass unseen, too
 */
export function checkRepair(
  { leftOut, what }: Repair,
  study: Study,
  limit: number = PRACTICAL_DEVIATION,
): RepairCheck {
  const failure = leftOut?.kind === "taken for 0" ? LOST : LEFT_OUT;
  if (leftOut === null) return { passed: true, detail: what, failure };
  if (leftOut.kind === "of several arms") {
    const smallest = Math.min(...[study.control, ...study.treatments].map(({ n }) => n));
    const share = leftOut.users / smallest;
    const found = `${formatPercent(share, 2)} of the smallest arm`;
    const allowed = `at most ${formatPercent(limit, 2)} allowed`;
    return { passed: share <= limit, detail: `${what}: ${found}, ${allowed}`, failure };
  }
  const arms = leftOut.arms.filter(({ users }) => users > 0);
  const lost = arms.map((arm) => arm.leftOut);
  if (arms.length < 2 || lost.every((count) => count === 0)) {
    return { passed: true, detail: what, failure };
  }
  const each = arms.map(
    ({ id, users, leftOut: count }) =>
      `${id} ${formatNumber(count)} of ${formatNumber(users)} (${formatPercent(count / users, 2)})`,
  );
  const found = `${what}: ${each.join(", ")}`;
  if (leftOut.kind === "taken for 0" && leftOut.areInactive) {
    const detail = `${found}; arms may differ in it, since it means inactive users, as was said`;
    return { passed: true, detail, failure };
  }
  const weights = arms.map(({ users }) => users);
  const { passed, p } = sampleRatio(lost, weights, { exact: true, alarmP: UNEVEN_P });
  const shown = p < 0.001 ? p.toExponential(1) : p.toFixed(3);
  const detail = `${found}; exact binomial p = ${shown}`;
  const isExplained = passed || leftOut.kind !== "taken for 0";
  return { passed, detail: isExplained ? detail : `${detail}; ${NOT_LOST}`, failure };
}

const NOT_LOST = "where nothing is there of users who did nothing, missing says inactive";

export function countText(count: number, one: string, many: string): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}
