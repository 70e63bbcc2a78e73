// When has the campaign paid? What treated users bring more than held-out ones, period by period,
// against what they cost more, as a distribution: counting only what was watched, and with the
// curves carried on to the horizon.
import { HongbaoError } from "../base/error.ts";
import { formatSigned } from "../report/format.ts";
import { DEFAULT_LEVEL, drawInterval, type Uncertain } from "../stats/index.ts";
import type { PaybackBasis } from "../verdict/payback-basis.ts";
import type { ArmPayback, CurveCheck, PaybackReading } from "../verdict/payback-reading.ts";
import type { ActivityStudy, ArmActivity } from "./activity.ts";
import { returnersOf } from "./activity-patterns.ts";
import type { DrawPoolOptions } from "./draw-pool.ts";
import { type Counts, tooFewCases } from "./enough.ts";
import { paybackBasis } from "./payback-basis.ts";
import { curveProblem, differenceCheck, holdoutCheck } from "./retention.ts";
import { type ArmDraws, type DrawQuestion, drawStudy, type StudyDraws } from "./retention-draws.ts";

export interface PaybackQuestion extends DrawQuestion {
  /** Margin of one user's active period, major units of the currency, zero or more. */
  readonly marginPerActivePeriod: number;
  /** Effective rate, a ratio: 0.1 for 10 % a year. */
  readonly discountPerYear: number;
  /** ISO 4217, of the margin and of the outlays. */
  readonly currency: string;
  /** Of all intervals; default 0.95. */
  readonly level?: number;
}

const YEAR_DAYS = 365;

export async function paybackOf(
  study: ActivityStudy,
  question: PaybackQuestion,
  pool: DrawPoolOptions = {},
): Promise<PaybackReading> {
  requireQuestion(question);
  return readPayback(await drawStudy(study, question, pool), question);
}

/** The same from draws that are shared with other readings; horizon and seed are the draws'. */
export function readPayback(
  drawn: StudyDraws,
  question: Omit<PaybackQuestion, keyof DrawQuestion>,
): PaybackReading {
  requireQuestion(question);
  const { study, horizonPeriods, draws, seed } = drawn;
  const { periodDays, periods } = study;
  const { marginPerActivePeriod, discountPerYear, currency, level = DEFAULT_LEVEL } = question;
  const control = drawn.arms[0]!;
  const basis: Basis = (differences, cost) =>
    paybackBasis(differences, cost, {
      margin: marginPerActivePeriod,
      discounts: differences.map((_, t) => discountAt(t, periodDays, discountPerYear)),
      ...{ horizonPeriods, level },
    });
  const arms = drawn.arms.slice(1).map((arm) => armPayback(arm, drawn, basis, level));
  return {
    control: control.id,
    ...{ periodDays, periods, horizonPeriods, level, draws, seed, currency },
    ...{ marginPerActivePeriod, discountPerYear, arms },
  };
}

/**
 * What one unit of money of period t is worth at the anchor. It comes all through the period, so
 * the middle counts.
 * @example discountAt(0, 365, 0.21) // 1 / 1.1
 */
export function discountAt(period: number, periodDays: number, discountPerYear: number): number {
  return (1 + discountPerYear) ** ((-(period + 0.5) * periodDays) / YEAR_DAYS);
}

type Basis = (differences: readonly Uncertain[], cost: Uncertain) => PaybackBasis;

function armPayback(arm: ArmDraws, drawn: StudyDraws, basis: Basis, level: number): ArmPayback {
  const { horizonPeriods } = drawn;
  const control = drawn.arms[0]!;
  const cost = less(arm.outlay, control.outlay);
  const seen = arm.seen.map((share, t) => less(share, control.seen[t]!));
  const reason = problemOf(arm, drawn);
  const few = fewBack(arm, drawn);
  let tooFew: string | null = null;
  // That it loses needs no held-out users: their share cannot be below zero.
  const told = (differences: readonly Uncertain[]): PaybackBasis => {
    const read = basis(differences, cost);
    if (few === null || read.finding !== "pays") return read;
    tooFew = few;
    return { ...read, p: 1, finding: "unclear" };
  };
  const watched = told(seen.slice(0, horizonPeriods));
  const head = {
    arm: arm.id,
    users: arm.summary.users,
    cost: drawInterval(cost, level),
    ...{ watched, reason },
  };
  if (reason !== null) return { ...head, tooFew, extrapolated: null, check: null };
  const beyond = arm.beyond!.map((share, k) => less(share, control.beyond![k]!));
  const extrapolated = told([...seen, ...beyond]);
  return { ...head, tooFew, extrapolated, check: checkOf(control, arm, drawn, level) };
}

/** The floor that shares have, of users who came back at all. */
function fewBack({ id }: ArmDraws, { study, firstPeriod }: StudyDraws): string | null {
  const countsOf = (arm: ArmActivity): Counts => ({
    ...{ id: arm.id, n: arm.users, successes: returnersOf(arm, firstPeriod) },
  });
  const own = study.treatments.find((arm) => arm.id === id)!;
  const [control, treatment] = [countsOf(study.control), countsOf(own)];
  // Where nobody came back at all the money is that of the outlays, which are known.
  if (control.successes + treatment.successes === 0) return null;
  return tooFewCases(control, treatment, ["back", "away"]);
}

/** Why nothing is carried on beyond what was watched, or null. */
function problemOf(arm: ArmDraws, drawn: StudyDraws): string | null {
  const { horizonPeriods, arms } = drawn;
  if (horizonPeriods <= arm.seen.length) {
    return `all ${horizonPeriods} periods of the horizon were watched`;
  }
  for (const each of [arms[0]!, arm]) {
    const problem = curveProblem(each, drawn);
    if (problem !== null) return `${each.id}: ${problem}`;
  }
  return null;
}

function checkOf(control: ArmDraws, arm: ArmDraws, drawn: StudyDraws, level: number): CurveCheck {
  const checks = [control, arm].map((each) => ({
    id: each.id,
    ...holdoutCheck(each, drawn, level),
  }));
  for (const check of checks) {
    if (check.kind === "unchecked" || check.isInside || check.isSmall) continue;
    const size = offBy(check.relativeError);
    return { state: "failed", detail: `the curve of ${check.id} failed its hold-out check${size}` };
  }
  const between = differenceCheck([control, arm], drawn, level);
  if (between !== null && !between.isInside) {
    const size = offBy(between.relativeError);
    const detail = `the difference of the curves failed its hold-out check${size}`;
    return { state: "failed", detail };
  }
  const missing = checks.find(({ kind }) => kind === "unchecked");
  if (missing === undefined) return { state: "passed", detail: "" };
  return { state: "missing", detail: `the curve of ${missing.id} could not be checked` };
}

function offBy(error: number | null): string {
  return error === null ? "" : ` (off by ${formatSigned(100 * error, 1)} %)`;
}

function less(a: Uncertain, b: Uncertain): Uncertain {
  return { point: a.point - b.point, draws: a.draws.map((x, i) => x - b.draws[i]!) };
}

function requireQuestion(question: Omit<PaybackQuestion, keyof DrawQuestion>): void {
  const { marginPerActivePeriod: margin, discountPerYear: rate, currency } = question;
  check(margin >= 0 && Number.isFinite(margin), `a margin of 0 or more, got ${margin}`);
  check(rate >= 0 && Number.isFinite(rate), `a yearly discount of 0 or more, got ${rate}`);
  check(/^[A-Z]{3}$/.test(currency), `a currency of three capitals, got "${currency}"`);
}

function check(holds: boolean, expected: string): asserts holds {
  if (holds) return;
  throw new HongbaoError({ code: "invalid_data", message: `payback: expected ${expected}` });
}
