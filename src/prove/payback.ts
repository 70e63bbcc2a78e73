// When has the campaign paid? What treated users bring more than held-out ones, period by period,
// against what they cost more, as a distribution: counting only what was watched, and with the
// curves carried on to the horizon.
import { HongbaoError } from "../base/error.ts";
import { DEFAULT_LEVEL, type DrawInterval, drawInterval, type Uncertain } from "../stats/index.ts";
import type { ActivityStudy } from "./activity.ts";
import type { DrawPoolOptions } from "./draw-pool.ts";
import { type PaybackBasis, paybackBasis } from "./payback-basis.ts";
import { curveProblem, identifiedDraws, UNIDENTIFIED_SHARE_MAX } from "./retention.ts";
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

export interface ArmPayback {
  readonly arm: string;
  readonly users: number;
  /** What a treated user cost more than a held-out one. */
  readonly cost: DrawInterval;
  /** Counting only the periods that were watched, up to the horizon. */
  readonly watched: PaybackBasis;
  /** With the curves carried on to the horizon; null where `reason` says why not. */
  readonly extrapolated: PaybackBasis | null;
  readonly reason: string | null;
  /** Draws left out of `extrapolated`, since they have no curve of their own. */
  readonly unidentifiedDraws: number;
}

export interface PaybackReading {
  readonly control: string;
  readonly periodDays: number;
  readonly periods: number;
  readonly horizonPeriods: number;
  readonly level: number;
  readonly draws: number;
  readonly seed: string;
  readonly currency: string;
  readonly marginPerActivePeriod: number;
  readonly discountPerYear: number;
  readonly arms: readonly ArmPayback[];
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
  const [control, ...treated] = drawn.arms;
  const frame = { periodDays, periods, horizonPeriods, level, draws, seed, currency };
  const basis: Basis = (differences, cost) =>
    paybackBasis(differences, cost, {
      margin: marginPerActivePeriod,
      discounts: differences.map((_, t) => discountAt(t, periodDays, discountPerYear)),
      level,
    });
  return {
    control: control!.id,
    ...frame,
    marginPerActivePeriod,
    discountPerYear,
    arms: treated.map((arm) => armPayback(arm, control!, horizonPeriods, basis, level)),
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

function armPayback(
  arm: ArmDraws,
  control: ArmDraws,
  horizonPeriods: number,
  basis: Basis,
  level: number,
): ArmPayback {
  const cost = less(arm.outlay, control.outlay);
  const seen = arm.seen.map((share, t) => less(share, control.seen[t]!));
  const other = new Set(identifiedDraws(control));
  const kept = identifiedDraws(arm).filter((i) => other.has(i));
  const all = cost.draws.length;
  const reason = problemOf(arm, control, kept.length, horizonPeriods);
  const head = {
    arm: arm.id,
    users: arm.summary.users,
    cost: drawInterval(cost, level),
    watched: basis(seen.slice(0, horizonPeriods), cost),
    reason,
    unidentifiedDraws: all - kept.length,
  };
  if (reason !== null) return { ...head, extrapolated: null };
  const beyond = arm.beyond!.map((share, k) => less(share, control.beyond![k]!));
  const only = ({ point, draws }: Uncertain): Uncertain => ({
    point,
    draws: Float64Array.from(kept, (i) => draws[i]!),
  });
  return { ...head, extrapolated: basis([...seen, ...beyond].map(only), only(cost)) };
}

/** Why nothing is carried on beyond what was watched, or null. */
function problemOf(
  arm: ArmDraws,
  control: ArmDraws,
  kept: number,
  horizonPeriods: number,
): string | null {
  const periods = arm.seen.length;
  if (horizonPeriods <= periods) return `all ${horizonPeriods} periods of the horizon were watched`;
  for (const each of [control, arm]) {
    const problem = curveProblem(each);
    if (problem !== null) return `${each.id}: ${problem}`;
  }
  const all = arm.outlay.draws.length;
  if (all - kept <= UNIDENTIFIED_SHARE_MAX * all) return null;
  return `${all - kept} of ${all} draws lack a curve in one arm: the data do not pin them down`;
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
