// What the published figures say about what was assumed: which assumptions moved, and how far.
import type { Assumption } from "../assumptions/index.ts";
import { PLAN_LEVEL } from "../monte-carlo/campaign-sample.ts";
import type { JudgedDraws } from "./judged-draws.ts";
import { rangeOf, WeightedDraws, type WeightedRange } from "./weights.ts";

export interface LearnedAssumption {
  readonly id: string;
  readonly unit: string;
  readonly before: WeightedRange;
  readonly after: WeightedRange;
  /** Part of what was assumed that lies below the new middle: .5 where it did not move. */
  readonly rank: number;
}

/** Below these neither the middle nor the width has moved by more than chance. */
const MOVED = 0.08;
const NARROWED = 0.85;

/** Furthest moved first. */
export function learnedFrom(
  draws: JudgedDraws,
  before: Float64Array,
  after: Float64Array,
): LearnedAssumption[] {
  const found = draws.job.assumptions.flatMap((assumption, at) => {
    if (!isStated(assumption)) return [];
    const values = draws.column((draw) => draws.value(draw, at));
    const [old, now] = [new WeightedDraws(values, before), new WeightedDraws(values, after)];
    const learned: LearnedAssumption = {
      ...{ id: assumption.id, unit: assumption.unit },
      ...{ before: rangeOf(old, PLAN_LEVEL), after: rangeOf(now, PLAN_LEVEL) },
      rank: old.shareUpTo(now.quantile(0.5)),
    };
    const width = ({ lower, upper }: WeightedRange): number => upper - lower;
    const isMoved = Math.abs(learned.rank - 0.5) > MOVED;
    const isNarrowed = width(learned.after) < NARROWED * width(learned.before);
    return isMoved || isNarrowed ? [learned] : [];
  });
  const far = ({ rank }: LearnedAssumption): number => Math.abs(rank - 0.5);
  return found.sort((a, b) => far(b) - far(a) || (a.id < b.id ? -1 : 1));
}

function isStated({ id, distribution }: Assumption): boolean {
  return distribution.kind !== "fixed" && !id.startsWith("chance.");
}
