// From the periods that treated users are active more, and what they cost more, to the period in
// which that has paid, return on investment and break-evens: the same arithmetic on the estimates
// and on every draw. A threshold that no number reaches is null, never an infinity.
import { type DrawInterval, drawInterval, drawShare, type Uncertain } from "../stats/index.ts";

export interface BasisQuestion {
  /** Margin of one user's active period, major units, at the time it comes. */
  readonly margin: number;
  /** What money of each period is worth at the anchor. */
  readonly discounts: readonly number[];
  /** The period by whose end it is to have paid: before that nothing has lost. */
  readonly horizonPeriods: number;
  readonly level: number;
}

/** A threshold with its interval; null is beyond every number. */
export interface Threshold {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** In how many periods the cost has come back: 0 means that nothing had been spent. */
export interface PaybackPeriods extends Threshold {
  /** Half of the draws have paid back by then; null: half of them never do. */
  readonly median: number | null;
  /** Share of the draws that have not paid back by the last period. */
  readonly neverShare: number;
  /** Share of the draws that have paid back within 1, 2, … periods. */
  readonly chances: readonly number[];
}

export type PaybackFinding = "pays" | "loses" | "not_yet" | "unclear";

export interface PaybackBasis {
  /** Periods that count. */
  readonly periods: number;
  /** Active periods a treated user more than a held-out one, not discounted. */
  readonly activePeriods: DrawInterval;
  /** What they are worth, discounted: the customer value of the difference. */
  readonly value: DrawInterval;
  /** Value less cost after 1, 2, … periods. */
  readonly cumulated: readonly DrawInterval[];
  readonly net: DrawInterval;
  /** Share of the draws whose net at the last period is zero or more. */
  readonly paysShare: number;
  /** Two-sided, of "the net is zero": twice the share of draws on the other side of it. */
  readonly p: number;
  /** The same among all arms and studies of the verdict (Holm); null: it is the only one. */
  readonly holmP: number | null;
  /** "not_yet": the net is below zero, and periods of the horizon are yet to come. */
  readonly finding: PaybackFinding;
  /** Net over cost; null where `roiReason` says why. */
  readonly roi: DrawInterval | null;
  readonly roiReason: string | null;
  readonly payback: PaybackPeriods;
  readonly breakEven: {
    /** Margin of an active period from which it pays. */
    readonly margin: Threshold;
    /** The difference in active periods, times this, just pays. */
    readonly multiple: Threshold;
    /** `activePeriods` at that multiple; null: no multiple pays. */
    readonly activePeriods: number | null;
    /** Cost of a treated user up to which it pays. */
    readonly cost: DrawInterval;
  };
}

/** Sums of rounded parts may miss a cost that they reach exactly. */
const ROUNDING = 1e-12;

/** @param differences of the share active, treated less held out, by period */
export function paybackBasis(
  differences: readonly Uncertain[],
  cost: Uncertain,
  question: BasisQuestion,
): PaybackBasis {
  const { margin, discounts, horizonPeriods, level } = question;
  const below = differences.length < horizonPeriods ? "not_yet" : "loses";
  const active = running(differences, (value) => value).at(-1)!;
  const discounted = running(differences, (value, t) => value * discounts[t]!);
  const worth = discounted.map((each) => mapped(each, (value) => value * margin));
  const nets = worth.map((each) => paired(each, cost, (value, spent) => value - spent));
  const value = worth.at(-1)!;
  const net = drawInterval(nets.at(-1)!, level);
  const isClear = cost.point > 0 && cost.draws.every((spent) => spent > 0);
  const multiple = threshold(paired(cost, value, needed), level);
  const activePeriods = drawInterval(active, level);
  const valueInterval = drawInterval(value, level);
  return {
    periods: differences.length,
    activePeriods,
    value: valueInterval,
    cumulated: nets.map((each) => drawInterval(each, level)),
    net,
    paysShare: drawShare(nets.at(-1)!, (left) => left >= 0),
    p: twoSidedP(nets.at(-1)!),
    holmP: null,
    finding: net.lower > 0 ? "pays" : net.upper < 0 ? below : "unclear",
    roi: isClear ? drawInterval(paired(value, cost, returned), level) : null,
    roiReason: isClear ? null : "what treated users cost more is not clear of zero",
    payback: paybackPeriods(worth, cost, level),
    breakEven: {
      margin: threshold(paired(cost, discounted.at(-1)!, needed), level),
      multiple,
      activePeriods: multiple.estimate === null ? null : multiple.estimate * activePeriods.estimate,
      cost: {
        estimate: Math.max(0, valueInterval.estimate),
        lower: Math.max(0, valueInterval.lower),
        upper: Math.max(0, valueInterval.upper),
      },
    },
  };
}

/** One more is counted, since draws that are few cannot rule anything out. */
function twoSidedP(net: Uncertain): number {
  const wrong = (isWrong: (value: number) => boolean): number =>
    (drawShare(net, isWrong) * net.draws.length + 1) / (net.draws.length + 1);
  return Math.min(
    1,
    2 *
      Math.min(
        wrong((left) => left <= 0),
        wrong((left) => left >= 0),
      ),
  );
}

/** Net over cost. */
function returned(value: number, cost: number): number {
  return value / cost - 1;
}

/** How many times `gain` is needed to cover the cost; Infinity where no times are enough. */
function needed(cost: number, gain: number): number {
  if (cost <= 0) return 0;
  return gain > 0 ? cost / gain : Number.POSITIVE_INFINITY;
}

function paybackPeriods(
  worth: readonly Uncertain[],
  cost: Uncertain,
  level: number,
): PaybackPeriods {
  const firstOf = (spent: number, valueAt: (t: number) => number): number => {
    if (spent <= 0) return 0;
    const t = worth.findIndex((_, at) => valueAt(at) >= spent * (1 - ROUNDING));
    return t === -1 ? Number.POSITIVE_INFINITY : t + 1;
  };
  const draws = cost.draws.map((spent, i) => firstOf(spent, (t) => worth[t]!.draws[i]!));
  const first = { point: firstOf(cost.point, (t) => worth[t]!.point), draws };
  return {
    ...threshold(first, level),
    median: quantile(sorted(draws), 0.5),
    neverShare: drawShare(first, (period) => period === Number.POSITIVE_INFINITY),
    chances: worth.map((_, t) => drawShare(first, (period) => period <= t + 1)),
  };
}

function threshold({ point, draws }: Uncertain, level: number): Threshold {
  const ascending = sorted(draws);
  return {
    estimate: Number.isFinite(point) ? point : null,
    lower: quantile(ascending, (1 - level) / 2),
    upper: quantile(ascending, 1 - (1 - level) / 2),
  };
}

/** A draw, never one between two: half-way to "never" is nowhere. */
function quantile(ascending: Float64Array, q: number): number | null {
  const at = Math.min(ascending.length - 1, Math.max(0, Math.ceil(q * ascending.length) - 1));
  const value = ascending[at]!;
  return Number.isFinite(value) ? value : null;
}

function sorted(draws: Float64Array): Float64Array {
  return Float64Array.from(draws).sort();
}

/** Sums of the first 1, 2, … */
function running(
  parts: readonly Uncertain[],
  weighed: (value: number, t: number) => number,
): Uncertain[] {
  const sums: Uncertain[] = [];
  for (const [t, part] of parts.entries()) {
    const own = mapped(part, (value) => weighed(value, t));
    const before = sums.at(-1);
    sums.push(before === undefined ? own : paired(before, own, (a, b) => a + b));
  }
  return sums;
}

function mapped({ point, draws }: Uncertain, compute: (value: number) => number): Uncertain {
  return { point: compute(point), draws: draws.map((value) => compute(value)) };
}

function paired(a: Uncertain, b: Uncertain, compute: (a: number, b: number) => number): Uncertain {
  return {
    point: compute(a.point, b.point),
    draws: a.draws.map((value, i) => compute(value, b.draws[i]!)),
  };
}
