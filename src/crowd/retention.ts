// Retention read as survival and habit: a user is alive until a last day, and while alive opens the
// app on a fixed share of days. Alive times habit is the published curve, and one uniform number a
// user decides the last day under both arms, so that their difference is the user's own effect.
import { assert } from "../base/assert.ts";
import type { RetentionPoint } from "./shape.ts";

/** Share of days on which a user who is still alive opens the app. */
export const habitShare = 0.72;

/** Share of users active `day` days after their first; straight between points on log-log scale. */
export function retentionAt(points: readonly RetentionPoint[], day: number): number {
  assert(points.length >= 2, "a retention curve has at least two points");
  if (day === 0) return 1;
  let i = 1;
  while (i < points.length - 1 && points[i]!.day < day) i += 1;
  const a = points[i - 1]!;
  const b = points[i]!;
  const slope = Math.log(b.share / a.share) / Math.log(b.day / a.day);
  return Math.min(1, a.share * (day / a.day) ** slope);
}

/** Shares still alive on days 0 .. days - 1, non-increasing. */
export function survivalCurve(points: readonly RetentionPoint[], days: number): Float64Array {
  const alive = new Float64Array(days);
  alive[0] = 1;
  for (let day = 1; day < days; day++) {
    alive[day] = Math.min(alive[day - 1]!, retentionAt(points, day) / habitShare);
  }
  return alive;
}
