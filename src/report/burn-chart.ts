// How the budget of a campaign burns: what was granted and redeemed since its start, what was
// planned, and when, at the pace of late, nothing is left to grant.
import type { Picture, PictureSize } from "./picture.ts";
import { type TimeChart, type TimeLine, type TimePoint, timeChart } from "./time-chart.ts";

export interface BurnHistory {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly issuedMinor: readonly number[];
  readonly redeemedMinor: readonly number[];
  readonly plan: readonly { readonly atMs: number; readonly minor: number }[];
}

export interface BurnNow {
  readonly atMs: number;
  readonly issuedMinor: number;
  readonly redeemedMinor: number;
  /** What can still be granted. */
  readonly leftMinor: number;
  readonly budgetMinor: number;
  /** Null: it does not run out, or nobody knows. */
  readonly runOut: {
    readonly fromMs: number | null;
    readonly atMs: number | null;
    readonly toMs: number | null;
  } | null;
}

export interface BurnChart
  extends PictureSize,
    Pick<
      TimeChart,
      "offsetAtMs" | "tickText" | "timeText" | "shortText" | "valueText" | "timeName"
    > {
  readonly history: BurnHistory;
  readonly now: BurnNow;
  readonly currency: string;
  /** Places after the point that the currency has. */
  readonly decimals: number;
  /** To the end of the plan, or only what was and what is expected soon. */
  readonly isWhole: boolean;
  readonly names: {
    readonly issued: string;
    readonly redeemed: string;
    readonly plan: string;
    readonly expected: string;
    readonly budget: string;
  };
}

const GRANTED = 1;
const REDEEMED = 3;
const PLANNED = 2;

export function burnChart(chart: BurnChart): Picture {
  const { history, now, currency, decimals, names } = chart;
  const unit = 10 ** decimals;
  const [fromMs, toMs] = spanOf(chart);
  const within = (points: readonly TimePoint[]): TimePoint[] => clipped(points, fromMs, toMs);
  const issued = sums(history, history.issuedMinor, now.atMs, now.issuedMinor, unit);
  const redeemed = sums(history, history.redeemedMinor, now.atMs, now.redeemedMinor, unit);
  const plan = plannedAt(history, issued, unit);
  const expected = expectedLine(chart, toMs);
  const lines: TimeLine[] = [
    { name: names.issued, points: within(issued), colour: GRANTED },
    { name: names.redeemed, points: within(redeemed), colour: REDEEMED, filled: true },
    { name: names.plan, points: within(plan), colour: PLANNED, dashed: true },
    ...(expected === null ? [] : [{ ...expected, name: names.expected }]),
  ];
  const level = { value: now.budgetMinor / unit, text: names.budget };
  const highest = Math.max(...lines.flatMap(({ points }) => points.map(([, value]) => value)));
  // Far below the budget its line would press all others to the ground.
  const isNear = level.value <= 2 * highest;
  const values = { unit: currency, decimals };
  return timeChart({ ...chart, fromMs, toMs, lines, values, ...(isNear ? { level } : {}) });
}

/** Cumulative, at the end of each step, and now. */
function sums(
  { fromMs, stepMs }: BurnHistory,
  steps: readonly number[],
  nowMs: number,
  nowMinor: number,
  unit: number,
): TimePoint[] {
  const points: TimePoint[] = [[fromMs, 0]];
  let sum = 0;
  steps.forEach((minor, i) => {
    sum += minor;
    const atMs = fromMs + (i + 1) * stepMs;
    if (atMs < nowMs) points.push([atMs, sum / unit]);
  });
  if (nowMs > fromMs) points.push([nowMs, nowMinor / unit]);
  return points;
}

/** Also at the instants at which something is known: whoever points there sees both. */
function plannedAt({ plan }: BurnHistory, known: readonly TimePoint[], unit: number): TimePoint[] {
  const line = plan.map(({ atMs, minor }): TimePoint => [atMs, minor / unit]);
  const both = [...new Set([...line, ...known].map(([atMs]) => atMs))].sort((a, b) => a - b);
  return both
    .map((atMs): TimePoint => [atMs, valueAt(line, atMs)])
    .filter(([, value]) => !Number.isNaN(value));
}

/** From now to the instant at which nothing is left; its band opens to the interval's ends. */
function expectedLine({ now, decimals }: BurnChart, toMs: number): Omit<TimeLine, "name"> | null {
  const { runOut, atMs, issuedMinor, leftMinor } = now;
  const middleMs = runOut?.atMs ?? null;
  if (runOut === null || middleMs === null || middleMs <= atMs) return null;
  const soonMs = Math.max(atMs + 1, runOut.fromMs ?? middleMs);
  const lateMs = Math.max(middleMs, runOut.toMs ?? Number.POSITIVE_INFINITY);
  const unit = 10 ** decimals;
  const from = issuedMinor / unit;
  const left = leftMinor / unit;
  const reached = (instant: number, endMs: number): number =>
    from + left * Math.min(1, (instant - atMs) / (endMs - atMs));
  const all = [atMs, soonMs, middleMs, lateMs, toMs].filter(
    (instant) => instant <= Math.min(toMs, lateMs),
  );
  const instants = [...new Set(all)].sort((a, b) => a - b);
  return {
    points: instants.map((instant) => [instant, reached(instant, middleMs)]),
    band: {
      lower: instants.map((instant) => reached(instant, lateMs)),
      upper: instants.map((instant) => reached(instant, soonMs)),
    },
    dashed: true,
    colour: GRANTED,
  };
}

/** What was begins with the first grant; ahead is a third of it, or until the money is gone. */
function spanOf({ history, now, isWhole }: BurnChart): [fromMs: number, toMs: number] {
  const { fromMs, stepMs, issuedMinor, plan } = history;
  const endMs = plan.at(-1)?.atMs ?? now.atMs;
  const first = issuedMinor.findIndex((minor) => minor > 0);
  if (isWhole) return [fromMs, Math.max(endMs, now.atMs)];
  const beginMs = first < 0 ? fromMs : fromMs + first * stepMs;
  const pastMs = Math.max(60_000, now.atMs - beginMs);
  return [beginMs, Math.max(now.atMs, Math.min(endMs, now.atMs + pastMs / 3))];
}

/** The part of a line within a span, with its values at both ends. */
function clipped(points: readonly TimePoint[], fromMs: number, toMs: number): TimePoint[] {
  const within = points.filter(([atMs]) => atMs >= fromMs && atMs <= toMs);
  const ends = [fromMs, toMs].flatMap((atMs): TimePoint[] => {
    const value = valueAt(points, atMs);
    return Number.isNaN(value) || within.some(([at]) => at === atMs) ? [] : [[atMs, value]];
  });
  return [...within, ...ends].sort(([one], [other]) => one - other);
}

/** Straight between points; NaN outside of them. */
export function valueAt(points: readonly TimePoint[], atMs: number): number {
  const next = points.findIndex(([at]) => at >= atMs);
  if (next < 0) return Number.NaN;
  const [toMs, to] = points[next]!;
  if (toMs === atMs) return to;
  if (next === 0) return Number.NaN;
  const [fromMs, from] = points[next - 1]!;
  return from + ((to - from) * (atMs - fromMs)) / (toMs - fromMs);
}
