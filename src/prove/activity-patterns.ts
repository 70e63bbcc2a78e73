// What an arm of few who came back might as well have done. Its means are not normal, and where
// nobody came back they have no variance at all, although the next user might. So users are drawn
// by what they did (their mask of periods), with half a user of either kind thrown in: Jeffreys'
// prior of the share who come back (1946, Proceedings of the Royal Society A 186), spread over the
// periods as all arms' users do.
import type { RandomStream } from "../base/keystream.ts";
import { gammaDraw } from "../stats/gamma-draw.ts";
import type { ActivityRow, ArmActivity } from "./activity.ts";

/** One thing that users did, and what they cost. */
interface Pattern {
  readonly mask: number;
  readonly users: number;
  readonly outlay: number;
  /** Variance of their mean outlay. */
  readonly outlayError: number;
}

export interface ActivityPatterns {
  readonly own: readonly Pattern[];
  /** Users who did not come back, whatever their anchor's period says. */
  readonly stayedAway: Pattern;
  /** Masks of those who came back in any arm, with the share of them up to there. */
  readonly known: readonly { readonly mask: number; readonly upTo: number }[];
  readonly outlay: number;
}

/** From so many who came back on, means are as good as normal. */
const FEW = 500;

/** Users who were active in some period from `firstPeriod` on. */
export function returnersOf({ rows }: ArmActivity, firstPeriod: number): number {
  return rows.reduce((sum, row) => sum + (isBack(row, firstPeriod) ? row.users : 0), 0);
}

/** Null where enough came back for a normal draw, or nobody did in any arm. */
export function patternsOf(
  arm: ArmActivity,
  all: readonly ArmActivity[],
  firstPeriod: number,
): ActivityPatterns | null {
  if (returnersOf(arm, firstPeriod) >= FEW) return null;
  const back = (of: ArmActivity): readonly ActivityRow[] =>
    of.rows.filter((row) => row.users > 0 && isBack(row, firstPeriod));
  const byMask = new Map<number, number>();
  for (const { mask, users } of all.flatMap(back)) {
    byMask.set(mask, (byMask.get(mask) ?? 0) + users);
  }
  const masks = [...byMask].sort(([a], [b]) => a - b);
  const total = masks.reduce((sum, [, users]) => sum + users, 0);
  if (total === 0) return null;
  let upTo = 0;
  const known = masks.map(([mask, users]) => {
    upTo += users / total;
    return { mask, upTo };
  });
  const away = arm.rows.filter((row) => row.users > 0 && !isBack(row, firstPeriod));
  const outlay = arm.rows.reduce((sum, row) => sum + row.outlay, 0) / arm.users;
  const own = back(arm).map((row) => patternOf(row.mask, [row], outlay));
  // Where the anchor itself is activity its bit is set for everybody.
  const mask = firstPeriod === 0 ? 0 : 2 ** firstPeriod - 1;
  return { own, stayedAway: patternOf(mask, away, outlay), known, outlay };
}

function isBack({ mask }: ActivityRow, firstPeriod: number): boolean {
  return mask >> firstPeriod !== 0;
}

function patternOf(mask: number, rows: readonly ActivityRow[], otherwise: number): Pattern {
  const users = rows.reduce((sum, row) => sum + row.users, 0);
  if (users === 0) return { mask, users, outlay: otherwise, outlayError: 0 };
  const outlay = rows.reduce((sum, row) => sum + row.outlay, 0) / users;
  const squares = rows.reduce((sum, row) => sum + row.outlaySquares, 0);
  const variance = Math.max(0, squares / users - outlay ** 2);
  return { mask, users, outlay, outlayError: variance / users };
}

/** One draw of the shares active by period, then the mean outlay. */
export function drawPatterns(
  { own, stayedAway, known, outlay }: ActivityPatterns,
  periods: number,
  stream: RandomStream,
): number[] {
  const drawn = new Array<number>(periods + 1).fill(0);
  let [total, variance] = [0, 0];
  const add = (pattern: Pattern, weight: number): void => {
    total += weight;
    variance += weight ** 2 * pattern.outlayError;
    for (let t = 0; t < periods; t++) if ((pattern.mask >> t) & 1) drawn[t]! += weight;
    drawn[periods]! += weight * pattern.outlay;
  };
  for (const pattern of own) add(pattern, gammaDraw(pattern.users, stream));
  add(stayedAway, gammaDraw(stayedAway.users + 0.5, stream));
  const place = stream.nextFloat();
  const { mask } = known.find(({ upTo }) => place < upTo) ?? known.at(-1)!;
  add({ mask, users: 0, outlay, outlayError: 0 }, gammaDraw(0.5, stream));
  drawn[periods]! += Math.sqrt(variance) * stream.nextNormal();
  return drawn.map((sum) => sum / total);
}
