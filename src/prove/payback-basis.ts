// From the periods that treated users are active more, and what they cost more, to the period in
// which that has paid, return on investment and break-evens: the same arithmetic on the estimates
// and on every draw. A threshold that no number reaches is null, never an infinity.
import { drawInterval, drawShare, type Uncertain } from "../stats/index.ts";
import type { PaybackBasis, PaybackPeriods, Threshold } from "../verdict/payback-basis.ts";

export interface BasisQuestion {
  /** Margin of one user's active period, major units, at the time it comes. */
  readonly margin: number;
  /** What money of each period is worth at the anchor. */
  readonly discounts: readonly number[];
  /** The period by whose end it is to have paid: before that nothing has lost. */
  readonly horizonPeriods: number;
  readonly level: number;
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
