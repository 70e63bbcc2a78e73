// Crowds of known truth for tests of retention and payback: users stay as a curve says, and those
// who stay are active in a period with a chance of their own habit.
import type { RandomStream } from "../base/keystream.ts";
import { curveShares, type RetentionCurve } from "../stats/index.ts";
import type { ActivityRow, ArmActivity } from "./activity.ts";

export interface CrowdArm {
  readonly id: string;
  readonly users: number;
  /** Its scale is the habit: the chance of those who stay to be active in a period. */
  readonly curve: RetentionCurve;
  /** What one user costs: one of two amounts, with equal chances. */
  readonly costs: readonly [number, number];
}

export function crowdArm(arm: CrowdArm, periods: number, stream: RandomStream): ArmActivity {
  const { id, users, curve, costs } = arm;
  const staying = curveShares({ ...curve, scale: 1 }, periods);
  const rows = new Map<number, { users: number; outlay: number; outlaySquares: number }>();
  for (let i = 0; i < users; i++) {
    const luck = stream.nextFloat();
    let mask = 0;
    for (let t = 0; t < periods && luck < staying[t]!; t++) {
      if (stream.nextFloat() < curve.scale) mask |= 1 << t;
    }
    const cost = costs[0] === costs[1] ? costs[0] : costs[stream.nextInt(2)]!;
    const row = rows.get(mask) ?? { users: 0, outlay: 0, outlaySquares: 0 };
    rows.set(mask, row);
    row.users += 1;
    row.outlay += cost;
    row.outlaySquares += cost * cost;
  }
  const sorted = [...rows].sort(([a], [b]) => a - b);
  return { id, users, rows: sorted.map(([mask, sums]): ActivityRow => ({ mask, ...sums })) };
}

/** What the truth of two arms is worth: net a treated user after so many periods. */
export function trueNet(
  treated: CrowdArm,
  control: CrowdArm,
  marginByPeriod: readonly number[],
): number {
  const periods = marginByPeriod.length;
  const [more, fewer] = [treated, control].map(({ curve }) => curveShares(curve, periods));
  const mean = ({ costs }: CrowdArm): number => (costs[0] + costs[1]) / 2;
  const value = marginByPeriod.reduce(
    (sum, margin, t) => sum + margin * (more![t]! - fewer![t]!),
    0,
  );
  return value - (mean(treated) - mean(control));
}
